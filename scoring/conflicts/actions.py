"""Assistants, who type for a juror, and declarations of conflicts of interest by jurors and assistants."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Nomination
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import User
from scoring.assignments.criteria import judged_by, marked_nominations, to_score
from scoring.assignments.progress import undeclared
from scoring.conflicts import assistant_letters
from scoring.models import AssistantDeclaration, Conflict, Declaration, ScoreSheet, Seat
from scoring.permissions import hold
from scoring.standings import store


def may_appoint(user: User, seat: Seat) -> bool:
    """The juror for the own seat; chair and secretary for every seat."""
    selection = seat.panel.selection
    needed = Permission.SCORE if seat.user == user else Permission.RECUSE
    return seat.appointment.ended_at is None and permissions.may(user, needed, selection)


@transaction.atomic
def appoint(seat: Seat, address: str, *, by: User) -> None:
    """Let whoever has this address type for the juror, or nobody (empty); letters tell both addresses.

    Nothing depends on whether somebody has it and could: see ``SeatQuerySet.assisted_by``. ValidationError
    ``foreign-letters``, or ``assists-already``, since an assistant sees the marks of the seat.
    """
    selection, address = seat.panel.selection, cleaned(address)
    hold(selection, Permission.SCORE if seat.user == by else Permission.RECUSE, by)
    current = Seat.objects.select_related("appointment__user", "panel").get(pk=seat.pk)
    if current.appointment.ended_at is not None:
        raise PermissionDenied(_("This seat has ended."))
    others = Seat.objects.filter(panel=seat.panel, assistant_address=address).exclude(pk=seat.pk)
    if address and others.exists():
        raise ValidationError(_("This address already assists another juror of the panel."), code="assists-already")
    Seat.objects.filter(pk=seat.pk).update(assistant_address=address)
    trail.record(by, "seat.assistant", seat, before=bool(current.assistant_address), after=bool(address))
    assistant_letters.changed(seat, before=current.assistant_address, after=address)


@transaction.atomic
def declare_as_assistant(
    seat: Seat, *, reasons: dict[int, str], by: User, about: Collection[int] | None = None
) -> None:
    """The assistant's declaration about the nominations ``about``, or about every one the juror scores.

    Those in ``reasons`` (pk -> reason) have a conflict of interest, all others have none. May be repeated; earlier
    conflicts stay.

    ValidationError ``not-your-seat``, ``not-judged``, ``no-reason``.
    """
    hold(seat.panel.selection, Permission.SCORE, seat.user)
    if not Seat.objects.sitting().assisted_by(by).filter(pk=seat.pk).exists():
        raise ValidationError(_("This seat is not yours."), code="not-your-seat")
    known = {nomination.pk: nomination for nomination in to_score(seat)}
    if not reasons.keys() <= known.keys():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    if not all(reason.strip() for reason in reasons.values()):
        raise ValidationError(_("Say why: a conflict of interest needs a reason."), code="no-reason")
    declarations = AssistantDeclaration.objects.filter(seat=seat, declared_by=by)
    before = set(declarations.values_list("nomination_id", flat=True))
    AssistantDeclaration.objects.bulk_create(
        AssistantDeclaration(seat=seat, nomination=each, declared_by=by, keeps_out=False)
        for each in known.values()
        if each.pk not in before | reasons.keys() and (about is None or each.pk in about)
    )
    for pk, reason in reasons.items():
        terms = {"keeps_out": True, "reason": reason.strip()}
        AssistantDeclaration.objects.update_or_create(seat=seat, nomination=known[pk], declared_by=by, defaults=terms)
    trail.record(by, "assistant.declare", seat, after={"keeps_out": sorted(reasons), "clear": _clear(declarations)})


def _clear(declarations: QuerySet[AssistantDeclaration]) -> list[int]:
    return sorted(declarations.filter(keeps_out=False).values_list("nomination_id", flat=True))


@transaction.atomic
def declare(seat: Seat, *, reasons: dict[int, str], by: User, about: Collection[int] | None = None) -> None:
    """The juror's declaration about the nominations ``about``, or every one the rooms of this seat judge.

    Those in ``reasons`` (pk -> reason) have a conflict of interest, all others have none. May be repeated; earlier
    conflicts stay.
    """
    selection = hold(seat.panel.selection, Permission.SCORE, by)
    _require_own(seat, by)
    known = {nomination.pk: nomination for nomination in judged_by(seat)}
    if not reasons.keys() <= known.keys():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    asked = [each for key, each in known.items() if (about is None or key in about) and key not in reasons]
    silent = undeclared(seat, asked)
    Declaration.objects.bulk_create(
        Declaration(seat=seat, nomination=nomination, declared_by=by) for nomination in silent
    )
    for pk, reason in reasons.items():
        _keep_out(seat, known[pk], Conflict.Kind.ABSTENTION, reason, by)
    if silent:
        trail.record(by, "conflict.declare-none", seat, after={"nominations": [n.pk for n in silent]})
    store.refresh(selection)


@transaction.atomic
def recuse(seat: Seat, nomination: Nomination, *, reason: str, by: User) -> Conflict:
    """Exclude somebody else's seat from one nomination, with a reason."""
    selection = hold(seat.panel.selection, Permission.RECUSE, by)
    if seat.appointment.user_id == by.pk:
        raise ValidationError(_("Nobody recuses themselves: declare your own conflict instead."), code="own-seat")
    if seat.appointment.ended_at is not None:
        raise ValidationError(_("This seat has already been ended."), code="already-ended")
    if not marked_nominations(selection).filter(pk=nomination.pk).exists():
        raise ValidationError(_("The panel does not judge this candidate."), code="not-judged")
    conflict = _keep_out(seat, nomination, Conflict.Kind.RECUSAL, reason, by)
    store.refresh(selection)
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
