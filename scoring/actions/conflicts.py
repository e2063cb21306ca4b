"""Conflicts of interest: a juror declares and abstains, the chair or the secretary recuses.

Either keeps the seat out of the nomination for good: no sheet, and marks already handed in stop counting.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Nomination
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.judging import marked_nominations, undeclared
from scoring.models import Conflict, Declaration, ScoreSheet, Seat
from scoring.permissions import hold


@transaction.atomic
def declare(seat: Seat, *, reasons: dict[int, str], by: User) -> None:
    """The juror's word about every nomination of the panel: those in ``reasons`` (pk -> reason) I keep out of,
    in all others I have no conflict of interest. May be repeated; what was said before stays said."""
    selection = hold(seat.panel.selection, Permission.SCORE, by)
    _require_own(seat, by)
    known = {nomination.pk: nomination for nomination in marked_nominations(selection)}
    if not reasons.keys() <= known.keys():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    silent = [nomination for nomination in undeclared(seat, known.values()) if nomination.pk not in reasons]
    Declaration.objects.bulk_create(
        Declaration(seat=seat, nomination=nomination, declared_by=by) for nomination in silent
    )
    for pk, reason in reasons.items():
        _keep_out(seat, known[pk], Conflict.Kind.ABSTENTION, reason, by)
    if silent:
        trail.record(by, "conflict.declare-none", seat, after={"nominations": [n.pk for n in silent]})
    standings.refresh(selection)


@transaction.atomic
def recuse(seat: Seat, nomination: Nomination, *, reason: str, by: User) -> Conflict:
    """Keep somebody else's seat out of one nomination, with the reason."""
    selection = hold(seat.panel.selection, Permission.RECUSE, by)
    if seat.appointment.user_id == by.pk:
        raise ValidationError(_("Nobody recuses themselves: declare your own conflict instead."), code="own-seat")
    if seat.appointment.ended_at is not None:
        raise ValidationError(_("This seat has already been ended."), code="already-ended")
    if not marked_nominations(selection).filter(pk=nomination.pk).exists():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    conflict = _keep_out(seat, nomination, Conflict.Kind.RECUSAL, reason, by)
    standings.refresh(selection)
    return conflict


def _keep_out(seat: Seat, nomination: Nomination, kind: Conflict.Kind, reason: str, by: User) -> Conflict:
    if not reason.strip():
        raise ValidationError(_("Say why: a conflict of interest needs a reason."), code="no-reason")
    conflict, is_new = Conflict.objects.get_or_create(
        seat=seat,
        nomination=nomination,
        defaults={"kind": kind, "reason": reason.strip(), "declared_by": by},
    )
    if not is_new:
        raise ValidationError(_("This conflict of interest is already recorded."), code="already-recorded")
    was_handed_in = ScoreSheet.objects.submitted().filter(seat=seat, nomination=nomination).exists()
    trail.record(
        by,
        f"conflict.{kind}",
        conflict,
        after={"nomination": nomination.pk, "reason": reason.strip(), "sheet_stops_counting": was_handed_in},
    )
    return conflict


def _require_own(seat: Seat, by: User) -> None:
    if seat.appointment.user_id != by.pk or seat.appointment.ended_at is not None:
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
