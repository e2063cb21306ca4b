"""Awards by province of the winner: announced here, or published for past periods."""

from collections import Counter
from dataclasses import dataclass

from awards.models import PastAward
from regions.atlas.tiles import COLUMNS, EAST_FROM, ROWS, UNIT, Place, places
from regions.models import Region
from scoring.public.announced import Announcement

STEPS = (1, 3, 10, 30)
"""From how many awards on a tile is darker."""


@dataclass(frozen=True)
class WinnersTile:
    region: Region
    place: Place
    announced: int
    past: int

    @property
    def number(self) -> int:
        return self.announced + self.past

    @property
    def step(self) -> int:
        return sum(self.number >= limit for limit in STEPS)

    @property
    def x(self) -> int:
        return self.place.column * UNIT


VIEW_BOX = f"0 0 {COLUMNS * UNIT} {ROWS * UNIT}"
WEST, EAST = (
    f"0 0 {EAST_FROM * UNIT} {ROWS * UNIT}",
    f"{EAST_FROM * UNIT} 0 {(COLUMNS - EAST_FROM) * UNIT} {ROWS * UNIT}",
)
"""The two halves, one above the other on a telephone."""


def winner_tiles(announced: list[Announcement]) -> list[WinnersTile]:
    """All provinces on the map, west to east; two queries. Nominees who won nothing are not counted."""
    here = Counter(winner.line.code[:2] for each in announced for winner in each.winners)
    rows = PastAward.objects.placed().current().exclude(prize=PastAward.Prize.NOMINEE)
    codes = rows.order_by().values_list("region__code", "province__code")
    past = Counter((region or province or "")[:2] for region, province in codes)
    known = {region.code: region for region in Region.objects.provinces()}
    return [
        WinnersTile(known[code], place, here[code], past[code]) for code, place in places().items() if code in known
    ]
