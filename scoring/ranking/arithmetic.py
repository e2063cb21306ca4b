"""Figures as shown: int64 hundredths, rounded half up once, when they are computed.

8750 is 87.50 points or 87.50 percent. A figure that cannot be computed is MISSING, never 0.
"""

from typing import Any, overload

import numpy as np

from scoring.ranking.checks import LIMIT, MISSING, Flags, Ints, flags, in_range, ints, same_shape

FULL_MARK = 100_00
"""100.00 points, or 100.00 percent, in hundredths."""

ENOUGH_TO_TRIM = 5
"""The fewest marks for trimming a highest and a lowest: at least three still count."""

MOST_JURORS = 1_000_000
"""With more jurors than this the sum of marks could exceed int64."""


def half_up(numerator: Ints, denominator: Ints | int) -> Ints:
    """`numerator / denominator` in whole numbers, an exact half rounded away from zero.

    That is ROUND in every spreadsheet and ROUND_HALF_UP of `decimal`: 0.5 gives 1 and -0.5 gives -1. The shapes
    broadcast. ValueError unless 0 < denominator <= 10**18 and abs(numerator) <= 8 * 10**18.
    """
    numerator = ints("numerator", numerator)
    denominator = ints("denominator", denominator)
    if (denominator < 1).any() or (denominator > 10**18).any():
        raise ValueError("denominator must lie between 1 and 10**18")
    if (numerator < -8 * 10**18).any() or (numerator > 8 * 10**18).any():
        raise ValueError("numerator must lie between -8 * 10**18 and 8 * 10**18")
    return np.asarray(np.sign(numerator) * nearest(np.abs(numerator), denominator))


@overload
def nearest(numerator: int, denominator: int) -> int: ...
@overload
def nearest(numerator: Ints, denominator: Ints | int) -> Ints: ...
def nearest(numerator: Any, denominator: Any) -> Any:
    """`half_up` without checks, for the kernel's own figures, which are neither negative nor too large."""
    return (numerator + denominator // 2) // denominator


def share(participants: Ints, workers: Ints) -> tuple[Ints, Flags]:
    """The percentage of workers [n] who participate [n], and the rows where it exists (those with workers).

    Hundredths of a percent [n], half up, above 100.00 when there are more participants than workers; MISSING without
    workers. ValueError for negative counts and for counts of LIMIT or more.
    """
    participants = ints("participants", participants, axes=1)
    workers = ints("workers", workers, axes=1)
    same_shape("workers", workers, participants.shape)
    in_range("participants", participants)
    in_range("workers", workers)
    computable = workers > 0
    percent = nearest(participants * FULL_MARK, np.maximum(workers, 1))
    return np.where(computable, percent, MISSING), computable


def at_most_full(percent: Ints) -> Ints:
    """Points [n] for percentages as shown [n]: more than 100.00 earns 100.00; MISSING stays MISSING."""
    return np.minimum(ints("percent", percent, axes=1), FULL_MARK)


def growth_points(now: Ints, before: Ints, full: int = 10_00, zero: int = 0) -> Ints:
    """Points [n] for the difference of two percentages as shown [n]; everything in hundredths.

    Growth of `zero` percentage points or less gives 0, of `full` or more 100.00, linear and half up between them.
    `zero` may be negative: then a small decline earns points. MISSING where either percentage is MISSING. ValueError
    for other negatives, LIMIT or more, unless zero < full, and unless both are smaller than LIMIT.
    """
    now = ints("now", now, axes=1)
    before = ints("before", before, axes=1)
    same_shape("before", before, now.shape)
    computable = (now != MISSING) & (before != MISSING)
    in_range("now", now, computable)
    in_range("before", before, computable)
    if not -LIMIT < zero < full < LIMIT:
        raise ValueError(f"zero must be less than full, and both must lie within {LIMIT - 1} of 0")
    growth = np.clip(now - before, zero, full) - zero
    return np.where(computable, nearest(growth * FULL_MARK, full - zero), MISSING)


def mean(marks: Ints, given: Flags, *, trim: bool = False) -> tuple[Ints, Flags]:
    """The mean of the marks given, in hundredths [n], and the rows [n] that have any mark.

    `marks` [n, jurors] are hundredths; cells that are not `given` [n, jurors] are ignored. With `trim` one highest and
    one lowest mark do not count in rows of at least ENOUGH_TO_TRIM. Half up; MISSING where no juror gave a mark.
    ValueError for given marks that are negative or reach LIMIT.
    """
    marks = ints("marks", marks, axes=2)
    given = flags("given", given, marks.shape)
    if marks.shape[1] > MOST_JURORS:
        raise ValueError(f"marks of more than {MOST_JURORS} jurors")
    in_range("marks", marks, given)
    count, points = given.sum(axis=1), marks.sum(axis=1, where=given)
    if trim:
        extremes = marks.max(axis=1, where=given, initial=0) + marks.min(axis=1, where=given, initial=LIMIT)
        trimmed = count >= ENOUGH_TO_TRIM
        count, points = count - 2 * trimmed, points - np.where(trimmed, extremes, 0)
    scored = count > 0
    average = nearest(points, np.maximum(count, 1))
    return np.where(scored, average, MISSING), scored
