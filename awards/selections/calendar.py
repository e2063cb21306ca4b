"""The calendar of a selection: its valid dates, and what counts as an extension."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.models import Selection, StageDate
from awards.signals import nominators_notified
from awards.stages import DATED, OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User


class Span(NamedTuple):
    """When a stage opens and closes, both or neither; ``reason`` is why it closes otherwise than first planned."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reason: str = ""


def announced_until(opens_at: datetime | None) -> datetime | None:
    """What is announced does not close; its row ends with a day, for calendars of other programs."""
    return opens_at + timedelta(days=1) if opens_at else None


Plan = Mapping[Stage, Span]
FAULTS: dict[str, Any] = {
    "half": _("Give both moments of “%(stage)s”, or neither."),
    "order": _("“%(stage)s” must close after it opens."),
    "overlap": _("“%(stage)s” opens before “%(before)s” closes (%(moment)s)."),
    "removed": _("“%(stage)s” has a date already: it may be moved, with a reason, but not be taken away."),
    "past": _("“%(stage)s” cannot be closed at a moment that has passed."),
    "reason": _("Say why “%(stage)s” closes otherwise than planned: the reason is shown with the deadline."),
    "begun": _("“%(stage)s” is open already: its first moment cannot lie in the future."),
}


def dates_of(selection: Selection) -> dict[Stage, StageDate]:
    return {Stage(date.stage): date for date in selection.dates.all()}


