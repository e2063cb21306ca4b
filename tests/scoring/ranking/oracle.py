"""The award's arithmetic once more, slowly: exact fractions, one figure at a time, None for what is missing.

It shares no code and no idea with the kernel: no arrays, no masks, no sorting. Figures are hundredths, weights basis
points, as everywhere.
"""

from fractions import Fraction
from math import ceil, floor

Row = tuple[int | None, int, bool]
"""total, group, eligible"""


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2)) if exact >= 0 else ceil(exact - Fraction(1, 2))


def share(participants: int, workers: int) -> int | None:
    return half_up(Fraction(participants, workers) * 100 * 100) if workers else None


def growth_points(now: int | None, before: int | None, full: int, zero: int = 0) -> int | None:
    if now is None or before is None:
        return None
    if now - before <= zero:
        return 0
    return min(half_up(Fraction(now - before - zero, full - zero) * 100 * 100), 10000)


def mean(marks: list[int | None], trim: bool = False) -> int | None:
    given = [mark for mark in marks if mark is not None]
    if trim and len(given) >= 5:
        given.remove(max(given))
        given.remove(min(given))
    return half_up(Fraction(sum(given), len(given))) if given else None


def total(scores: list[int | None], weights: list[int]) -> int | None:
    points = Fraction(0)
    for score, weight in zip(scores, weights, strict=True):
        if score is None and weight:
            return None
        points += Fraction(score or 0, 100) * Fraction(weight, 10000)
    return half_up(points * 100)


def points(scores: list[int | None], weights: list[int]) -> int | None:
    """What part of a rubric earns: like a total, but the weights need not be everything."""
    return total(scores, weights)


def places(rows: list[Row]) -> list[tuple[int, bool]]:
    """(place, tied) of each row by the definition of a place: one more than the rows of the group that are better."""
    return [_place(row, rows) for row in rows]


def _place(row: Row, rows: list[Row]) -> tuple[int, bool]:
    total, group, eligible = row
    if not eligible:
        return 0, False
    rivals = [other for other, theirs, counts in rows if theirs == group and counts]
    return 1 + sum(other > total for other in rivals), rivals.count(total) > 1


def standings(rows: list[Row], figures: list[list[int | None]]) -> list[tuple[int, bool, int]]:
    """(place, tied, the last rule that decided) of each row; ``figures`` are each row's, one per rule."""
    found = []
    for number, (place, _tied) in enumerate(places(rows)):
        equal = [other for other, row in enumerate(rows) if row == rows[number]]
        found.append(_broken(number, equal, figures, place) if place else (0, False, 0))
    return found


def _broken(number: int, equal: list[int], figures: list[list[int | None]], place: int) -> tuple[int, bool, int]:
    """One row among those equal to it, asking rule after rule who is ahead of it and who is left beside it."""
    decided = 0
    for rule in range(len(figures[number])):
        said = [figures[other][rule] for other in equal]
        if None in said:
            continue
        place += sum(theirs > figures[number][rule] for theirs in said)
        beside = [other for other in equal if figures[other][rule] == figures[number][rule]]
        decided = rule + 1 if len(beside) < len(equal) else decided
        equal = beside
    return place, len(equal) > 1, decided


def rescale(weights: list[int], keep: list[bool]) -> list[int]:
    """One basis point at a time to whoever is furthest below the exact quota, the earlier criterion first."""
    kept = [weight if stays else 0 for weight, stays in zip(weights, keep, strict=True)]
    quotas = [Fraction(weight * 10000, sum(kept)) for weight in kept]
    scaled = [floor(quota) for quota in quotas]
    short = [quota - whole for quota, whole in zip(quotas, scaled, strict=True)]
    while sum(scaled) < 10000:
        furthest = short.index(max(short))
        scaled[furthest] += 1
        short[furthest] -= 1
    return scaled
