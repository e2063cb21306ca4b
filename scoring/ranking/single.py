"""The kernel's figures for one row: plain whole numbers, for code that shows one figure at a time."""

from collections.abc import Iterable, Sequence

import numpy as np

from .arithmetic import FULL_MARK, mean, nearest
from .totals import WHOLE


def quotient(part: int, whole: int) -> int:
    """``half_up`` of two plain numbers; ``part`` >= 0, ``whole`` > 0."""
    return nearest(part, whole)


def percentage(part: int, whole: int) -> int:
    """``share`` of two plain numbers, in hundredths of a percent; ``whole`` > 0."""
    return quotient(part * FULL_MARK, whole)


def least_part(figure: int, whole: int) -> int:
    """The smallest number whose ``quotient`` with ``whole`` is ``figure``."""
    return figure * whole - whole // 2


def score(marks: Sequence[int], *, trim: bool = False) -> int | None:
    """``mean`` of the marks given on one criterion; None without any."""
    given = np.array([marks], dtype=np.int64).reshape(1, -1)
    values, known = mean(given, np.ones(given.shape, dtype=np.bool_), trim=trim)
    return int(values[0]) if known[0] else None


def weighted(parts: Iterable[tuple[int, int]], whole: int = WHOLE) -> int:
    """(score, weight) pairs: the sum of their products over ``whole``, rounded once."""
    return quotient(sum(value * weight for value, weight in parts), whole)
