"""Questions for the discussion: simple rules over marks in hundredths, each with a code and a text.

A flag changes nothing. Pure functions over plain numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

WORDS = {
    "spread": _("The marks lie far apart"),
    "all-equal": _("Every criterion has the same mark"),
    "out-of-habit": _("Far from what this juror gives otherwise"),
    "missing": _("No sheet was handed in"),
}
FEWEST_FOR_A_HABIT = 5
"""With fewer candidates no habit of a juror can be computed."""
FEWEST_FOR_A_USUAL = 4
"""With fewer spreads nothing is usual, and the panel's limit counts alone."""
HABIT = 3.0
"""Robust standard deviations (1.4826 x median absolute deviation) from the juror's median."""
LEAST_DISTANCE = 1_000
"""Hundredths (ten points): smaller differences are never flagged, also for jurors with nearly equal marks."""


@dataclass(frozen=True)
class Flag:
    """``where`` is the key of the criterion or seat concerned; ``size`` is in hundredths, if any."""

    code: str
    where: int
    size: int = 0

    @property
    def words(self) -> str:
        return str(WORDS[self.code])


def spreads(marks: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Criterion -> difference of the largest and smallest mark; only where two or more were given."""
    return {criterion: max(values) - min(values) for criterion, values in marks.items() if len(values) > 1}


def bound(sizes: Iterable[int], limit: int) -> int:
    """The spread up to which marks of a category are not asked about, from the spreads of all its candidates.

    At least the panel's limit; where jurors differ widely everywhere, what three quarters of the spreads stay within;
    never more than twice the limit. See docs/ranking.md for the data behind it.
    """
    ordered = sorted(sizes)
    usual = ordered[3 * len(ordered) // 4 - 1] if len(ordered) >= FEWEST_FOR_A_USUAL else 0
    return min(max(limit, usual), 2 * limit)


def spread(marks: Mapping[int, Sequence[int]], limit: int) -> list[Flag]:
    """Criteria whose marks differ by more than ``limit``; a difference of exactly the limit is accepted."""
    return [Flag("spread", criterion, size) for criterion, size in spreads(marks).items() if size > limit]


def all_equal(marks: Mapping[int, Sequence[int]]) -> list[Flag]:
    """Seat -> its marks: seats with equal marks on three criteria or more."""
    return [Flag("all-equal", seat) for seat, given in marks.items() if len(given) > 2 and len(set(given)) == 1]


class Habit(NamedTuple):
    """What a seat gives otherwise: the median of its overall values, and how far from it is unusual."""

    middle: float
    reach: float


def habit(values: Collection[int]) -> Habit | None:
    """From the seat's overall values of all candidates; None where they are too few."""
    if len(values) < FEWEST_FOR_A_HABIT:
        return None
    middle = median(values)
    deviation = 1.4826 * median(abs(value - middle) for value in values)
    return Habit(middle, max(HABIT * deviation, LEAST_DISTANCE))


def out_of_habit(value: int | None, usual: Habit | None, seat: int) -> list[Flag]:
    """Whether one overall value of the seat is unlike the others."""
    if value is None or usual is None:
        return []
    distance = abs(value - usual.middle)
    return [Flag("out-of-habit", seat, int(distance))] if distance > usual.reach else []


def missing(seats: Sequence[int]) -> list[Flag]:
    """The seats with a sheet due after the close."""
    return [Flag("missing", seat) for seat in seats]
