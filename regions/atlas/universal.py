"""The way to universal coverage: the nation's plan against the provinces added up, and how far each province is."""

from dataclasses import dataclass

from paritrana.accounts.models import User
from regions.atlas import charts, paths, readings
from regions.atlas.charts import Picture
from regions.atlas.paths import PathYear, Way
from regions.atlas.working_areas import added_up, by_region
from regions.models import Coverage, Region, Target
from regions.models.measures import OVERALL

Counts = dict[int, readings.SegmentCount]


@dataclass(frozen=True)
class ProvinceWay:
    """The latest year of a province, what it gained on the year before, and its next target that is not reached."""

    province: Region
    year: int | None
    now: readings.SegmentCount | None
    gained: int | None
    next: PathYear | None


@dataclass(frozen=True)
class NationWay:
    """The provinces added up by year; ``reported`` of ``of`` provinces are in the latest ``year``.

    ``gained`` are participants on the year before, None where the two years do not count the same provinces in the
    same way.
    """

    way: Way
    trend: Picture
    year: int | None
    reported: int
    of: int
    gained: int | None
    provinces: list[ProvinceWay]


def way(user: User) -> NationWay:
    """PU and BPU together; three queries."""
    provinces = list(Region.objects.provinces().order_by("code"))
    figures = Coverage.objects.visible_to(user).handed_over().filter(region__kind=Region.Kind.PROVINCE)
    known = by_region(readings.counts(figures, OVERALL))
    targets = Target.objects.visible_to(user)
    counts, reported = added_up([province.pk for province in provinces], known)
    goals = paths.by_year(readings.goals(targets.filter(region=None, branch=None), OVERALL))
    aims: dict[int, dict[int, readings.Goal]] = {}
    for (pk, year), goal in readings.goals(targets.filter(region__kind=Region.Kind.PROVINCE), OVERALL).items():
        aims.setdefault(pk, {})[year] = goal
    latest = max(counts, default=None)
    return NationWay(
        way=Way(OVERALL, paths.path(counts, goals)),
        trend=charts.trend([], counts, goals),
        year=latest,
        reported=reported.get(latest or 0, 0),
        of=len(provinces),
        gained=_gained(counts),
        provinces=[_of(province, known.get(province.pk, {}), aims.get(province.pk, {})) for province in provinces],
    )


def reading(user: User, year: int) -> readings.CoverageReading:
    """The nation in one year."""
    figures = Coverage.objects.visible_to(user).handed_over().filter(region__kind=Region.Kind.PROVINCE, year=year)
    known = by_region(readings.counts(figures, OVERALL))
    counts, _reported = added_up(sorted(known), known)
    return readings.CoverageReading(counts.get(year))


def _of(province: Region, counts: Counts, goals: dict[int, readings.Goal]) -> ProvinceWay:
    year = max(counts, default=None)
    ahead = [step for step in paths.path(counts, goals) if step.reading.goal and not step.is_reported]
    return ProvinceWay(province, year, counts.get(year or 0), _gained(counts), next(iter(ahead), None))


def _gained(counts: Counts) -> int | None:
    """Participants of the latest year more than in the year before, within one definition."""
    year = max(counts, default=0)
    now, before = counts.get(year), counts.get(year - 1)
    if now is None or before is None or now.definitions != before.definitions:
        return None
    return now.participants - before.participants