def fingerprint(dates: Mapping[Stage, StageDate]) -> str:
    """A hash of everything on the calendar page, to detect that it changed since it was shown."""
    shown = [
        (stage.value, str(date.opens_at.timestamp()), str(date.closes_at.timestamp()), date.extension_reason)
        for stage, date in sorted(dates.items())
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def is_free(selection: Selection) -> bool:
    """During the preparation dates are a plan and may change without a reason."""
    return selection.stage == Stage.PREPARATION


def is_moved(date: StageDate | None, span: Span) -> bool:
    """The close is changed now, and to another moment than first planned: later or earlier, it was a promise."""
    if date is None or span.closes_at is None or span.closes_at == date.closes_at or date.stage == Stage.ANNOUNCED:
        return False
    return span.closes_at != (date.planned_close or date.closes_at)


def faults(selection: Selection, plan: Plan, now: datetime) -> dict[str, ValidationError]:
    """Every invalid value by its field: ``nominasi_opens``, ``_closes``, ``_reason``."""
    found: dict[str, ValidationError] = {}
    dates, before = dates_of(selection), None
    for stage in DATED:
        span = plan.get(stage, Span())
        for field, code in _of_one(span, dates.get(stage), now, free=is_free(selection)):
            field = "opens" if stage == Stage.ANNOUNCED else field
            found[f"{stage}_{field}"] = _fault(code, stage)
        if span.opens_at and span.opens_at > now and _has_begun(selection, stage, dates.get(stage), span):
            found.setdefault(f"{stage}_opens", _fault("begun", stage))
        ends = plan[before].closes_at if before else None
        if before and span.opens_at and ends and span.opens_at < ends:
            moment = selection.moment(ends)
            found.setdefault(f"{stage}_opens", _fault("overlap", stage, before=Stage(before).label, moment=moment))
        before = stage if span.opens_at and span.closes_at else before
    return found


def _of_one(span: Span, date: StageDate | None, now: datetime, *, free: bool) -> list[tuple[str, str]]:
    """(field, code) of the faults within one stage."""
    if (span.opens_at is None) != (span.closes_at is None):
        return [("opens" if span.opens_at is None else "closes", "half")]
    if span.opens_at is None or span.closes_at is None:
        return [] if date is None or free else [("closes", "removed")]
    if span.closes_at <= span.opens_at:
        return [("closes", "order")]
    if date is None or free or span.closes_at == date.closes_at:
        return []
    if span.closes_at <= now:
        return [("closes", "past")]
    return [("reason", "reason")] if is_moved(date, span) and not span.reason.strip() else []


def _has_begun(selection: Selection, stage: Stage, date: StageDate | None, span: Span) -> bool:
    """The stage is the present one or before it, and its first moment is changed now."""
    order, is_changed = list(Stage), date is None or date.opens_at != span.opens_at
    return is_changed and order.index(stage) <= order.index(Stage(selection.stage))


def _fault(code: str, stage: Stage, **values: object) -> ValidationError:
    return ValidationError(FAULTS[code], code=code, params={"stage": stage.label, **values})


@transaction.atomic
def set_calendar(selection: Selection, plan: Plan, *, seen: str, by: User) -> bool:
    """Write the dates; ``seen`` is the fingerprint of the calendar the person saw. True if any changed.

    Raises ValidationError: ``stage`` when dates can no longer be set, ``conflict`` when somebody saved first, or the
    faults by field. A close moved after the preparation is recorded with its reason; whoever could still send
    something gets a letter when it was brought forward.
    """
    present = Selection.objects.with_context().select_for_update(no_key=True, of=("self",)).get(pk=selection.pk)
    if Permission.SET_CALENDAR not in OPEN_IN[Stage(present.stage)]:
        raise ValidationError(_("The dates are no longer changed at the present stage."), code="stage")
    dates = dates_of(present)
    if fingerprint(dates) != seen:
        raise ValidationError(_("Somebody changed the calendar meanwhile."), code="conflict")
    if found := faults(present, plan, timezone.now()):
        raise ValidationError(found)
    before, after = {}, {}
    for stage in DATED:
        span, date = plan.get(stage, Span()), dates.get(stage)
        if _differs(span, date):
            before[stage.value] = _date_values(date)
            after[stage.value] = _date_values(_write(present, stage, span, date, by))
    if after:
        trail.record(by, "calendar.set", present, before=before, after=after)
        _tell_those_waiting(present, dates, by)
    return bool(after)


def _tell_those_waiting(selection: Selection, before: Mapping[Stage, StageDate], by: User) -> None:
    """A letter to everybody who has less time left than was published."""
    was = before.get(Stage(selection.stage))
    now = StageDate.objects.filter(selection=selection, stage=selection.stage).first()
    if is_free(selection) or was is None or now is None or now.closes_at >= was.closes_at:
        return
    if open_ones := list(deadlines.waiting_before(selection)):
        now.selection = selection
        words = _("“%(stage)s” now closes on %(moment)s.")
        more = [words % {"stage": now.get_stage_display(), "moment": now.opening_text}]
        news = {"event": "brought-forward", "reason": now.extension_reason, "more": more, "by": by}
        nominators_notified.send(sender=Selection, nominations=open_ones, **news)


def _differs(span: Span, date: StageDate | None) -> bool:
    if date is None or span.opens_at is None:
        return (date is None) != (span.opens_at is None)
    has_new_reason = date.is_extended and span.reason.strip() not in {"", date.extension_reason}
    return (span.opens_at, span.closes_at) != (date.opens_at, date.closes_at) or has_new_reason


def _write(selection: Selection, stage: Stage, span: Span, date: StageDate | None, by: User) -> StageDate | None:
    if span.opens_at is None or span.closes_at is None:
        StageDate.objects.filter(selection=selection, stage=stage).delete()
        return None
    values: dict[str, Any] = {"opens_at": span.opens_at, "closes_at": span.closes_at}
    is_extended = not is_free(selection) and is_moved(date, span)
    if date is not None and is_extended:
        values |= {"planned_close": date.planned_close or date.closes_at, "extension_reason": span.reason.strip()}
    elif date is not None and span.closes_at != date.closes_at:
        values |= {"planned_close": None, "extension_reason": ""}
    elif date is not None and date.is_extended and span.reason.strip():
        values |= {"extension_reason": span.reason.strip()}
    written, _is_new = StageDate.objects.update_or_create(selection=selection, stage=stage, defaults=values)
    if date is not None and is_extended:
        moved = {"before": date.closes_at, "after": span.closes_at}
        trail.record(by, "calendar.extend", written, **moved, reason=span.reason.strip())
    return written


def _date_values(date: StageDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    return {"opens_at": date.opens_at, "closes_at": date.closes_at, "reason": date.extension_reason}
