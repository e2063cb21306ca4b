"""Where each province is on the tile map, and what its tile shows."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse

from regions.atlas import scales
from regions.atlas.readings import CoverageReading, Readings
from regions.models import Region

UNIT = 72
"""Width and height of a place in the drawing; its tile is a little smaller."""
EAST_FROM = 9
"""First column of the eastern half: the halves are side by side on a desktop and stacked on a phone."""
COLUMNS, ROWS = 17, 9


@dataclass(frozen=True)
class Place:
    """A province's place: short name, three letters for narrow screens, column and row counted from 0."""

    short: str
    letters: str
    column: int
    row: int

    @property
    def is_east(self) -> bool:
        return self.column >= EAST_FROM

    @property
    def x(self) -> int:
        return (self.column - EAST_FROM * self.is_east) * UNIT

    @property
    def y(self) -> int:
        return self.row * UNIT


@dataclass(frozen=True)
class Tile:
    """A region as drawn: its colour step, the value as figure and as text. ``is_open`` when the reader may see it."""

    region: Region
    reading: CoverageReading
    step: int
    value: str
    value_text: str
    url: str
    place: Place | None = None
    is_open: bool = True


@dataclass(frozen=True)
class Half:
    """One drawing of the map."""

    tiles: list[Tile]
    columns: int

    @property
    def view_box(self) -> str:
        return f"0 0 {self.columns * UNIT} {ROWS * UNIT}"


@cache
def places() -> dict[str, Place]:
    """By province code, in reading order from west to east. Source: ``fixtures/README.md``."""
    with (settings.BASE_DIR / "fixtures" / "regions" / "tilemap.csv").open(newline="") as file:
        return {
            row["code"]: Place(row["short"], row["letters"], int(row["column"]), int(row["row"]))
            for row in csv.DictReader(file)
        }


def country(provinces: Iterable[Region], readings: Readings, shown: str, query: str) -> list[Tile]:
    """The provinces on the map, west to east; each tile links to the province's own map."""
    known = {province.code: province for province in provinces}
    return [
        _tile(known[code], readings, shown, f"{reverse('atlas-province', args=[code])}?{query}", place)
        for code, place in places().items()
        if code in known
    ]


def inside(children: Iterable[Region], readings: Readings, shown: str, visible: set[int]) -> list[Tile]:
    """The kabupaten and kota of a province in the order of their codes; those not ``visible`` show no value."""
    return [_tile(child, readings, shown, child.get_absolute_url(), is_open=child.pk in visible) for child in children]


def _tile(
    region: Region, readings: Readings, shown: str, url: str, place: Place | None = None, *, is_open: bool = True
) -> Tile:
    reading = readings.of(region.pk) if is_open else CoverageReading()
    number = scales.value(shown, reading)
    written = scales.written(shown, number)
    return Tile(
        region, reading, scales.step(shown, number), written, scales.in_words(shown, reading), url, place, is_open
    )


def halves(tiles: list[Tile]) -> list[Half]:
    west = [tile for tile in tiles if tile.place and not tile.place.is_east]
    east = [tile for tile in tiles if tile.place and tile.place.is_east]
    return [Half(west, EAST_FROM), Half(east, COLUMNS - EAST_FROM)]
