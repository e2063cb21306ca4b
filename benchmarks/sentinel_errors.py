"""Errors people make with figures, each planted by chance in a world of clean series."""

from collections.abc import Callable

import numpy as np

from benchmarks.sentinel_series import NAMES, Planted, World
from regions.plausibility import Key

Chance = np.random.Generator
Plant = Callable[[World, Chance, int, int], None]


def one_column(world: World, chance: Chance) -> np.ndarray:
    """Participants are typed by many, workers by few: three errors in four are in the former."""
    return world.participants if chance.random() < 0.75 else world.workers


def columns(world: World, chance: Chance) -> list[np.ndarray]:
    return [[world.participants], [world.workers], [world.participants, world.workers]][
        chance.choice(3, p=[0.5, 0.1, 0.4])
    ]


def any_segment(chance: Chance) -> int:
    return int(chance.integers(len(NAMES)))


def impossible(world: World, chance: Chance, region: int, year: int) -> None:
    place = region, any_segment(chance), year
    if chance.random() < 0.5:
        world.workers[place] = 0
    else:
        world.participants[place] *= -1


def excess(world: World, chance: Chance, region: int, year: int) -> None:
    place = region, any_segment(chance), year
    world.participants[place] = world.workers[place] * chance.uniform(1.01, 1.5) + 1


def frozen(world: World, chance: Chance, region: int, year: int) -> None:
    segment = any_segment(chance)
    for counts in columns(world, chance):
        counts[region, segment, year] = counts[region, segment, year - 1]


def redefined(world: World, chance: Chance, region: int, year: int) -> None:
    world.definition[region, any_segment(chance), year:] += 100


def stale(world: World, chance: Chance, region: int, year: int) -> None:
    world.months[region, any_segment(chance), year] += int(chance.choice([12, 24]))


def slipped(world: World, chance: Chance, region: int, year: int) -> None:
    counts, place = one_column(world, chance), (region, any_segment(chance), year)
    counts[place] = counts[place] * 10 if chance.random() < 0.5 else counts[place] // 10


def transposed(world: World, chance: Chance, region: int, year: int) -> None:
    counts, place = one_column(world, chance), (region, any_segment(chance), year)
    digits = list(str(counts[place]))
    if len(digits) > 1:
        at = int(chance.integers(len(digits) - 1))
        digits[at : at + 2] = digits[at + 1], digits[at]
        counts[place] = int("".join(digits)) if digits[0] != "0" else counts[place]


def columns_swapped(world: World, chance: Chance, region: int, year: int) -> None:
    place = region, any_segment(chance), year
    world.workers[place], world.participants[place] = world.participants[place], world.workers[place]


def segments_swapped(world: World, chance: Chance, region: int, year: int) -> None:
    pair = [0, 1] if chance.random() < 0.5 else chance.choice(len(NAMES), 2, replace=False)
    for counts in columns(world, chance):
        counts[region, pair, year] = counts[region, pair[::-1], year]


def years_swapped(world: World, chance: Chance, region: int, year: int) -> None:
    segments = slice(None) if chance.random() < 0.7 else any_segment(chance)
    for counts in columns(world, chance):
        counts[region, segments, year - 1 : year + 1] = counts[region, segments, year - 1 : year + 1][..., ::-1].copy()


def jump(world: World, chance: Chance, region: int, year: int) -> None:
    counts, place = one_column(world, chance), (region, any_segment(chance), year)
    counts[place] = round(counts[place] * np.exp(chance.choice([-1, 1]) * chance.uniform(np.log(1.2), np.log(4))))


def twin(world: World, chance: Chance, region: int, year: int) -> None:
    others = np.flatnonzero(world.province == world.province[region])
    other = int(chance.choice(others[others != region])) if len(others) > 1 else region
    whole = chance.random() < 0.5
    for counts in [world.workers, world.participants] if whole else columns(world, chance):
        segments = slice(None) if whole else any_segment(chance)
        counts[region, segments, year] = counts[other, segments, year]


PLANTS: dict[str, Plant] = {
    "impossible": impossible,
    "excess": excess,
    "frozen": frozen,
    "redefined": redefined,
    "stale": stale,
    "slipped": slipped,
    "transposed": transposed,
    "columns-swapped": columns_swapped,
    "segments-swapped": segments_swapped,
    "years-swapped": years_swapped,
    "jump": jump,
    "twin": twin,
}


def plant(world: World, seed: int, each: int) -> None:
    """`each` errors of every kind, never two in one region; half of them in the newest year."""
    chance = np.random.default_rng([seed, 1])
    regions = iter(chance.permutation(len(world.province)).tolist())
    last = len(world.years) - 1
    for kind, act in PLANTS.items():
        placed = 0
        while placed < each:
            region, newest = next(regions), placed % 2 == 0
            first = 1 if kind in ("frozen", "redefined", "years-swapped") else 0
            year = last if newest else int(chance.integers(first, last))
            placed += _planted(world, chance, kind, act, region, year)


def _planted(world: World, chance: Chance, kind: str, act: Plant, region: int, year: int) -> bool:
    arrays = [world.workers, world.participants, world.definition, world.months]
    true = [array[region].copy() for array in arrays]
    act(world, chance, region, year)
    changed = [array[region] != old for array, old in zip(arrays, true, strict=True)]
    cells = np.argwhere(np.any(changed, axis=0))
    if not len(cells):
        return False
    steps = [
        np.abs(np.log((np.maximum(new[region], 0) + 0.5) / (old + 0.5))) for new, old in zip(arrays, true, strict=True)
    ]
    keys: frozenset[Key] = frozenset(world.key(region, int(segment), int(place)) for segment, place in cells)
    size = float(max(steps[0].max(), steps[1].max()))
    world.planted.append(Planted(kind, keys, size, year == len(world.years) - 1))
    return True
