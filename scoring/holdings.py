"""What judging holds about a person."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.holdings import NOWHERE, nowhere
from paritrana.accounts.models import User
from paritrana.accounts.personal_data import Holding, Rows, register
from scoring.models import Conflict, Invitation, Mark, Remark, Seal, Seat, TieDecision


def _seats(user: User) -> Rows:
    return Seat.objects.filter(appointment__user=user).values(
        "panel__selection__slug", "element", "is_observer", "order"
    )


def _assistance(user: User) -> Rows:
    return Seat.objects.filter(assistant_address=user.email).values("panel__selection__slug", "order")


def _erase_assistance(user: User) -> None:
    Seat.objects.filter(assistant_address=user.email).update(assistant_address="")


def _invitations_of(user: User) -> Q:
    return Q(email__iexact=user.email) | Q(seat__appointment__user=user)


def _invitations(user: User) -> Rows:
    rows = Invitation.objects.filter(_invitations_of(user))
    return rows.values("panel__selection__slug", "name", "office", "email", "element", "sent_at", "accepted_at")


def _erase_invitations(user: User) -> None:
    keys = list(Invitation.objects.filter(_invitations_of(user)).values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(name=user.trail_label, office="", email=nowhere(user.pk))


def _sweep_invitations(before: datetime) -> int:
    """Whom a link invited that nobody used."""
    unused = Invitation.objects.filter(answered_at=None, seat=None, expires_at__lt=before)
    rows = unused.exclude(email__endswith=f"@{NOWHERE}").values_list("pk", flat=True)
    return sum(
        Invitation.objects.filter(pk=key).update(email=nowhere(f"undangan-{key}"), name="–", office="") for key in rows
    )


def _conflicts(user: User) -> Rows:
    rows = Conflict.objects.filter(seat__appointment__user=user)
    return rows.values("nomination__candidate__name", "kind", "reason", "declared_at")


def _marks(user: User) -> Rows:
    rows = Mark.objects.filter(sheet__seat__appointment__user=user).order_by("pk")
    return rows.values("sheet__nomination__candidate__name", "criterion__name", "value")


def _remarks(user: User) -> Rows:
    rows = Remark.objects.filter(written_by=user, is_current=True).order_by("pk")
    return rows.values("sheet__nomination__candidate__name", "criterion__name", "text", "written_at")


def _signed(user: User) -> Rows:
    for seal in Seal.objects.defer("payload").filter(Q(sealed_by=user) | Q(seconded_by=user)).order_by("pk"):
        yield {"act": "seal", "digest": seal.digest, "sealed_at": seal.sealed_at}
    for decision in TieDecision.objects.filter(decided_by=user).order_by("pk"):
        yield {"act": "tie", "title": str(decision.title), "decided_at": decision.decided_at}


register(
    Holding(
        "seats",
        _("Seats of panels and the elements they represent"),
        _("Who judged, by decree"),
        _("For good, under the number of the account"),
        _seats,
    ),
    Holding(
        "assistance",
        _("E-mail address as the assistant of a juror"),
        _("Typing marks for the juror"),
        _("Until the juror names another; erased on request"),
        _assistance,
        _erase_assistance,
    ),
    Holding(
        "invitations",
        _("Invitations to a panel: name, office, e-mail address"),
        _("Filling the seats of the decree"),
        _("For good once it is accepted; never accepted for a time; erased on request"),
        _invitations,
        _erase_invitations,
        keep="links",
        sweep=_sweep_invitations,
    ),
    Holding(
        "conflicts",
        _("Conflicts of interest declared"),
        _("Who is close to a candidate does not judge it"),
        _("For good, under the number of the account: the result rests on them"),
        _conflicts,
        is_confidential=True,
    ),
    Holding(
        "marks",
        _("Marks given"),
        _("The result"),
        _("For good, under the number of the account; sealed with the result"),
        _marks,
        is_confidential=True,
    ),
    Holding(
        "remarks",
        _("Comments on marks"),
        _("Why a mark is unusual"),
        _("For good, under the number of the account"),
        _remarks,
        is_confidential=True,
    ),
    Holding(
        "signatures",
        _("Results sealed and ties decided: name and office in the sealed document and on official papers"),
        _("Public record of an official act"),
        _("For good, with the name: a sealed document and its papers are never changed"),
        _signed,
    ),
)
