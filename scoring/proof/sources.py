"""Who entered the figures of one nomination, from which form or file, and where they can be read."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from awards.models import Answer, Evidence, Nomination
from paritrana.accounts.models import User
from regions.models import CoverageVersion, Region
from scoring.models import Interview, Seat


class Sources:
    """A fixed number of queries; ``reader`` decides which links are shown, not which facts."""

    def __init__(self, nomination: Nomination, figures: Iterable[dict[str, Any]], reader: User) -> None:
        self.nomination, self.reader = nomination, reader
        self.versions = _versions(nomination, figures)
        self.notes = dict(
            Answer.objects.filter(nomination=nomination).values_list("criterion__slug", "note").order_by()
        )
        self.files: dict[str, list[Evidence]] = defaultdict(list)
        for file in Evidence.objects.current().filter(nomination=nomination).select_related("criterion"):
            self.files[file.criterion.slug].append(file)
        self.interview = Interview.objects.filter(nomination=nomination).select_related("attendance_by").first()
        self.seats = {seat.order: seat for seat in _seats(nomination)}
        self._works_there = Region.objects.worked_by(reader).filter(pk=nomination.candidate.region_id).exists()

    def written(self, figure: dict[str, Any]) -> CoverageVersion | None:
        """Who wrote this version of a coverage figure."""
        return self.versions.get((figure["year"], figure["segment"], figure["version"]))

    def history_of(self, figure: dict[str, Any]) -> str:
        """The page with this version; empty for readers without access to the region's figures."""
        if not self._works_there:
            return ""
        page = reverse("coverage-history", args=[figure["region"], figure["year"]])
        return f"{page}#{figure['segment']}-{figure['version']}"


def _versions(nomination: Nomination, figures: Iterable[dict[str, Any]]) -> dict[tuple[int, str, int], CoverageVersion]:
    years = {figure["year"] for figure in figures}
    rows = CoverageVersion.objects.filter(coverage__region=nomination.candidate.region_id, coverage__year__in=years)
    rows = rows.select_related("coverage__segment", "coverage__verified_by", "written_by").order_by()
    return {(row.coverage.year, row.coverage.segment.code, row.version): row for row in rows}


def _seats(nomination: Nomination) -> Iterable[Seat]:
    return Seat.objects.filter(panel__selection=nomination.selection_id).with_people()
