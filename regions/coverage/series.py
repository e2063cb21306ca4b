"""Coverage figures for display: segments by years with growth, and the completeness of each region's years."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from regions import rules
from regions.models import Coverage, Region, Segment, State

YEARS_SHOWN = 4


@dataclass(frozen=True)
class SeriesCell:
    """One figure and its growth on the year before; both empty without a figure."""

    year: int
    figure: Coverage | None
    growth: rules.Growth


@dataclass(frozen=True)
class SegmentSeries:
    segment: Segment
    cells: list[SeriesCell]


@dataclass(frozen=True)
class YearProgress:
    """The progress of one region's year; ``of`` is the number of segments."""

    reported: int = 0
    verified: int = 0
    locked: int = 0
    of: int = 0
    to_send: int = 0
    returned: int = 0

    @property
    def state(self) -> str:
        """The badge's code: empty, locked, verified, returned, not sent yet, or waiting for verification."""
        if not self.reported:
            return "kosong"
        if self.locked == self.reported:
            return "terkunci"
        if self.returned:
            return "dikembalikan"
        if self.to_send:
            return "draf"
        return "terverifikasi" if self.verified == self.reported else "terkirim"

    @property
    def label(self) -> str:
        counts = {"reported": self.reported, "of": self.of, "verified": self.verified, "to_send": self.to_send}
        counts["returned"] = self.returned
        return {
            "kosong": _("Not reported"),
            "dikembalikan": _("%(returned)s returned"),
            "draf": _("%(to_send)s of %(reported)s not sent"),
            "terkunci": _("Locked, %(reported)s of %(of)s"),
            "terverifikasi": _("Verified, %(reported)s of %(of)s"),
            "terkirim": _("%(reported)s of %(of)s, %(verified)s verified"),
        }[self.state] % counts


def table(figures: Iterable[Coverage]) -> tuple[list[int], list[SegmentSeries]]:
    """The latest years with figures (at most YEARS_SHOWN), and a line for each segment with any."""
    known = {(figure.segment_id, figure.year): figure for figure in figures}
    years = sorted({year for _segment, year in known})[-YEARS_SHOWN:]
    segments = {figure.segment_id: figure.segment for figure in known.values() if figure.year in years}
    lines = [
        SegmentSeries(segment, [_cell(known.get((pk, year)), known.get((pk, year - 1)), year) for year in years])
        for pk, segment in sorted(segments.items(), key=lambda item: item[1].order)
    ]
    return years, lines


def _cell(figure: Coverage | None, before: Coverage | None, year: int) -> SeriesCell:
    return SeriesCell(year, figure, figure.growth_from(before) if figure else rules.Growth())


def completeness(regions: Iterable[Region], years: Iterable[int]) -> dict[tuple[int, int], YearProgress]:
    """By region and year, for those with any figure; two queries."""
    of = Segment.objects.count()
    rows = (
        Coverage.objects.filter(region__in=[region.pk for region in regions], year__in=list(years))
        .order_by()
        .values("region_id", "year")
        .annotate(reported=Count("pk"), verified=Count("verified_at"), locked=Count("locked_at"))
        .annotate(
            to_send=Count("pk", filter=Q(state__in=(State.DRAFT, State.RETURNED), locked_at=None)),
            returned=Count("pk", filter=Q(state=State.RETURNED, locked_at=None)),
        )
    )
    found = cast("Iterable[dict[str, Any]]", rows)
    return {(row.pop("region_id"), row.pop("year")): YearProgress(of=of, **row) for row in found}


def latest_year(area: QuerySet[Region]) -> int:
    """The latest year with a figure in this area; the last full year without any."""
    found = Coverage.objects.filter(region__in=area).aggregate(latest=Max("year"))["latest"]
    return found or rules.last_full_year()


def to_send(area: QuerySet[Region]) -> list[tuple[int, int]]:
    """Years with unsent figures, the latest first, and how many."""
    rows = Coverage.objects.filter(region__in=area).to_send().order_by("-year")
    return list(rows.values("year").annotate(figures=Count("pk")).values_list("year", "figures"))
