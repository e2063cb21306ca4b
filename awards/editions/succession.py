"""What a new edition proposes from the one it copies: its name, its short name and every date a year later."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from awards.editions.schema import SOURCES

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SATURDAY, _SUNDAY = 5, 6
LONGEST_SLUG = 20


def year_later(day: date) -> date:
    """The same day of the following year; the 28th for a 29 February that the year does not have."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def note_on(day: date, before: date | None) -> str:
    """What a proposed day should be looked at for: it is no 29 February any more, or lies on a weekend."""
    notes = []
    if before and (before.month, before.day) == (2, 29) and day.day != 29:
        notes.append(_("29 February is not in %(year)s: the 28th is proposed.") % {"year": day.year})
    if day.weekday() in {_SATURDAY, _SUNDAY}:
        notes.append(_("This is a %(weekday)s.") % {"weekday": WEEKDAYS[day.weekday()]})
    return " ".join(notes)


def proposed_head(source: dict[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Label, short name, period and year of the edition after the ``source`` (a document's head)."""
    start, end = (date.fromisoformat(source[key]) for key in ("period_start", "period_end"))
    return {
        "label": _years_later(source["label"]),
        "slug": free_slug(_years_later(source["slug"]), taken),
        "period_start": year_later(start),
        "period_end": year_later(end),
        "implementation_year": source["implementation_year"] + 1,
    }


def without_sources(document: dict[str, Any]) -> dict[str, Any]:
    """What was said of the edition copied is an assumption of the next one."""
    categories = [{key: one[key] for key in one if key not in SOURCES} for one in document["categories"]]
    zones = [zone | {"provinces": dict.fromkeys(zone["provinces"], "")} for zone in document.get("zones", [])]
    return document | {"categories": categories, "zones": zones}


def _years_later(text: str) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + 1), text)


def free_slug(slug: str, taken: Collection[str]) -> str:
    """The short name, with a number behind it where another edition has it."""
    ends = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    return next(named for end in ends if (named := slug[: LONGEST_SLUG - len(end)] + end) not in taken)
