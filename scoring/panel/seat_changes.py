"""Who sits on a panel is changed by two people: one asks, another confirms; everybody concerned gets a letter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import notices, two_people
from awards.stages import Permission
from paritrana.accounts import trail, two_signatures
from paritrana.accounts.models import User
from scoring.models import Invitation, Panel, Seat, SeatChange
from scoring.panel import seats
from scoring.permissions import hold
from scoring.standings import store

Outcome = SeatChange.Outcome


@transaction.atomic
def ask_end(seat: Seat, *, reason: str = "", by: User) -> SeatChange:
    """Ask that a seat and its appointment end. ValidationError ``already-ended``, ``asked``."""
    hold(seat.panel.selection, Permission.MANAGE_PANEL, by)
    return _ask(seat.panel, by, seat=seat, reason=reason.strip())


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why this member is replaced."), code="no-reason")


def ask_by_invitation(invitation: Invitation, *, user: User) -> SeatChange:
    """What the sender of an accepted invitation has asked for, in the caller's transaction.

    ValidationError: the codes of ``seats.require_vacant`` and of ``two_people.require_fit_to_give``, ``already-ended``,
    ``asked``.
    """
    terms = {name: getattr(invitation, name) for name in ("role", "element", "is_observer", "reason")}
    return _ask(
        invitation.panel, invitation.sent_by, user=user, seat=invitation.replaces, invitation=invitation, **terms
    )


def _ask(panel: Panel, by: User, **change: Any) -> SeatChange:
    user, seat = change.get("user"), change.get("seat")
    if seat and not Seat.objects.sitting().filter(pk=seat.pk).exists():
        raise ValidationError(_("This seat has already been ended."), code="already-ended")
    if user:
        two_people.require_fit_to_give(change["role"], to=user, by=by)
        seats.require_vacant(panel, change["role"], is_observer=change["is_observer"], email=user.email, leaving=seat)
    waiting = SeatChange.objects.open().filter(panel=panel)
    if (user and waiting.filter(user=user).exists()) or (seat and waiting.filter(seat=seat).exists()):
        raise ValidationError(
            _("This has been asked for already; the second person has to answer first."), code="asked"
        )
    made = SeatChange.objects.create(panel=panel, asked_by=by, **change)
    asked = {"user": user and user.pk, "seat": seat and seat.pk, "role": made.role, "reason": made.reason}
    trail.record(by, "seat.ask-change", made, after=asked)
    _announce(made, "asked")
    return made


@transaction.atomic
def second(change: SeatChange, *, by: User) -> Seat | None:
    """Confirm what another person asked for; returns the seat that was taken, if any.

    ValidationError: the codes of ``two_people``, ``own-seat``, ``moved-on`` when it is answered already, and those of
    asking, if it became impossible meanwhile.
    """
    selection = hold(change.panel.selection, Permission.SECOND_PANEL, by)
    asked = SeatChange.objects.with_people().select_related("panel").get(pk=change.pk)
    asked.panel.selection = selection
    if asked.user_id == by.pk:
        raise ValidationError(_("Nobody confirms their own seat."), code="own-seat")
    two_people.require_two(asked.asked_by, by, selection)
    two_signatures.end(asked, Outcome.GRANTED, by)
    taken = _carry_out(asked, by)
    if asked.invitation:
        Invitation.objects.filter(pk=asked.invitation_id).update(accepted_at=timezone.now(), seat=taken)
        trail.record(by, "invitation.accept", asked.invitation, seat=taken and taken.pk)
    _announce(asked, "done", by)
    store.refresh(selection)
    return taken


def _carry_out(asked: SeatChange, by: User) -> Seat | None:
    signed: dict[str, Any] = {"asked_by": asked.asked_by, "by": by}
    if asked.seat:
        seats.leave_seat(asked.seat, reason=asked.reason, **signed)
    if asked.user is None:
        return None
    if not asked.user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    terms = {name: getattr(asked, name) for name in ("role", "element", "is_observer")}
    return seats.take_seat(asked.panel, user=asked.user, replaces=asked.seat, **signed, **terms)


@transaction.atomic
def withdraw(change: SeatChange, *, by: User) -> None:
    """Withdraw or refuse what was asked for, with the invitation behind it.

    ValidationError ``own-seat`` for whoever would lose the seat, ``moved-on``.
    """
    hold(change.panel.selection, Permission.SECOND_PANEL, by)
    if change.seat and by.pk == change.seat.appointment.user_id != change.asked_by_id:
        raise ValidationError(_("Nobody keeps the own seat by withdrawing its end."), code="own-seat")
    two_signatures.end(change, Outcome.WITHDRAWN, by)
    if change.invitation_id:
        ended = {"withdrawn_at": timezone.now(), "withdrawn_by": by}
        Invitation.objects.open().filter(pk=change.invitation_id).update(**ended)
    trail.record(by, "seat.withdraw-change", change)


def _announce(change: SeatChange, happened: str, by: User | None = None) -> None:
    """A letter to whoever leaves, whoever comes, the chair and the auditors."""
    selection = change.panel.selection
    people = notices.watching(selection.edition_id, selection)
    people |= {change.user} if change.user else set()
    people |= {change.seat.user} if change.seat else set()
    context = {"change": change, "is_done": happened == "done", "by": by}
    subject = gettext_lazy("The panel: a seat changes")
    notices.tell(people, f"seat-change:{change.pk}:{happened}", subject, "seat_change", context, selection)
