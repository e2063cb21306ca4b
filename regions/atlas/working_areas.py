"""The working areas of branch offices: their kabupaten/kota added up, and the branch's own target."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from paritrana.accounts.models import User
from paritrana.display import formats
from regions.atlas import charts, paths, readings, scales
from regions.atlas.charts import Picture
from regions.atlas.paths import Way
from regions.atlas.readings import CoverageReading, SegmentCount
from regions.models import AreaRegion, Branch, Coverage, Region, Target
from regions.models.measures import OVERALL


@dataclass(frozen=True)
class BranchStanding:
    """A branch in a year: ``segments`` of the ``reported`` of its ``of`` kabupaten/kota together, and its target."""

    branch: Branch
    year: int
    reading: CoverageReading
    reported: int
    of: int
    segments: str = OVERALL

    @property
    def counted(self) -> str:
        return readings.named(self.segments)

    @property
    def distance_text(self) -> str:
        return scales.in_words(scales.Shown.GAP, self.reading)


@dataclass(frozen=True)
class BranchOutlook:
    """A branch in the latest year with figures; the target is that of ``aimed_at``, the next year with one.

    While nothing is reported it is the latest target there is.
    """

    standing: BranchStanding
    aimed_at: int
    trend: Picture
    way: Way

    @property
    def goal(self) -> str:
        """The target as it was set: a percentage or a number of people."""
        return formats.DASH if self.standing.reading.goal is None else self.standing.reading.goal.written


def standings(branches: Iterable[Branch], user: User, year: int) -> list[BranchStanding]:
    """In the given order, one for each set of segments with a target; three queries for any number of branches."""
    branches = list(branches)
    areas = _areas(branches)
    known = readings.parts(_figures(areas, user).filter(year__in=(year, year - 1)))
    targets = Target.objects.visible_to(user).filter(branch__in=branches, year=year)
    wanted = {OVERALL: readings.Goals(), **readings.goals_by_segments(targets, of="branch")}
    counted = {key: by_region(readings.together(known, key)) for key in wanted}
    found = []
    for branch in branches:
        aimed_ats = [key for key, goals in wanted.items() if (branch.pk, year) in goals] or [OVERALL]
        for key in aimed_ats:
            by_year, reported = added_up(areas[branch.pk], counted[key])
            reading = CoverageReading(by_year.get(year), by_year.get(year - 1), wanted[key].get((branch.pk, year)))
            of = len(areas[branch.pk])
            found.append(BranchStanding(branch, year, reading, reported.get(year, 0), of, key))
    return found


def aimed(user: User, fallback: int) -> list[BranchOutlook]:
    """The branches this person is posted to, with their next targets."""
    own = Branch.objects.filter(postings__user=user, postings__ended_at=None).distinct()
    found = [one for branch in own for one in outlooks(branch, user, fallback)]
    return [one for one in found if one.standing.reading.goal]


def outlooks(branch: Branch, user: User, fallback: int) -> list[BranchOutlook]:
    """PU and BPU together, and every other set of segments with a target; three queries.

    ``fallback`` is the year shown while no figures are reported.
    """
    areas = _areas([branch])
    known = readings.parts(_figures(areas, user))
    goals = readings.goals_by_segments(Target.objects.visible_to(user).of(branch), of="branch")
    wanted = {OVERALL: readings.Goals(), **goals}
    return [_outlook(branch, areas[branch.pk], known, key, found, fallback) for key, found in wanted.items()]


def _outlook(
    branch: Branch, area: list[int], known: readings.Parts, segments: str, aims: readings.Goals, fallback: int
) -> BranchOutlook:
    by_year, reported = added_up(area, by_region(readings.together(known, segments)))
    goals = paths.by_year(aims)
    year = max(by_year, default=fallback)
    last = year if by_year else max(goals, default=year)
    aimed_at = min((at for at in goals if at >= year), default=last)
    earlier = year if aimed_at != year and year in by_year else None
    reading = CoverageReading(by_year.get(year), by_year.get(year - 1), goals.get(aimed_at), earlier=earlier)
    standing = BranchStanding(branch, year, reading, reported.get(year, 0), len(area), segments)
    return BranchOutlook(
        standing, aimed_at, charts.trend([], by_year, goals), Way(segments, paths.path(by_year, goals))
    )


def _areas(branches: Iterable[Branch]) -> dict[int, list[int]]:
    """The kabupaten/kota of each branch, by primary keys."""
    through = AreaRegion.objects.exclude(region__kind=Region.Kind.PROVINCE)
    found: dict[int, list[int]] = defaultdict(list)
    for branch, region in (
        through.filter(branch__in=branches).values_list("branch_id", "region_id").order_by("region__code")
    ):
        found[branch].append(region)
    return found


def _figures(areas: Mapping[int, list[int]], user: User) -> QuerySet[Coverage]:
    regions = {region for area in areas.values() for region in area}
    return Coverage.objects.visible_to(user).handed_over().filter(region__in=regions)


def by_region(counted: Mapping[readings.Key, SegmentCount]) -> dict[int, dict[int, SegmentCount]]:
    found: dict[int, dict[int, SegmentCount]] = defaultdict(dict)
    for (region, year), count in counted.items():
        found[region][year] = count
    return found


def added_up(
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
