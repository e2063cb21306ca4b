"""Made-up coverage series that behave like real ones, and errors planted in them by seed.

Yearly steps were given the scatter of the published provincial figures of 2022-2024, somewhat more for kabupaten/kota:
workers 3-7 %, participants 7 % (PU) to 25 % (BPU, pekerja rentan), heavy tails, a year of national boom, provinces with
programmes of their own, lasting local shocks, changed definitions. How restless a world is belongs to its seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from regions.plausibility import CheckedFigure, Key

Ints = npt.NDArray[np.int64]

PROVINCES, REGIONS, LAST_YEAR = 38, 514, 2024
# share of the working people; coverage (logit) and its spread between regions; scatter of a yearly step
SEGMENTS = {
    "PU": (0.38, -0.4, 0.5, 0.09),
    "BPU": (0.57, -2.3, 0.7, 0.24),
    "JAKON": (0.04, -1.0, 0.8, 0.22),
    "PMI": (0.01, 0.0, 1.0, 0.22),
    "NON-ASN": (0.015, 1.0, 0.8, 0.10),
    "DESA": (0.004, 2.0, 0.8, 0.10),
    "RENTAN": (0.12, -2.3, 0.8, 0.25),
}
NAMES = tuple(SEGMENTS)


@dataclass(frozen=True)
class Planted:
    """One error: the figures it touched, and its size as the largest |log(entered / true)| among them."""

    kind: str
    keys: frozenset[Key]
    size: float
    newest: bool


@dataclass
class World:
    """Arrays are regions x segments x years."""

    province: Ints
    years: list[int]
    workers: Ints
    participants: Ints
    definition: Ints
    months: Ints
    planted: list[Planted] = field(default_factory=list)

    def key(self, region: int, segment: int, year: int) -> Key:
        province = int(self.province[region])
        return Key(f"{province + 11}.{region:03}", self.years[year], NAMES[segment])

    def figures(self) -> list[CheckedFigure]:
        return [figure for place in np.ndindex(self.workers.shape) for figure in [self._figure(*place)]]

    def _figure(self, *place: int) -> CheckedFigure:
        region, year, segment = self.key(*place)
        months = year * 12 + 11 - int(self.months[place])
        return CheckedFigure(
            region=region,
            year=year,
            segment=segment,
            workers=int(self.workers[place]),
            participants=int(self.participants[place]),
            parent=region[:2],
            definition=int(self.definition[place]),
            as_of=date(months // 12, months % 12 + 1, 28),
        )

    def totals(self) -> Iterator[CheckedFigure]:
        """The provinces' own figures, as sums; their definition and date are the newest there are."""
        for province in range(PROVINCES):
            inside = self.province == province
            for segment, name in enumerate(NAMES):
                for place, year in enumerate(self.years):
                    counts = [int(each[inside, segment, place].sum()) for each in (self.workers, self.participants)]
                    yield CheckedFigure(str(province + 11), year, name, *counts)


def world(seed: int, years: int | None = None) -> World:
    """Clean series of 514 regions over so many years, or five to eight as chance has it."""
    chance = np.random.default_rng(seed)
    drawn = int(chance.integers(5, 9))
    return _world(chance, list(range(LAST_YEAR + 1 - (years or drawn), LAST_YEAR + 1)))


def _world(chance: np.random.Generator, years: list[int]) -> World:
    shape = (REGIONS, len(SEGMENTS), len(years))
    province = np.concatenate([np.arange(PROVINCES), chance.integers(0, PROVINCES, REGIONS - PROVINCES)])
    share, mean, spread, scatter = (np.array(column)[:, None] for column in zip(*SEGMENTS.values(), strict=True))
    people = np.exp(chance.normal(11.9, 0.9, (REGIONS, 1, 1)))
    restless = (
        np.exp(chance.normal(0, 0.2)) * np.exp(chance.normal(0, 0.3, (REGIONS, 1, 1))) * (people / 150_000) ** -0.1
    )
    definition, redefined = _definitions(chance, shape)
    growth = 0.02 + chance.normal(0, 0.01, (1, *shape[1:])) + 0.02 * _wild(chance, shape) * restless
    survey = 0.03 * _wild(chance, shape) * restless
    workers = (
        people * share * np.exp(np.cumsum(growth, axis=2) + survey + redefined + chance.normal(0, 0.3, (*shape[:2], 1)))
    )
    moves = _common_moves(chance, shape) + _programmes(chance, shape)[province] + _local_shocks(chance, shape)
    moves = moves + 0.8 * scatter * restless * _wild(chance, shape)
    level = mean + spread * chance.normal(size=(*shape[:2], 1)) + np.cumsum(moves, axis=2)
    level = level + 0.4 * scatter * restless * _wild(chance, shape)
    workers = _settled(chance, np.maximum(workers.round().astype(np.int64), 3))
    participants = chance.binomial(workers, 1 / (1 + np.exp(-level)))
    months = np.broadcast_to(chance.choice([4, 10], size=(1, 1, len(years)), p=[0.7, 0.3]), shape).copy()
    return World(province, years, workers, participants, definition, months)


def _wild(chance: np.random.Generator, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Noise of standard deviation 1 with heavy tails."""
    return chance.standard_t(5, shape) * 0.6**0.5


def _common_moves(chance: np.random.Generator, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """What every region does: a trend per segment, and one year of boom for those without an employer."""
    moves = chance.normal(0.08, 0.05, (1, *shape[1:]))
    for name in ("BPU", "RENTAN"):
        moves[0, NAMES.index(name), chance.integers(1, shape[2])] += chance.uniform(0.3, 0.7)
    return moves


def _programmes(chance: np.random.Generator, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """A province pays for a segment of its people: all its regions rise, each as it can."""
    size = (PROVINCES, *shape[1:])
    return np.where(chance.random(size) < 0.04, chance.normal(0.4, 0.15, size), 0.0)


def _local_shocks(chance: np.random.Generator, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """A budget found or lost, a plant opened or closed: lasting, real, and rightly asked about."""
    sign = chance.choice([-1, 1], shape)
    return np.where(chance.random(shape) < 0.01, sign * chance.uniform(0.4, 1.1, shape), 0.0)


def _definitions(chance: np.random.Generator, shape: tuple[int, ...]) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Changed definitions in one region-year of a hundred, and what each does to the number of workers."""
    changed = (chance.random((shape[0], 1, shape[2])) < 0.01) & (np.arange(shape[2]) > 0)
    effect = np.cumsum(np.where(changed, chance.normal(0, 0.2, changed.shape), 0.0), axis=2)
    return np.broadcast_to(np.cumsum(changed, axis=2), shape).copy(), np.broadcast_to(effect, shape)


def _settled(chance: np.random.Generator, workers: Ints) -> Ints:
    """Posts of village officials are a number fixed by decree: most years nothing changes."""
    desa = workers[:, NAMES.index("DESA")]
    for year in range(1, desa.shape[1]):
        desa[:, year] = np.where(chance.random(len(desa)) < 0.6, desa[:, year - 1], desa[:, year])
    return workers
