"""The rows of the list of targets: one for each region and set of segments with a target."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regions.atlas import readings, tiles
from regions.atlas.readings import Readings
from regions.atlas.scales import Shown
from regions.atlas.tiles import Tile
from regions.models import Region
from regions.models.measures import OVERALL


@dataclass(frozen=True)
class TargetLine:
    """A region and one set of segments; PU and BPU together where no set has a target."""

    tile: Tile
    segments: str

    @property
    def counted(self) -> str:
        return readings.named(self.segments)


def lines(regions: Iterable[Region], known: Mapping[str, Readings]) -> list[TargetLine]:
    """In the order of the regions."""
    listed = list(regions)
    everywhere = {region.pk for region in listed}
    drawn = {key: tiles.inside(listed, of, Shown.GAP, everywhere) for key, of in known.items()}
    found = []
    for number in range(len(listed)):
        own = [TargetLine(drawn[key][number], key) for key in drawn if drawn[key][number].reading.goal]
        found += own or [TargetLine(drawn[OVERALL][number], OVERALL)]
    return found


def sums(regions: Iterable[int], known: Mapping[str, Readings]) -> list[tuple[str, readings.Sum]]:
    """For each set of segments what the regions with figures and target have together."""
    listed = list(regions)
    added = ((readings.named(key), readings.added(of.of(pk) for pk in listed)) for key, of in known.items())
    return [(name, total) for name, total in added if total]
