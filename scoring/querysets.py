"""Which seats, interviews and sheets concern whom. Marks of others are never reached from a juror's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from awards.models import Nomination, Selection

if TYPE_CHECKING:
    from paritrana.accounts.models import User

_Rows = models.QuerySet[Any]


class SeatQuerySet(_Rows):
    def of(self, user: User) -> SeatQuerySet:
        """The seats this person holds now."""
        return self.filter(appointment__user_id=user.pk, appointment__ended_at=None)

    def visible_to(self, user: User) -> SeatQuerySet:
        return self.filter(panel__selection__in=Selection.objects.visible_to(user))

    def with_people(self) -> SeatQuerySet:
        return self.select_related("appointment__user", "panel__selection__edition", "panel__selection__province")


class InterviewQuerySet(_Rows):
    def visible_to(self, user: User) -> InterviewQuerySet:
        return self.filter(nomination__in=Nomination.objects.visible_to(user))


class ScoreSheetQuerySet(_Rows):
    def submitted(self) -> ScoreSheetQuerySet:
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, user: User) -> ScoreSheetQuerySet:
        """Only one's own, and none one keeps out of: nobody opens another juror's sheet."""
        from scoring.models import Conflict

        kept_out = Conflict.objects.filter(seat=OuterRef("seat"), nomination=OuterRef("nomination"))
        return self.filter(~Exists(kept_out), seat__appointment__user_id=user.pk, seat__appointment__ended_at=None)
