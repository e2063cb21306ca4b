"""A stage opened by mistake is taken back by two people, while nothing was done in it yet."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import deadlines, permissions
from awards.models import Nomination, Selection, StageReturn
from awards.signals import nominators_notified, resting_asked, selection_changed, stage_taken_back
from awards.stages import BEFORE, NominationState, Permission, Stage
from awards.two_people import require_two
from paritrana.accounts import trail, two_signatures
from paritrana.accounts.models import User

Outcome = StageReturn.Outcome
_CHOSEN = [NominationState.SHORTLISTED, NominationState.NOT_SHORTLISTED]


def resting_on(selection: Selection) -> list[str]:
    """What was done in the present stage that would hang in the air without it, as sentences."""
    found = []
    nominations = Nomination.objects.filter(selection=selection)
    if selection.stage == Stage.NOMINATION and (number := nominations.count()):
        found.append(ngettext("%(count)d nomination.", "%(count)d nominations.", number) % {"count": number})
    if selection.stage == Stage.VERIFICATION and (number := nominations.filter(state__in=_CHOSEN).count()):
        words = ngettext(
            "%(count)d candidate on the interview list, or left off it.",
            "%(count)d candidates on the interview list, or left off it.",
            number,
        )
        found.append(words % {"count": number})
    for _receiver, answer in resting_asked.send(Selection, selection=selection):
        found += [str(one) for one in answer or ()]
    return found


def open_request(selection: Selection) -> StageReturn | None:
    rows = StageReturn.objects.open().filter(selection=selection).select_related("asked_by")
    found: StageReturn | None = rows.first()
    return found


@transaction.atomic
def ask(selection: Selection, *, reason: str, seen: str, by: User) -> StageReturn:
    """Ask to take back the stage the person saw (``seen``).

    ValidationError: ``moved-on``, ``first-stage``, ``rests``, ``reason``, ``asked`` when a request is open already.
    """
    held = _hold(selection, Permission.TAKE_BACK_STAGE, by)
    if held.stage != seen:
        raise ValidationError(_("Somebody has already moved the stage."), code="moved-on")
    _require_nothing_rests(held)
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the selection reads it."), code="reason")
    if open_request(held):
        raise ValidationError(_("Somebody has asked already; the second person has to answer first."), code="asked")
    made: StageReturn = StageReturn.objects.create(selection=held, stage=held.stage, reason=reason.strip(), asked_by=by)
    trail.record(by, "selection.ask-taking-back", held, stage=held.stage, reason=made.reason)
    return made


@transaction.atomic
def withdraw(request: StageReturn, *, by: User) -> None:
    """By anybody who may ask. ValidationError ``moved-on`` when it is answered already."""
    held = _hold(request.selection, Permission.TAKE_BACK_STAGE, by)
    two_signatures.end(request, Outcome.WITHDRAWN, by)
    trail.record(by, "selection.withdraw-taking-back", held, stage=request.stage)


def second(request: StageReturn, *, by: User) -> Stage:
    """Confirm another person's request; returns the stage that is open again.

    A request overtaken by what was done meanwhile ends for good. ValidationError: the codes of
    ``two_people.REFUSALS``, ``moved-on``, ``rests``. Whoever can send again gets a letter.
    """
    with transaction.atomic():
        held = _hold(request.selection, Permission.SECOND_TAKING_BACK, by)
        require_two(request.asked_by, by, held)
        is_overtaken = held.stage != request.stage or bool(resting_on(held))
        two_signatures.end(request, Outcome.OVERTAKEN if is_overtaken else Outcome.GRANTED, by)
        if not is_overtaken:
            return _take_back(held, request, by)
        trail.record(by, "selection.overtake-taking-back", held, stage=request.stage)
    raise ValidationError(_("Something depends on the stage by now: it can no longer be taken back."), code="rests")


def _take_back(held: Selection, request: StageReturn, by: User) -> Stage:
    back = BEFORE[Stage(held.stage)]
    Selection.objects.filter(pk=held.pk).update(stage=back)
    detail = {"before": held.stage, "after": back.value, "asked_by": request.asked_by_id, "reason": request.reason}
    held.stage = back.value
    trail.record(by, "selection.take-back", held, **detail)
    stage_taken_back.send(sender=Selection, selection=held)
    if open_ones := list(deadlines.waiting_before(held)):
        news = {"event": "taken-back", "reason": request.reason, "by": by}
        nominators_notified.send(sender=Selection, nominations=open_ones, **news)
    selection_changed.send(sender=Selection, selection=held, by=by)
    return back


def _require_nothing_rests(selection: Selection) -> None:
    if Stage(selection.stage) not in BEFORE:
        raise ValidationError(_("This stage is not taken back."), code="first-stage")
    if found := resting_on(selection):
        words = _("This depends on the stage: %(what)s It can no longer be taken back.")
        raise ValidationError(words, code="rests", params={"what": " ".join(found)})


def _hold(selection: Selection, permission: Permission, by: User) -> Selection:
    """The selection's row, locked, so that its stage cannot change before this transaction ends."""
    Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    held: Selection = Selection.objects.with_context().get(pk=selection.pk)
    permissions.require(by, permission, held)
    return held
