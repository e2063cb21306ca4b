"""Who types for a juror: one person a seat, who stands outside the selection."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Appointment
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import Seat
from scoring.permissions import hold


def may_appoint(user: User, seat: Seat) -> bool:
    """The juror for the own seat; chair and secretary for every seat."""
    selection = seat.panel.selection
    needed = Permission.SCORE if seat.user == user else Permission.RECUSE
    return seat.appointment.ended_at is None and permissions.may(user, needed, selection)


@transaction.atomic
def appoint(seat: Seat, assistant: User | None, *, by: User) -> None:
    """Let a person type for the seat, or nobody any more (None). ValidationError ``involved`` or ``assists-already``.

    An assistant sees the marks of the seat, so nobody with a part in the selection can be one, nor one of two jurors.
    """
    selection = seat.panel.selection
    hold(selection, Permission.SCORE if seat.user == by else Permission.RECUSE, by)
    current = Seat.objects.select_related("appointment__user", "panel").get(pk=seat.pk)
    if current.appointment.ended_at is not None:
        raise PermissionDenied(_("This seat has ended."))
    if assistant and _is_involved(assistant, seat):
        raise ValidationError(_("Whoever has a part in this selection cannot assist a juror."), code="involved")
    if assistant and Seat.objects.filter(panel=seat.panel, assistant=assistant).exclude(pk=seat.pk).exists():
        raise ValidationError(_("This person already assists another juror of the panel."), code="assists-already")
    before = current.assistant_id
    Seat.objects.filter(pk=seat.pk).update(assistant=assistant)
    trail.record(by, "seat.assistant", seat, before=before, after=assistant and assistant.pk)


def _is_involved(user: User, seat: Seat) -> bool:
    selection = seat.panel.selection
    mine = Appointment.objects.current().filter(user=user, edition=selection.edition_id)
    return mine.filter(selection=selection).exists() or mine.filter(selection=None).exists() or not user.is_active
