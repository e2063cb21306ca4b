"""The calendar of all provinces in whole days: each stage opens at 00.00 and closes at 23.59 of a province's clock."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, EditionDate
from awards.stages import DATED, Stage
from paritrana.display import formats


class Days(NamedTuple):
    """The first and the last day of a stage; what is announced has no last day."""

    opens_on: date
    closes_on: date | None


Calendar = Mapping[str, Days]
"""By the value of the stage; a stage without days is not in it."""


def faults_of_days(calendar: Mapping[str, tuple[date | None, date | None]]) -> dict[str, Any]:
    """What is out of order, by field: ``nominasi_opens`` or ``nominasi_closes``."""
    found: dict[str, Any] = {}
    before: tuple[Stage, date] | None = None
    for stage in DATED:
        opens, closes = calendar.get(stage.value, (None, None))
        named: dict[str, Any] = {"stage": stage.label}
        if stage == Stage.ANNOUNCED:
            closes = opens
        if (opens is None) != (closes is None):
            field = "opens" if opens is None else "closes"
            found[f"{stage.value}_{field}"] = _("Give both days of “%(stage)s”, or neither.") % named
        elif opens and closes and closes < opens:
            found[f"{stage.value}_closes"] = _("“%(stage)s” must not close before the day it opens.") % named
        if opens and before and opens <= before[1]:
            named |= {"before": before[0].label}
            found.setdefault(
                f"{stage.value}_opens", _("“%(stage)s” must open after the last day of “%(before)s”.") % named
            )
        before = (stage, closes) if opens and closes else before
    return found


def calendar_of(edition: Edition) -> dict[str, Days]:
    """The days as saved, in the order of the stages."""
    saved = {date.stage: Days(date.opens_on, date.closes_on) for date in edition.dates.all()}
    return {stage.value: saved[stage.value] for stage in DATED if stage.value in saved}


def write_calendar(edition: Edition, calendar: Calendar) -> None:
    EditionDate.objects.filter(edition=edition).exclude(stage__in=calendar).delete()
    for stage, days in calendar.items():
        EditionDate.objects.update_or_create(edition=edition, stage=stage, defaults=days._asdict())


def calendar_in_words(edition: Edition) -> list[tuple[str, str]]:
    """Each stage that has days, with them."""
    return [
        (str(Stage(stage).label), " – ".join(formats.day(day) for day in days if day))
        for stage, days in calendar_of(edition).items()
    ]
