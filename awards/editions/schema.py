"""Reads the document of an edition and collects every fault with its place before any value is used.

``documents.py`` describes the format. The result is normalised: weights as basis points, points as hundredths, every
optional key present, so that documents with the same meaning are equal.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from awards.criteria.schema_reader import (
    SchemaFaults,
    any_text,
    count,
    count_or_none,
    day,
    flag,
    list_of,
    mapping,
    one_of,
    slug,
)
from awards.editions.calendar_days import Days, faults_of_days
from awards.editions.field_lengths import stored_in
from awards.editions.rubric_schema import read_rubric
from awards.legal_scale import Scale
from awards.models import Category, Edition, EnglishText, Sector, Zone, ZoneProvince
from awards.models.editions import CandidateKind
from awards.stages import DATED
from regions.models import Basis

TAKES = ("more_kinds", "scales", "exclusive_group")
"""Which candidates a category takes, next to those of its kind."""
SOURCES = ("source", "rubric_source")
"""Who says so; empty where nobody does."""
STATED = ("called", *SOURCES)
"""How many are called to the national interview, and who says so."""


def read_edition(document: Any) -> dict[str, Any]:
    """The normalised document; raises ValidationError with every fault, each naming its place."""
    reading, place = SchemaFaults(), "edition"
    if not isinstance(document, dict):
        raise ValidationError(_("The file has no edition: it begins with another sign than {."), code="edition")
    head = ("slug", "label", "period_start", "period_end", "implementation_year", "is_example")
    reading.unknown(document, place, {*head, "zones", "calendar", "english", "categories"})
    edition = {
        "slug": reading.take(document, "slug", place, stored_in(Edition, "slug", slug)),
        "label": reading.take(document, "label", place, stored_in(Edition, "label")),
        "period_start": reading.take(document, "period_start", place, day),
        "period_end": reading.take(document, "period_end", place, day),
        "implementation_year": reading.take(document, "implementation_year", place, count),
        "is_example": reading.take(document, "is_example", place, flag, None),
    }
    start, end = edition["period_start"], edition["period_end"]
    if start and end and start >= end:
        reading.fault(place, _("the period ends before it begins."))
    edition["calendar"] = _calendar(reading, reading.take(document, "calendar", place, mapping, None))
    edition["english"] = _english(reading, reading.take(document, "english", place, mapping, None))
    zones = reading.take(document, "zones", place, list_of, []) or []
    edition["zones"] = [_zone(reading, zone, f"zones[{n}]") for n, zone in enumerate(zones)]
    reading.once([zone["name"] for zone in edition["zones"]], "zones")
    reading.once([code for zone in edition["zones"] for code in zone["provinces"]], "zones")
    categories = reading.take(document, "categories", place, list_of) or []
    edition["categories"] = [_category(reading, one, f"categories[{n}]") for n, one in enumerate(categories)]
    reading.once([category["slug"] for category in edition["categories"]], "categories")
    if reading.faults:
        raise ValidationError(reading.faults)
    return edition


def _calendar(reading: SchemaFaults, source: Any) -> dict[str, Days] | None:
    """The days by stage in their order; None where the document says nothing of them."""
    if source is None:
        return None
    reading.unknown(source, "calendar", set(DATED))
    found = {}
    for stage in filter(source.__contains__, DATED):
        place, days = f"calendar.{stage}", source[stage]
        reading.unknown(days, place, {"opens_on", "closes_on"})
        found[stage.value] = Days(
            reading.take(days, "opens_on", place, day),
            reading.take(days, "closes_on", place, day, None),
        )
    if not reading.faults:
        for words in faults_of_days(found).values():
            reading.fault("calendar", words)
    return found


def _english(reading: SchemaFaults, source: Any) -> dict[str, str] | None:
    """Indonesian words and their English; None where the document says nothing of them."""
    if source is None:
        return None
    words, fits = stored_in(EnglishText, "indonesian"), stored_in(EnglishText, "english")
    for key in source:
        reading.take({"english": key}, "english", "english", words)
    return {key: reading.take(source, key, "english", fits) for key in sorted(source)}


def _zone(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    provinces = reading.take(source, "provinces", place, mapping) or {}
    return {
        "name": reading.take(source, "name", place, stored_in(Zone, "name")),
        "provinces": {
            code: reading.take(provinces, code, f"{place}.provinces", _zone_source) for code in sorted(provinces)
        },
    }


def _zone_source(value: Any) -> str:
    """Files of earlier releases say how well a zone is attested, and name no source."""
    return "" if value in Basis.values else stored_in(ZoneProvince, "source", any_text)(value)


def _category(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    reading.unknown(
        source,
        place,
        {*("slug", "name", "candidate_kind", *TAKES, *STATED, "proposed"), *("sectors", "rubric", "titles", "trims")},
    )
    named = reading.take(source, "slug", place, stored_in(Category, "slug", slug))
    place = f"{place} ({named})"
    sectors = reading.take(source, "sectors", place, list_of, []) or []
    category = {
        "slug": named,
        "name": reading.take(source, "name", place, stored_in(Category, "name")),
        "candidate_kind": reading.take(source, "candidate_kind", place, one_of(CandidateKind)),
        "more_kinds": reading.take(source, "more_kinds", place, _several(CandidateKind), []),
        "scales": reading.take(source, "scales", place, _several(Scale), []),
        "exclusive_group": reading.take(source, "exclusive_group", place, any_text, "") or "",
        "proposed": reading.take(source, "proposed", place, count_or_none, 1),
        "called": reading.take(source, "called", place, count, None),
        **{key: reading.take(source, key, place, stored_in(Category, key, any_text), "") or "" for key in SOURCES},
        "sectors": [_sector(reading, sector, f"{place}.sectors[{n}]") for n, sector in enumerate(sectors)],
        **read_rubric(reading, source, place),
    }
    reading.once([sector["slug"] for sector in category["sectors"]], f"{place}.sectors")
    return category


def _several(choices: type[TextChoices]) -> Callable[[Any], list[str]]:
    """In the order of the choices, so that equal sets are equal documents."""

    def read(value: Any) -> list[str]:
        wanted = {one_of(choices)(each) for each in list_of(value)}
        return [choice.value for choice in choices if choice.value in wanted]

    return read


def _sector(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    return {
        "slug": reading.take(source, "slug", place, stored_in(Sector, "slug", slug)),
        "name": reading.take(source, "name", place, stored_in(Sector, "name")),
    }
