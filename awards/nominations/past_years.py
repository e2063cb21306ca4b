"""The figures of a nomination's region in the years before, segment by segment, as the verification desk shows them."""

from dataclasses import dataclass

from awards.nominations.detail import Dossier
from regions.models import Coverage, Segment
from regions.verification.desk import PAST_YEARS


@dataclass(frozen=True)
class PastYears:
    """``rows`` have a figure or None for each of ``years``, newest first."""

    years: list[int]
    rows: list[tuple[Segment, list[Coverage | None]]]


def past_years(dossier: Dossier) -> PastYears:
    """One query; the years without any figure are left out."""
    segments = [row.segment for row in dossier.segments()]
    region, before = dossier.nomination.candidate.region_id, range(dossier.year - PAST_YEARS, dossier.year)
    found = Coverage.objects.filter(region=region, segment__in=segments, year__in=before).with_context()
    figures = {(row.year, row.segment_id): row for row in found}
    years = sorted({year for year, _segment in figures}, reverse=True)
    rows = [(segment, [figures.get((year, segment.pk)) for year in years]) for segment in segments]
    return PastYears(years, rows)
