"""Summary of a region: its latest year, its rank among its peers, the way to its target, its trend over the years."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from paritrana.accounts.models import User
from paritrana.display import formats
from regions.atlas import charts, readings, scales
from regions.atlas.charts import Picture
from regions.atlas.readings import CoverageReading
from regions.models import Coverage, Region, Target


@dataclass(frozen=True)
class PeerShare:
    name: str
    share: int
    is_own: bool


@dataclass(frozen=True)
class RegionOutlook:
    """All figures are PU and BPU together in ``year``; the target is that of ``aimed_at``, the next year with one.

    ``peers`` are the regions the reader may see, best first; ``of_peers`` counts all, also those not visible. For a
    province ``inside`` is how many of its kabupaten/kota have reported and how many the reader sees.
    """

    year: int
    aimed_at: int
    reading: CoverageReading
    peers: list[PeerShare]
    of_peers: int
    trend: Picture
    distribution: Picture | None
    inside: tuple[int, int] | None

    @property
    def place(self) -> int:
        """The rank among the peers; equal shares have equal ranks."""
        own = self.reading.share or 0
        return 1 + sum(peer.share > own for peer in self.peers)

    @cached_property
    def distance(self) -> str:
        return scales.distance(self.reading) if self.reading.goal else ""

    @property
    def goal(self) -> str:
        return formats.DASH if self.reading.goal is None else self.reading.goal.written


def outlook(region: Region, user: User) -> RegionOutlook | None:
    """None unless this person sees a year with both PU and BPU; the number of queries is fixed."""
    seen = Coverage.objects.visible_to(user).handed_over()
    targets = Target.objects.visible_to(user)
    own = readings.counts(seen.filter(region=region), "")
    if not own:
        return None
    year = max(year for _region, year in own)
    fellows = (
        Region.objects.filter(kind=Region.Kind.PROVINCE)
        if region.is_province
        else cast(Region, region.parent).children.all()
    )
    names = dict(fellows.values_list("pk", "short_name"))
    shares = readings.counts(seen.filter(region__in=names, year=year), "")
    peers = [PeerShare(names[pk], count.share, pk == region.pk) for (pk, _year), count in shares.items()]
    peers.sort(key=lambda peer: (-peer.share, peer.name))
    figures = seen.filter(region=region).select_related("segment").order_by("segment__order", "year")
    goals = readings.goals(targets.filter(region=region), "")
    aimed_at = min((at for _pk, at in goals if at >= year), default=year)
    earlier = None if aimed_at == year else year
    before, goal = own.get((region.pk, year - 1)), goals.get((region.pk, aimed_at))
    reading = CoverageReading(own[region.pk, year], before, goal, earlier=earlier)
    lines = {at: count for (_pk, at), count in own.items()}
    return RegionOutlook(
        year=year,
        aimed_at=aimed_at,
        reading=reading,
        peers=peers,
        of_peers=len(names),
        trend=charts.trend(list(figures), lines, {at: goal for (_pk, at), goal in goals.items()}),
        distribution=charts.distribution(peers) if len(peers) > 1 else None,
        inside=_inside(region, user, year) if region.is_province else None,
    )


def _inside(province: Region, user: User, year: int) -> tuple[int, int] | None:
    visible = Region.objects.worked_by(user).filter(parent=province)
    of = visible.count()
    if not of:
        return None
    reported = Coverage.objects.handed_over().filter(region__in=visible, year=year)
    return reported.order_by().values("region").distinct().count(), of
