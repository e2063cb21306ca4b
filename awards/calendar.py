"""The calendar of a selection: what may stand in it, and what counts as an extension."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Selection, StageDate
from awards.stages import DATED, Stage


class Span(NamedTuple):
    """When a stage opens and closes, both or neither; ``reason`` says why it closes later than planned."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reason: str = ""


Plan = Mapping[Stage, Span]
FAULTS: dict[str, Promise] = {
    "half": _("Give both moments of “%(stage)s”, or neither."),
    "order": _("“%(stage)s” must close after it opens."),
    "overlap": _("“%(stage)s” opens before “%(before)s” closes (%(moment)s)."),
    "removed": _("“%(stage)s” has a date already: it may be moved, with a reason, but not be taken away."),
    "past": _("“%(stage)s” cannot be closed at a moment that has passed."),
    "reason": _("Say why “%(stage)s” closes later than planned: the reason is shown with the deadline."),
}


def dates_of(selection: Selection) -> dict[Stage, StageDate]:
    return {Stage(date.stage): date for date in selection.dates.all()}


def fingerprint(dates: Mapping[Stage, StageDate]) -> str:
    """Changes with anything the calendar page shows; a page made from another one is out of date."""
    shown = [
        (stage.value, str(date.opens_at.timestamp()), str(date.closes_at.timestamp()), date.extension_reason)
        for stage, date in sorted(dates.items())
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def is_free(selection: Selection) -> bool:
    """Until a selection leaves its preparation its dates are a plan, and move without a reason."""
    return selection.stage == Stage.PREPARATION


def is_extension(date: StageDate | None, span: Span) -> bool:
    """The stage closes later than was first planned, and not when it did before."""
    if date is None or span.closes_at is None or span.closes_at == date.closes_at:
        return False
    return span.closes_at > (date.planned_close or date.closes_at)


def faults(selection: Selection, plan: Plan, now: datetime) -> dict[str, ValidationError]:
    """Everything the plan may not say, by the field it belongs to: ``nominasi_opens``, ``_closes``, ``_reason``."""
    found: dict[str, ValidationError] = {}
    dates, before = dates_of(selection), None
    for stage in DATED:
        span = plan.get(stage, Span())
        for field, code in _of_one(span, dates.get(stage), now, free=is_free(selection)):
            found[f"{stage}_{field}"] = _fault(code, stage)
        if before and span.opens_at and span.opens_at < plan[before].closes_at:
            moment = selection.moment(plan[before].closes_at)
            found.setdefault(f"{stage}_opens", _fault("overlap", stage, before=Stage(before).label, moment=moment))
        before = stage if span.opens_at and span.closes_at else before
    return found


def _of_one(span: Span, date: StageDate | None, now: datetime, *, free: bool) -> list[tuple[str, str]]:
    """(field, code) of what is wrong with one stage by itself."""
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
    return [("reason", "reason")] if is_extension(date, span) and not span.reason.strip() else []


def _fault(code: str, stage: Stage, **told: object) -> ValidationError:
    return ValidationError(FAULTS[code], code=code, params={"stage": stage.label, **told})
