"""Sending the figures of a whole area at once, region by region with their doubts; all chosen ones or none."""

from __future__ import annotations

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
    """The unsent figures of one region, with a field for each doubt; ``versions`` are those the person saw."""

    region: Region
    figures: list[Coverage]
    form: NotesForm
    versions: dict[str, int]
    done: YearProgress
    is_chosen: bool = True


def parcels(area: QuerySet[Region], year: int, user: User, data: Any = None) -> list[Parcel]:
    """One for each region with figures to send; eight queries for any number."""
    rows = Coverage.objects.filter(region__in=area, year=year).to_send().with_context()
    figures = list(rows.select_related("region__parent").order_by("region__code", "segment__order"))
    about: dict[int, list[Doubt]] = {}
    for doubt in doubts(figures, reader=user):
        about.setdefault(doubt.figures[0].region_id, []).append(doubt)
    chosen = set(data.getlist("region")) if data is not None else None
    known = series.completeness({figure.region for figure in figures}, [year])
    found = []
    for region, together in groupby(figures, key=lambda figure: figure.region):
        is_chosen = chosen is None or region.code in chosen
        form = NotesForm(about.get(region.pk, []), data if is_chosen else None, prefix=region.code)
        done = known[region.pk, year]
        found.append(Parcel(region, list(together), form, _seen(region, data or {}), done, is_chosen))
    return found


def _seen(region: Region, data: Mapping[str, str]) -> dict[str, int]:
    """Segment code to version, from the fields ``version-51.01-PU``."""
    start = f"version-{region.code}-"
    sent = {name.removeprefix(start): data[name] for name in data if name.startswith(start)}
    return {code: int(version) for code, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}


def are_ready(found: list[Parcel]) -> bool:
    """At least one region is chosen, and all its doubts are justified."""
    chosen = [parcel.form.is_valid() for parcel in found if parcel.is_chosen]
    return bool(chosen) and all(chosen)


@transaction.atomic
def send_all(found: list[Parcel], year: int, *, by: User) -> list[Coverage]:
    """Send every chosen parcel; answers the figures sent. SubmissionRefused with each error on its form."""
    sent: list[Coverage] = []
    is_refused = False
    for parcel in found:
        if not parcel.is_chosen:
            continue
        try:
            sent += transitions.send(parcel.region, year, parcel.versions, parcel.form.notes(), by=by)
        except ValidationError as error:
            parcel.form.add_error(None, error)
            is_refused = True
    if is_refused:
        raise SubmissionRefused
    return sent


def left_out(area: QuerySet[Region], year: int, found: list[Parcel]) -> list[tuple[Region, YearProgress]]:
    """Regions of the area with nothing to send, and their progress; three queries."""
    here = {parcel.region.pk for parcel in found}
    regions = [region for region in area if region.pk not in here]
    known = series.completeness(regions, [year])
    return [(region, known.get((region.pk, year), YearProgress())) for region in regions]


def unsaved(area: QuerySet[Region], year: int, user: User) -> int:
    """The number of figures this person typed in the grid and has not saved; they cannot be sent."""
    return CoverageDraft.objects.filter(user=user, region__in=area, year=year).count()
