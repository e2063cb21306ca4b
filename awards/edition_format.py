"""Reads the document of an edition: every fault is found, each with its place, before anything is believed.

The format is written down in ``editions.py``. What comes out is plain and normalised: weights as basis points, points
as hundredths, every optional key present, so that two documents that mean the same are equal.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion
from awards.models.editions import CandidateKind
from awards.models.rubrics import WHOLE, Grouping
from regions.models import Basis

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TWO_DECIMALS = re.compile(r"-?\d{1,3}\.\d\d")
_REQUIRED: Any = object()
_NEEDS_LEVELS = {Criterion.Kind.BAND, Criterion.Kind.ATTENDANCE}
_NEEDS_SEGMENTS = {Criterion.Kind.COVERAGE, Criterion.Kind.GROWTH}


class _Reading:
    """The faults found so far; every reader below returns something usable even after a fault."""

    def __init__(self) -> None:
        self.faults: list[ValidationError] = []

    def fault(self, place: str, text: Any, **told: Any) -> None:
        self.faults.append(
            ValidationError("%(place)s: %(fault)s", code="edition", params={"place": place, "fault": text % told})
        )

    def take(self, source: Any, key: str, place: str, read: Callable[[Any], Any], default: Any = _REQUIRED) -> Any:
        """One value of an object, or ``default``; ``read`` raises ValueError for a value it cannot use."""
        if not isinstance(source, dict) or key not in source:
            if default is _REQUIRED:
                self.fault(place, _("“%(key)s” is missing."), key=key)
            return None if default is _REQUIRED else default
        try:
            return read(source[key])
        except (ValueError, TypeError, AttributeError):
            self.fault(f"{place}.{key}", _("“%(value)s” cannot be used here."), value=source[key])
            return None

    def unknown(self, source: Any, place: str, known: set[str]) -> None:
        for key in sorted(set(source) - known) if isinstance(source, dict) else []:
            self.fault(place, _("“%(key)s” is not a key of the format."), key=key)

    def once(self, values: list[Any], place: str) -> None:
        for value in sorted({str(v) for v in values if values.count(v) > 1}):
            self.fault(place, _("“%(value)s” occurs more than once."), value=value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _any_text(value: Any) -> str:
    return value.strip()


def _slug(value: Any) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError
    return value


def _one_of(choices: Any) -> Callable[[Any], str]:
    return lambda value: choices(value).value


def _hundredths(value: Any) -> int:
    """ "37.50" -> 3750: a string with two decimals, so that nothing was ever a float."""
    if not _TWO_DECIMALS.fullmatch(value):
        raise ValueError
    return int(value.replace(".", ""))


def _count(value: Any) -> int:
    if type(value) is not int or not 0 < value < 10_000:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _list(value: Any) -> list:
    if not isinstance(value, list):
        raise ValueError
    return value


def _names(value: Any) -> list[str]:
    return sorted({_text(name) for name in _list(value)})


def _dict(value: Any) -> dict:
    if not isinstance(value, dict):
        raise ValueError
    return value


def read_edition(document: Any) -> dict[str, Any]:
    """The normalised document; raises ValidationError with every fault, each naming its place."""
    reading, place = _Reading(), "edition"
    head = ("slug", "label", "period_start", "period_end", "implementation_year", "is_example", "zones", "categories")
    reading.unknown(document, place, set(head))
    edition = {
        "slug": reading.take(document, "slug", place, _slug),
        "label": reading.take(document, "label", place, _text),
        "period_start": reading.take(document, "period_start", place, date.fromisoformat),
        "period_end": reading.take(document, "period_end", place, date.fromisoformat),
        "implementation_year": reading.take(document, "implementation_year", place, _count),
        "is_example": reading.take(document, "is_example", place, _flag, None),
    }
    start, end = edition["period_start"], edition["period_end"]
    if start and end and start >= end:
        reading.fault(place, _("the period ends before it begins."))
    zones = reading.take(document, "zones", place, _list, []) or []
    edition["zones"] = [_zone(reading, zone, f"zones[{n}]") for n, zone in enumerate(zones)]
    reading.once([zone["name"] for zone in edition["zones"]], "zones")
    reading.once([code for zone in edition["zones"] for code in zone["provinces"]], "zones")
    categories = reading.take(document, "categories", place, _list) or []
    edition["categories"] = [_category(reading, one, f"categories[{n}]") for n, one in enumerate(categories)]
    reading.once([category["slug"] for category in edition["categories"]], "categories")
    if reading.faults:
        raise ValidationError(reading.faults)
    return edition


def _zone(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    provinces = reading.take(source, "provinces", place, _dict) or {}
    return {
        "name": reading.take(source, "name", place, _text),
        "provinces": {
            code: reading.take(provinces, code, f"{place}.provinces", _one_of(Basis)) for code in sorted(provinces)
        },
    }


def _category(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    reading.unknown(source, place, {"slug", "name", "candidate_kind", "sectors", "rubric", "titles"})
    slug = reading.take(source, "slug", place, _slug)
    place = f"{place} ({slug})"
    sectors = reading.take(source, "sectors", place, _list, []) or []
    aspects = reading.take(source, "rubric", place, _list) or []
    titles = reading.take(source, "titles", place, _list, []) or []
    rubric = [_aspect(reading, aspect, f"{place}.rubric[{n}]") for n, aspect in enumerate(aspects)]
    criteria = [criterion for aspect in rubric for criterion in aspect["criteria"]]
    reading.once([aspect["slug"] for aspect in rubric], f"{place}.rubric")
    reading.once([criterion["slug"] for criterion in criteria], f"{place}.rubric")
    _must_be_whole(reading, [criterion["weight"] for criterion in criteria], f"{place}.rubric")
    slugs = [criterion["slug"] for criterion in criteria]
    category = {
        "slug": slug,
        "name": reading.take(source, "name", place, _text),
        "candidate_kind": reading.take(source, "candidate_kind", place, _one_of(CandidateKind)),
        "sectors": [_sector(reading, sector, f"{place}.sectors[{n}]") for n, sector in enumerate(sectors)],
        "rubric": rubric,
        "titles": [_title(reading, title, f"{place}.titles[{n}]", slugs) for n, title in enumerate(titles)],
    }
    reading.once([title["slug"] for title in category["titles"]], f"{place}.titles")
    return category


def _sector(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    return {
        "slug": reading.take(source, "slug", place, _slug),
        "name": reading.take(source, "name", place, _text),
    }


def _aspect(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    reading.unknown(source, place, {"slug", "name", "criteria"})
    criteria = reading.take(source, "criteria", place, _list) or []
    return {
        "slug": reading.take(source, "slug", place, _slug),
        "name": reading.take(source, "name", place, _text),
        "criteria": [_criterion(reading, one, f"{place}.criteria[{n}]") for n, one in enumerate(criteria)],
    }


def _criterion(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    known = {"slug", "name", "kind", "weight", "segments", "full", "levels", "online", "guidance"}
    reading.unknown(source, place, known)
    slug = reading.take(source, "slug", place, _slug)
    place = f"{place} ({slug})"
    kind = reading.take(source, "kind", place, _one_of(Criterion.Kind))
    segments = reading.take(source, "segments", place, _names, []) or []
    if (kind in _NEEDS_SEGMENTS) != bool(segments):
        reading.fault(place, _("coverage and growth name their segments; other kinds have none."))
    return {
        "slug": slug,
        "name": reading.take(source, "name", place, _text),
        "kind": kind,
        "weight": reading.take(source, "weight", place, _hundredths),
        "segments": segments,
        "rules": _rules(reading, source, kind, place),
        "guidance": reading.take(source, "guidance", place, _any_text, ""),
    }


def _rules(reading: _Reading, source: Any, kind: str | None, place: str) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if kind == Criterion.Kind.GROWTH:
        rules["full"] = reading.take(source, "full", place, _hundredths)
        if rules["full"] is not None and rules["full"] <= 0:
            reading.fault(f"{place}.full", _("“%(value)s” cannot be used here."), value=source["full"])
    if kind == Criterion.Kind.ATTENDANCE:
        rules["online"] = reading.take(source, "online", place, _hundredths, 0)
    if kind in _NEEDS_LEVELS:
        levels = reading.take(source, "levels", place, _list) or []
        rules["levels"] = [_level(reading, level, f"{place}.levels[{n}]") for n, level in enumerate(levels)]
        reading.once([level["code"] for level in rules["levels"]], f"{place}.levels")
    return rules


def _level(reading: _Reading, source: Any, place: str) -> dict[str, Any]:
    points = reading.take(source, "points", place, _hundredths)
    if points is not None and not 0 <= points <= WHOLE:
        reading.fault(f"{place}.points", _("points lie between 0.00 and 100.00."))
    return {
        "code": reading.take(source, "code", place, _slug),
        "label": reading.take(source, "label", place, _text),
        "points": points,
    }


def _title(reading: _Reading, source: Any, place: str, criteria: list[str]) -> dict[str, Any]:
    reading.unknown(source, place, {"slug", "name", "grouping", "places", "weights"})
    slug = reading.take(source, "slug", place, _slug)
    place = f"{place} ({slug})"
    weights = reading.take(source, "weights", place, _dict) or {}
    for criterion in sorted(set(weights) - set(criteria)):
        reading.fault(f"{place}.weights", _("“%(key)s” is not a criterion of the rubric."), key=criterion)
    read = {key: reading.take(weights, key, f"{place}.weights", _hundredths) for key in sorted(weights)}
    _must_be_whole(reading, list(read.values()), f"{place}.weights")
    return {
        "slug": slug,
        "name": reading.take(source, "name", place, _text),
        "grouping": reading.take(source, "grouping", place, _one_of(Grouping)),
        "places": reading.take(source, "places", place, _count),
        "weights": read,
    }


def _must_be_whole(reading: _Reading, weights: list[int | None], place: str) -> None:
    """Weights are positive and sum to 100.00; a weight that could not be read has been reported already."""
    if None in weights:
        return
    given = [weight for weight in weights if weight is not None]
    if any(weight <= 0 for weight in given):
        reading.fault(place, _("a weight is more than 0.00."))
    if sum(given) != WHOLE:
        total = f"{sum(given) // 100}.{sum(given) % 100:02d}"
        reading.fault(place, _("the weights sum to %(total)s, not to 100.00."), total=total)
