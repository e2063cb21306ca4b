"""Sending the figures of a whole area at once, region by region with their doubts; all chosen ones or none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from paritrana.accounts.models import User
from regions.coverage import series
from regions.coverage.series import YearProgress
from regions.models import Coverage, CoverageDraft, Region
from regions.verification import transitions
from regions.verification.doubts import Doubt, doubts
from regions.verification.forms import NotesForm


class SubmissionRefused(Exception):
    """Nothing was sent; the forms of the parcels show why."""


@dataclass
class Parcel:
    """The figures of a region and year to be sent, with a box for each doubt; ``versions`` are those the person saw."""

    region: Region
    year: int
    figures: list[Coverage]
    form: NotesForm
    versions: dict[str, int]
    done: YearProgress
    is_chosen: bool = True

    @property
    def key(self) -> str:
        return f"{self.region.code}-{self.year}"


def parcels(area: QuerySet[Region], years: list[int], user: User, data: Any = None) -> list[Parcel]:
    """One for each region and year with something to send; eight queries whatever their number."""
    rows = Coverage.objects.filter(region__in=area, year__in=years).to_send().with_context()
    figures = list(rows.select_related("region__parent").order_by("region__code", "year", "segment__order"))
    about: dict[tuple[Region, int], list[Doubt]] = {}
    for doubt in doubts(figures, reader=user):
        about.setdefault(_place(doubt.figures[0]), []).append(doubt)
    chosen = set(data.getlist("region")) if data is not None else None
    known = series.completeness({figure.region for figure in figures}, years)
    found = []
    for (region, year), together in groupby(figures, key=_place):
        parcel = Parcel(region, year, list(together), NotesForm([]), {}, known[region.pk, year])
        parcel.is_chosen = chosen is None or parcel.key in chosen
        its_doubts = about.get((region, year), [])
        parcel.form = NotesForm(its_doubts, data if parcel.is_chosen else None, prefix=parcel.key)
        parcel.versions = _seen(parcel.key, data or {})
        found.append(parcel)
    return found


def _place(figure: Coverage) -> tuple[Region, int]:
    return figure.region, figure.year


def _seen(key: str, data: Mapping[str, str]) -> dict[str, int]:
    """Segment code to version, from the fields ``version-51.01-2024-PU``."""
    start = f"version-{key}-"
    sent = {name.removeprefix(start): data[name] for name in data if name.startswith(start)}
    return {code: int(version) for code, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}


def are_ready(found: list[Parcel]) -> bool:
    """At least one region is chosen, and all its doubts are justified."""
    chosen = [parcel.form.is_valid() for parcel in found if parcel.is_chosen]
    return bool(chosen) and all(chosen)


@transaction.atomic
def send_all(found: list[Parcel], *, by: User) -> list[Coverage]:
    """Send every chosen parcel; answers the figures sent. SubmissionRefused with each error on its form."""
    sent: list[Coverage] = []
    is_refused = False
    for parcel in found:
        if not parcel.is_chosen:
            continue
        try:
            sent += transitions.send(parcel.region, parcel.year, parcel.versions, parcel.form.notes(), by=by)
        except ValidationError as error:
            parcel.form.add_error(None, error)
            is_refused = True
    if is_refused:
        raise SubmissionRefused
    return sent


def left_out(area: QuerySet[Region], years: list[int], found: list[Parcel]) -> list[tuple[Region, int, YearProgress]]:
    """Regions and years of the area without anything to send, and how far each has come; three queries."""
    here = {(parcel.region.pk, parcel.year) for parcel in found}
    rest = [(region, year) for region in area for year in years if (region.pk, year) not in here]
    known = series.completeness({region for region, _year in rest}, years)
    return [(region, year, known.get((region.pk, year), YearProgress())) for region, year in rest]


def unsaved(area: QuerySet[Region], years: list[int], user: User) -> int:
    """The number of figures this person typed in the grid and has not saved; they cannot be sent."""
    return CoverageDraft.objects.filter(user=user, region__in=area, year__in=years).count()
