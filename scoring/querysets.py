"""Which seats, interviews and sheets concern whom. Marks of others are never reached from a juror's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from awards.models import Nomination, Selection
from paritrana.accounts.memory import remembered

if TYPE_CHECKING:
    from paritrana.accounts.models import User
    from scoring.models import Seat

_SHOWN = {
    "": ("panel", "element", "order", "is_observer", "assistant"),
    "appointment__": ("user", "role"),
    "panel__": ("selection", "closed_at", "visibility", "comment_below", "comment_above", "quorum"),
    "panel__selection__": ("slug", "level", "stage", "edition", "province"),
    "panel__selection__edition__": ("label", "period_end"),
    "panel__selection__province__": ("code", "name", "time_zone"),
}
_TYPED = [f"{place}{name}" for place, names in _SHOWN.items() for name in names]
"""What pages of judging read of a seat, its panel and its selection; all else costs a query of its own."""


def seats_typed_by(user: User) -> list[Seat]:
    """The seats this person enters marks for now, the own ones first; asked once a page."""
    from scoring.models import Seat

    def ask() -> list[Seat]:
        places = ("appointment", "panel__selection__edition", "panel__selection__province")
        seats = list(Seat.objects.typed_by(user).select_related(*places).only(*_TYPED).order_by())
        for seat in seats:
            if seat.appointment.user_id == user.pk:
                seat.appointment.user = user
        return sorted(seats, key=lambda seat: (seat.user != user, seat.panel_id, seat.order))

    return remembered(user, "seats", ask)


class SeatQuerySet(models.QuerySet[Any]):
    def of(self, user: User) -> SeatQuerySet:
        """The seats this person holds now."""
        return self.filter(appointment__user_id=user.pk, appointment__ended_at=None)

    def typed_by(self, user: User) -> SeatQuerySet:
        """The seats this person enters marks for now: the own ones, and those assisted."""
        mine = Q(appointment__user_id=user.pk) | Q(assistant_id=user.pk)
        return self.filter(mine, appointment__ended_at=None)

    def sitting(self) -> SeatQuerySet:
        """The seats held now, observers included."""
        return self.filter(appointment__ended_at=None)

    def counting(self) -> SeatQuerySet:
        """The seats whose marks count: those held now, and behind a sealed result those held when it was sealed."""
        at_the_seal = Q(appointment__ended_at__gt=F("panel__selection__seal__sealed_at"))
        return self.filter(Q(appointment__ended_at=None) | at_the_seal, is_observer=False)

    def visible_to(self, user: User) -> SeatQuerySet:
        return self.filter(panel__selection__in=Selection.objects.visible_to(user))

    def with_people(self) -> SeatQuerySet:
        return self.select_related(
            "appointment__user", "assistant", "panel__selection__edition", "panel__selection__province"
        )


class InterviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> InterviewQuerySet:
        return self.filter(nomination__in=Nomination.objects.visible_to(user))


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> InvitationQuerySet:
        """Those nobody accepted or withdrew yet, expired ones included."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class ScoreSheetQuerySet(models.QuerySet[Any]):
    def submitted(self) -> ScoreSheetQuerySet:
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, user: User) -> ScoreSheetQuerySet:
        """One's own or those one types for, none the juror or the assistant keeps out of: nobody opens another's."""
        from scoring.models import AssistantDeclaration, Conflict

        about = {"seat": OuterRef("seat"), "nomination": OuterRef("nomination")}
        kept_out = Conflict.objects.filter(**about)
        avoided = AssistantDeclaration.objects.filter(**about, declared_by=user.pk, keeps_out=True)
        mine = Q(seat__appointment__user_id=user.pk) | Q(seat__assistant_id=user.pk)
        return self.filter(~Exists(kept_out), ~Exists(avoided), mine, seat__appointment__ended_at=None)


class SealQuerySet(models.QuerySet[Any]):
    def public(self) -> SealQuerySet:
        """The one the public may read of each selection: the last whose moment has come by the database's clock.

        One opened again after its moment stays public, as the withdrawn one, until its correction is announced.
        """
        come = self.model.objects.filter(public_from__lte=Now())
        newer = come.filter(selection=OuterRef("selection"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), public_from__lte=Now())


class DocumentQuerySet(models.QuerySet[Any]):
    def checkable(self) -> DocumentQuerySet:
        """What a stranger may be told about: papers of results whose moment has come, by the database, and reprints."""
        return self.filter(Q(past_award__isnull=False) | Q(seal__public_from__lte=Now()))

    def last_issues(self) -> DocumentQuerySet:
        """Without those that were issued again."""
        same = {name: OuterRef(name) for name in ("seal", "kind", "language", "recipient")}
        newer = self.model.objects.filter(**same, issue__gt=OuterRef("issue"))
        return self.filter(~Exists(newer))
