"""The way to a target over several years: each year's target, what was reached, and the pace that is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.display import formats
from regions.atlas import readings, scales
from regions.atlas.readings import CoverageReading, Goal, SegmentCount
from regions.models import Coverage, Region, Target


@dataclass(frozen=True)
class PathYear:
    """One year. ``reading`` has that year's figures, or the latest earlier ones while there are none."""

    year: int
    reading: CoverageReading
    measured_in: int | None

    @property
    def is_reported(self) -> bool:
        return self.measured_in == self.year

    @property
    def distance_text(self) -> str:
        """The distance to the target, naming the year of the figures when it is another one."""
        if self.reading.goal is None:
            return formats.DASH
        if self.reading.now is None:
            return _("not reported")
        distance = scales.distance(self.reading)
        if self.is_reported or not self.reading.lacking:
            return distance
        return _("%(distance)s, by the figures of %(year)s") % {"distance": distance, "year": self.measured_in}

    @property
    def pace(self) -> int | None:
        """How many more participants each year until then, for a year that has not been measured."""
        if self.is_reported or self.measured_in is None or self.reading.lacking is None:
            return None
        return -(-self.reading.lacking // (self.year - self.measured_in))


@dataclass(frozen=True)
class Way:
    """The years of one set of segments, such as PU+BPU+JAKON."""

    segments: str
    years: list[PathYear]

    @property
    def name(self) -> str:
        return readings.named(self.segments)


def path(counts: Mapping[int, SegmentCount], goals: Mapping[int, Goal]) -> list[PathYear]:
    """From the first year with a target (or the first later year with figures) to the last; empty without targets."""
    if not goals:
        return []
    first = min(goals)
    years = sorted(goals.keys() | {year for year in counts if year >= first})
    found = []
    for year in years:
        measured_in = year if year in counts else _latest_before(counts, year)
        now = None if measured_in is None else counts[measured_in]
        earlier = None if measured_in == year else measured_in
        found.append(PathYear(year, CoverageReading(now, goal=goals.get(year), earlier=earlier), measured_in))
    return found


def _latest_before(counts: Mapping[int, SegmentCount], year: int) -> int | None:
    """A year without figures is compared by earlier ones only when no newer ones are known."""
    return max(counts, default=None) if all(known < year for known in counts) else None


def of_region(region: Region, user: User) -> list[Way]:
    """The way of one region for each set of segments with a target; two queries."""
    figures = Coverage.objects.visible_to(user).handed_over().filter(region=region)
    goals = readings.goals_by_segments(Target.objects.visible_to(user).of(region))
    known = readings.parts(figures) if goals else {}
    return [
        Way(segments, path(by_year(readings.together(known, segments)), by_year(found)))
        for segments, found in goals.items()
    ]


def by_year(found: Mapping[readings.Key, Any]) -> dict[int, Any]:
    return {year: value for (_pk, year), value in found.items()}
