"""An edition as one JSON document: ``load_edition`` writes it, ``edition_document`` reads it back.

The format; keys marked * may be left out::

    {"slug": "2024", "label": "Periode 2024", "period_start": "2024-01-01", "period_end": "2024-12-31",
     "implementation_year": 2025, "is_example"*: false,
     "zones"*: [{"name": "Sumatera", "provinces": {"11": "", "15": "https://…"}}],
     "calendar"*: {"nominasi": {"opens_on": "2025-01-06", "closes_on": "2025-02-28"},
                   "diumumkan": {"opens_on": "2025-10-27"}},
     "english"*: {"Pemerintah Provinsi": "Provincial governments"},
     "categories": [{
        "slug": "pemerintah-provinsi", "name": "Pemerintah Provinsi", "candidate_kind": "province", "proposed"*: 1,
        "called"*: 12, "source"*: "Pemberitaan 2024", "rubric_source"*: "",
        "more_kinds"*: [], "scales"*: ["menengah", "besar"], "exclusive_group"*: "badan usaha",
        "sectors"*: [{"slug": "jasa", "name": "Jasa"}],
        "rubric": [{"slug": "cakupan", "name": "Cakupan kepesertaan", "criteria": [
            {"slug": "pu", "name": "…", "kind": "coverage", "weight": "37.50", "segments": ["PU"], "guidance"*: "…"},
            {"slug": "regulasi", "kind": "band", "levels": [{"code": "perda", "label": "Perda", "points": "100.00"}]},
            {"slug": "inovasi", "kind": "mark"}]}],
        "titles"*: [{"slug": "terbaik", "name": "Terbaik", "grouping": "all", "places": 3, "weights": {"pu": "100.00"}}]
     }]}

A zone names for each province the source that says so, empty where it is assumed; files of earlier releases say
"assumed" or "attested", which names no source. Criteria and titles have more keys, see ``rubric_format.py``. Weights
(percent) and points are strings with two decimals; the weights of a rubric, and of each title, sum to "100.00".
Provinces and segments must be in the reference data. Loading the same document again writes nothing. A changed one
updates what differs while the edition has no selection; afterwards it only gives a changed rubric its next version, and
none to a rubric in use. Categories of one selection's own are not part of the document.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.editions.calendar_days import calendar_of, write_calendar
from awards.editions.english import english_of, write_english
from awards.editions.rubric_documents import EMPTY, is_answered_or_locked, rubric_document, write_rubric
from awards.editions.schema import STATED, TAKES, read_edition
from awards.models import Category, Edition, Sector, Zone, ZoneProvince
from awards.signals import selection_changed
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Basis, Region, Segment

_HEAD = ("label", "period_start", "period_end", "implementation_year", "is_example")


@transaction.atomic
def load_edition(document: Any, *, by: User | None = None) -> Edition:
    """Write the edition of a document; all of it or nothing.

    Raises ValidationError with the place of every fault in the document, or naming the rubric that is in use already.
    """
    wanted = read_edition(document)
    must_exist(wanted)
    edition = Edition.objects.filter(slug=wanted["slug"]).first()
    if wanted["is_example"] is None:  # reloading must not remove the example label from invented figures
        wanted["is_example"] = edition is not None and edition.is_example
    if wanted["calendar"] is None:  # nor days that were set in the portal
        wanted["calendar"] = calendar_of(edition) if edition else {}
    if wanted["english"] is None:
        wanted["english"] = english_of(edition) if edition else {}
    if edition is not None and edition_document(edition) == wanted:
        return edition
    if edition is not None:
        _must_stay(edition, wanted)
    edition, is_new = Edition.objects.update_or_create(
        slug=wanted["slug"], defaults={name: wanted[name] for name in _HEAD}
    )
    write_zones(edition, wanted["zones"])
    write_calendar(edition, wanted["calendar"])
    write_english(edition, wanted["english"])
    for order, category in enumerate(wanted["categories"], start=1):
        _write_category(edition, category, order)
    trail.record(by, "edition.load", edition, created=is_new)
    for selection in edition.selections.all():
        selection_changed.send(sender=Edition, selection=selection, by=by)
    return edition


def _must_stay(edition: Edition, wanted: dict[str, Any]) -> None:
    """An edition with selections, or about another period, is not written over. Raises ``edition-in-use``."""
    present = edition_document(edition)
    periods = [(one["period_start"], one["period_end"]) for one in (present, wanted)]
    if not edition.selections.exists() and periods[0] == periods[1]:
        return
    changed = [name for name in (*_HEAD, "zones", "calendar") if present[name] != wanted[name]]
    known = {one["slug"]: one for one in present["categories"]}
    for category in wanted["categories"]:
        before = known.get(category["slug"])
        if before is None or any(before[key] != category[key] for key in category if key not in EMPTY):
            changed.append(category["slug"])
    if changed:
        raise ValidationError(
            _(
                "The edition “%(slug)s” (%(label)s) is in use or about another period, and the file would change: "
                "%(changed)s. Give the file another “slug”, or change the edition in the portal."
            ),
            code="edition-in-use",
            params={"slug": edition.slug, "label": edition.label, "changed": ", ".join(changed)},
        )


def must_exist(wanted: dict[str, Any]) -> None:
    """Note provinces and segments that are not in the reference data as faults."""
    codes = {code for zone in wanted["zones"] for code in zone["provinces"]}
    segments = {
        segment
        for category in wanted["categories"]
        for aspect in category["rubric"]
        for criterion in aspect["criteria"]
        for segment in criterion["segments"]
    }
    known = set(Region.objects.provinces().filter(code__in=codes).values_list("code", flat=True))
    known |= set(Segment.objects.filter(code__in=segments).values_list("code", flat=True))
    if missing := sorted((codes | segments) - known):
        raise ValidationError(
            _("Not in the reference data: %(codes)s."), code="edition", params={"codes": ", ".join(missing)}
        )


def write_zones(edition: Edition, zones: list[dict[str, Any]]) -> None:
    """Zones are used only to group titles, so all of them are written anew whenever they differ."""
    if zones_of(edition) == zones:
        return
    ZoneProvince.objects.filter(edition=edition).delete()
    Zone.objects.filter(edition=edition).delete()
    provinces = {region.code: region for region in Region.objects.provinces()}
    for order, wanted in enumerate(zones, start=1):
        zone = Zone.objects.create(edition=edition, name=wanted["name"], order=order)
        ZoneProvince.objects.bulk_create(
            ZoneProvince(
                edition=edition,
                zone=zone,
                province=provinces[code],
                basis=Basis.ATTESTED if source else Basis.ASSUMED,
                source=source,
            )
            for code, source in wanted["provinces"].items()
        )


def _write_category(edition: Edition, wanted: dict[str, Any], order: int) -> None:
    category, _is_new = Category.objects.update_or_create(
        edition=edition,
        slug=wanted["slug"],
        defaults={
            **{key: wanted[key] for key in ("name", "candidate_kind", *TAKES, *STATED, "proposed")},
            "order": order,
        },
    )
    for sector in wanted["sectors"]:
        Sector.objects.update_or_create(category=category, slug=sector["slug"], defaults={"name": sector["name"]})
    present = category.current_rubric
    if present is not None and rubric_document(present) == {key: wanted[key] for key in EMPTY}:
        return
    if present is not None and is_answered_or_locked(present):
        raise ValidationError(
            _("%(category)s: its rubric is in use (answers or marks refer to it) and is not changed."),
            code="rubric-in-use",
            params={"category": category},
        )
    write_rubric(category, wanted, version=present.version + 1 if present else 1)


def edition_document(edition: Edition) -> dict[str, Any]:
    """What the rows say, in the normalised form of ``edition_format``: equal documents mean equal rows."""
    categories = edition.categories.filter(selection=None).prefetch_related(
        "sectors",
        "rubrics__aspects__criteria__segments",
        "rubrics__titles__weights__criterion",
        "rubrics__titles__among",
        "rubrics__titles__ties__aspect",
        "rubrics__titles__ties__criterion",
    )
    return {
        "slug": edition.slug,
        **{name: getattr(edition, name) for name in _HEAD},
        "zones": zones_of(edition),
        "calendar": calendar_of(edition),
        "english": english_of(edition),
        "categories": [_category_document(category) for category in categories],
    }


def zones_of(edition: Edition) -> list[dict[str, Any]]:
    zones = edition.zones.prefetch_related("memberships__province")
    return [
        {
            "name": zone.name,
            "provinces": dict(sorted((row.province.code, row.source) for row in zone.memberships.all())),
        }
        for zone in zones
    ]


def _category_document(category: Category) -> dict[str, Any]:
    rubric = category.current_rubric
    return {
        "slug": category.slug,
        "name": category.name,
        "candidate_kind": category.candidate_kind,
        **{key: getattr(category, key) for key in (*TAKES, *STATED)},
        "proposed": category.proposed,
        "sectors": [{"slug": sector.slug, "name": sector.name} for sector in category.sectors.all()],
        **(rubric_document(rubric) if rubric else EMPTY),
    }
