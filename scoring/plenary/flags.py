"""What the chair asks about before the plenary: small rules over marks in hundredths, each with a code and its words.

A flag is a question, never a verdict, and changes nothing. Pure functions over plain numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext_lazy as _

WORDS = {
    "spread": _("The marks lie far apart"),
    "all-equal": _("Every criterion has the same mark"),
    "out-of-habit": _("Far from what this juror gives otherwise"),
    "missing": _("No sheet was handed in"),
}
FEWEST_FOR_A_HABIT = 5
"""With fewer candidates a juror has no habit."""
HABIT = 3.0
"""Robust standard deviations (1.4826 x median absolute deviation) a value lies away from the juror's median."""
LEAST_DISTANCE = 1_000
"""Ten points: a juror who gives nearly the same to all is not questioned for a few points."""


@dataclass(frozen=True)
class Flag:
    """``where`` is the key of the criterion or the seat it is about; ``size`` is in hundredths, where it has one."""

    code: str
    where: int
    size: int = 0

    @property
    def words(self) -> str:
        return str(WORDS[self.code])


def spreads(marks: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Criterion -> distance of the largest from the smallest mark; only where two or more were given."""
    return {criterion: max(values) - min(values) for criterion, values in marks.items() if len(values) > 1}


def spread(marks: Mapping[int, Sequence[int]], limit: int) -> list[Flag]:
    """Criteria whose marks lie farther apart than ``limit``; exactly the limit is still agreement."""
    return [Flag("spread", criterion, size) for criterion, size in spreads(marks).items() if size > limit]


def all_equal(marks: Mapping[int, Sequence[int]]) -> list[Flag]:
    """Seat -> its marks: those who gave one and the same mark to three criteria or more."""
    return [Flag("all-equal", seat) for seat, given in marks.items() if len(given) > 2 and len(set(given)) == 1]


def out_of_habit(values: Mapping[int, int], about: int, seat: int) -> list[Flag]:
    """``values``: candidate -> what the seat gave on the whole; is the one it gave to ``about`` unlike the others?"""
    if len(values) < FEWEST_FOR_A_HABIT or about not in values:
        return []
    middle = median(values.values())
    deviation = 1.4826 * median(abs(value - middle) for value in values.values())
    distance = abs(values[about] - middle)
    return [Flag("out-of-habit", seat, int(distance))] if distance > max(HABIT * deviation, LEAST_DISTANCE) else []


def missing(owed: Sequence[int]) -> list[Flag]:
    """The seats that owe a sheet after the close."""
    return [Flag("missing", seat) for seat in owed]
