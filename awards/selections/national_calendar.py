"""One calendar for all provinces: what each takes from it, which have their own dates, and changing it.

A province follows the calendar in the stages whose dates are those of the calendar; every other date is its own and
stays. Each change of a province is made by ``set_calendar``, with its rules for published dates.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.editions.calendar_days import Calendar, calendar_of, write_calendar
from awards.models import Edition, Selection, StageDate
from awards.models.selections import Level
from awards.selections import calendar
from awards.selections.calendar import Span, announced_until, dates_of, is_free, is_moved
from awards.stages import DATED, OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User

FIRST_MINUTE, LAST_MINUTE = time(0, 0), time(23, 59)


def spans_for(days: Calendar, selection: Selection) -> dict[Stage, Span]:
    """The calendar on the clock of this province."""
    found = {}
    for stage in DATED:
        if one := days.get(stage.value):
            opens = datetime.combine(one.opens_on, FIRST_MINUTE, tzinfo=selection.tzinfo)
            found[stage] = Span(opens, announced_until(opens))
            if one.closes_on:
                closes = datetime.combine(one.closes_on, LAST_MINUTE, tzinfo=selection.tzinfo)
                found[stage] = Span(opens, closes)
    return found


def spans_of_nation(selection: Selection) -> dict[Stage, Span]:
    """The saved calendar of all provinces on its clock; the national selection has its own dates alone."""
    return spans_for(calendar_of(selection.edition), selection) if selection.level == Level.PROVINCIAL else {}


def take_over(selection: Selection) -> list[str]:
    """Give a new selection of a province the dates of all provinces; returns the stages that have some."""
    spans = spans_of_nation(selection)
    StageDate.objects.bulk_create(
        StageDate(selection=selection, stage=stage, opens_at=span.opens_at, closes_at=span.closes_at)
        for stage, span in spans.items()
        if span.opens_at and span.closes_at
    )
    return [stage.value for stage in spans]


def follows(date: StageDate | None, span: Span | None) -> bool:
    """Whether the date of a selection is the one of all provinces."""
    if date is None or span is None:
        return date is None and span is None
    return (date.opens_at, date.closes_at) == (span.opens_at, span.closes_at)


def own_stages(selection: Selection) -> list[Stage]:
    """The stages in which the province has other dates than all provinces; none where there is no such calendar."""
    spans, dates = spans_of_nation(selection), dates_of(selection)
    return [stage for stage in DATED if spans and not follows(dates.get(stage), spans.get(stage))]


@dataclass
class Effect:
    """What a changed calendar means for one province."""

    selection: Selection
    changed: list[Stage] = field(default_factory=list)
    own: list[Stage] = field(default_factory=list)
    past: list[Stage] = field(default_factory=list)
    asks_reason: bool = False
    refused: str = ""
    plan: dict[Stage, Span] = field(default_factory=dict)

    @property
    def is_made(self) -> bool:
        return bool(self.changed) and not self.refused


class Change(NamedTuple):
    """A new calendar before it is saved, with what it means for every open selection of a province."""

    edition: Edition
    days: Calendar
    effects: list[Effect]

    @property
    def asks_reason(self) -> bool:
        return any(effect.asks_reason for effect in self.effects if effect.is_made)

    @property
    def fingerprint(self) -> str:
        """Of all that is reviewed: what is saved now, what is wanted, and what follows for each province."""
        shown = [sorted(calendar_of(self.edition).items()), sorted(self.days.items())]
        rows = [
            (one.selection.pk, one.selection.stage, *map(str, one.changed), "-", *map(str, one.own), one.refused)
            for one in self.effects
        ]
        return hashlib.sha256(repr((shown, rows)).encode()).hexdigest()[:16]


def reviewed(edition: Edition, days: Calendar, reason: str) -> Change:
    selections = edition.selections.filter(level=Level.PROVINCIAL).with_context().prefetch_related("dates")
    before, now = calendar_of(edition), timezone.now()
    return Change(edition, days, [_effect(selection, before, days, reason, now) for selection in selections])


def _effect(selection: Selection, before: Calendar, after: Calendar, reason: str, now: datetime) -> Effect:
    found, order = Effect(selection), list(Stage)
    old, new, dates = spans_for(before, selection), spans_for(after, selection), dates_of(selection)
    is_closed = Permission.SET_CALENDAR not in OPEN_IN[Stage(selection.stage)]
    for stage in DATED:
        date, span = dates.get(stage), new.get(stage, Span())
        found.plan[stage] = Span(date.opens_at, date.closes_at) if date else Span()
        if old.get(stage) == new.get(stage):
            continue
        if not follows(date, old.get(stage)):
            found.own.append(stage)
        elif is_closed or order.index(stage) < order.index(Stage(selection.stage)):
            found.past.append(stage)
        else:
            found.changed.append(stage)
            is_promise = not is_free(selection) and is_moved(date, span)
            found.asks_reason |= is_promise
            found.plan[stage] = span._replace(reason=(reason.strip() or "?") if is_promise else "")
    if found.changed:
        faults = calendar.faults(selection, found.plan, now)
        found.refused = next((" ".join(error.messages) for error in faults.values()), "")
    return found


@transaction.atomic
def set_national_calendar(edition: Edition, days: Calendar, *, seen: str, reason: str, by: User) -> list[Effect]:
    """Save the calendar of all provinces, and move those that follow it; returns what was moved.

    ``seen`` is the fingerprint of the reviewed change. Raises ValidationError ``conflict`` when anything differs from
    the review by now, ``reason`` when a published close moves without one.
    """
    present = Edition.objects.select_for_update().get(pk=edition.pk)
    change = reviewed(present, days, reason)
    if change.fingerprint != seen:
        raise ValidationError(_("Something changed since the review. Look through it once more."), code="conflict")
    if change.asks_reason and not reason.strip():
        raise ValidationError(_("Give the reason for moving a published close; it is shown with it."), code="reason")
    before = calendar_of(present)
    if before == days:
        return []
    write_calendar(present, days)
    moved = [effect for effect in change.effects if effect.is_made]
    for effect in moved:
        known = calendar.fingerprint(dates_of(effect.selection))
        calendar.set_calendar(effect.selection, effect.plan, seen=known, by=by)
    places = {effect.selection.slug: [stage.value for stage in effect.changed] for effect in moved}
    detail: dict[str, Any] = {"before": _for_trail(before), "after": _for_trail(days), "moved": places}
    trail.record(by, "edition.calendar", present, **detail, **({"reason": reason.strip()} if reason.strip() else {}))
    return moved


def _for_trail(days: Calendar) -> dict[str, Any]:
    return {stage: one._asdict() for stage, one in days.items()}


def places_by_kind(effects: Iterable[Effect]) -> dict[str, list[Effect]]:
    """The provinces of a review: moved, with own dates, left as they are."""
    found: dict[str, list[Effect]] = {"moved": [], "own": [], "left": []}
    for effect in effects:
        found["moved"] += [effect] if effect.is_made else []
        found["own"] += [effect] if effect.own else []
        found["left"] += [effect] if effect.refused or effect.past else []
    return found
