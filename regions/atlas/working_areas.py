"""The working areas of branch offices: their kabupaten/kota added up, and the branch's own target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from paritrana.accounts.models import User
from paritrana.display import formats
from regions.atlas import charts, paths, readings, scales
from regions.atlas.charts import Picture
from regions.atlas.paths import PathYear
from regions.atlas.readings import CoverageReading, SegmentCount
from regions.models import AreaRegion, Branch, Coverage, Region, Target


@dataclass(frozen=True)
class BranchStanding:
    """A branch in a year: PU and BPU of the ``reported`` of its ``of`` kabupaten/kota together, and its target."""

    branch: Branch
    year: int
    reading: CoverageReading
    reported: int
    of: int

    @property
    def distance_text(self) -> str:
        return scales.in_words(scales.Shown.GAP, self.reading)


@dataclass(frozen=True)
class BranchOutlook:
    """A branch in the latest year with figures; the target is that of ``aimed_at``, the next year with one."""

    standing: BranchStanding
    aimed_at: int
    trend: Picture
    path: list[PathYear]

    @property
    def goal(self) -> str:
        """The target as it was set: a percentage or a number of people."""
        return formats.DASH if self.standing.reading.goal is None else self.standing.reading.goal.written


def standings(branches: Iterable[Branch], user: User, year: int) -> list[BranchStanding]:
    """One per branch, in the given order; three queries for any number of branches."""
    branches = list(branches)
    areas = _areas(branches)
    counted = _by_region(readings.counts(_figures(areas, user).filter(year__in=(year, year - 1)), ""))
    goals = readings.goals(Target.objects.visible_to(user).filter(branch__in=branches, year=year), "", of="branch")
    found = []
    for branch in branches:
        by_year, reported = _added(areas[branch.pk], counted)
        reading = _reading(by_year, year, goals.get((branch.pk, year)))
        found.append(BranchStanding(branch, year, reading, reported.get(year, 0), len(areas[branch.pk])))
    return found


def aimed(user: User, fallback: int) -> list[BranchOutlook]:
    """The branches this person is posted to, with their next target."""
    own = Branch.objects.filter(postings__user=user, postings__ended_at=None).distinct()
    found = [outlook(branch, user, fallback) for branch in own]
    return [one for one in found if one.standing.reading.goal]


def outlook(branch: Branch, user: User, fallback: int) -> BranchOutlook:
    """``fallback`` is the year shown while no figures are reported; three queries."""
    areas = _areas([branch])
    counted = _by_region(readings.counts(_figures(areas, user), ""))
    by_year, reported = _added(areas[branch.pk], counted)
    aims = readings.goals(Target.objects.visible_to(user).of(branch), "", of="branch")
    goals = {year: goal for (_pk, year), goal in aims.items()}
    year = max(by_year, default=fallback)
    aimed_at = min((at for at in goals if at >= year), default=year)
    reading = _reading(by_year, year, goals.get(aimed_at))
    standing = BranchStanding(branch, year, reading, reported.get(year, 0), len(areas[branch.pk]))
    return BranchOutlook(standing, aimed_at, charts.trend([], by_year, goals), paths.path(by_year, goals))


def _areas(branches: Iterable[Branch]) -> dict[int, list[int]]:
    """The kabupaten/kota of each branch, by primary keys."""
    through = AreaRegion.objects.exclude(region__kind=Region.Kind.PROVINCE)
    found: dict[int, list[int]] = defaultdict(list)
    for branch, region in through.filter(branch__in=branches).values_list("branch_id", "region_id").order_by("region"):
        found[branch].append(region)
    return found


def _figures(areas: Mapping[int, list[int]], user: User) -> QuerySet[Coverage]:
    regions = {region for area in areas.values() for region in area}
    return Coverage.objects.visible_to(user).handed_over().filter(region__in=regions)


def _by_region(counted: Mapping[readings.Key, SegmentCount]) -> dict[int, dict[int, SegmentCount]]:
    found: dict[int, dict[int, SegmentCount]] = defaultdict(dict)
    for (region, year), count in counted.items():
        found[region][year] = count
    return found


def _added(
    area: list[int], counted: Mapping[int, Mapping[int, SegmentCount]]
) -> tuple[dict[int, SegmentCount], dict[int, int]]:
    """The figures of an area by year, with the number of regions; definitions are listed where the regions differ."""
    parts: dict[int, list[tuple[int, SegmentCount]]] = defaultdict(list)
    for region in area:
        for year, count in counted.get(region, {}).items():
            parts[year].append((region, count))
    by_year = {
        year: SegmentCount(
            sum(count.participants for _region, count in found),
            sum(count.workers for _region, count in found),
            tuple(part for region, count in found for part in (region, *count.definitions)),
        )
        for year, found in parts.items()
    }
    return by_year, {year: len(found) for year, found in parts.items()}


def _reading(by_year: Mapping[int, SegmentCount], year: int, goal: readings.Goal | None) -> CoverageReading:
    return CoverageReading(by_year.get(year), by_year.get(year - 1), goal)
