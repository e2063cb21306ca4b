"""From totals to places: competition ranking 1, 1, 3 in each group, ties broken by the figures of the tie rules."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.ranking.checks import MISSING, Flags, Ints, flags, in_range, ints, same_shape


@dataclass(frozen=True, eq=False)
class Standings:
    """The places of one title; the arrays have the caller's rows in the caller's order."""

    place: Ints
    """[n] 1 is the best of its group; 0 is not ranked."""
    tied: Flags
    """[n] whether another row of the group has the same place."""
    decided_by: Ints
    """[n] the last rule, counted from 1, that separated a row from an equal one; 0 without one."""


def rank(totals: Ints, groups: Ints, eligible: Flags, breakers: Ints | None = None) -> Standings:
    """Rank the eligible rows [n] by total [n] (hundredths, more is better) within each group [n] (any number).

    For equal totals the tie rules are used one after the other; their figures are the columns of `breakers` [n, rules],
    more is better, and only rows still equal use the next. A rule cannot decide among rows of which one is MISSING its
    figure. Rows that stay equal share the place and the places after it are skipped. Rows that are not eligible get
    place 0. Their values, and breakers of rows without an equal, are ignored. ValueError for an eligible row whose
    total is MISSING, and for used figures that are negative or reach LIMIT.
    """
    totals = ints("totals", totals, axes=1)
    groups = ints("groups", groups, axes=1)
    same_shape("groups", groups, totals.shape)
    eligible = flags("eligible", eligible, totals.shape)
    decided_by = np.zeros(totals.shape, dtype=np.int64)
    # Writing back in the caller's order is random access: both results in one small number stay in the cache.
    answers = np.zeros(totals.shape, dtype=np.min_scalar_type(2 * totals.size + 1))
    rows = np.flatnonzero(eligible)
    total = totals[rows]
    in_range("totals", total)
    if rows.size:
        order, group_starts, tie_starts = _sorted(rows, total, groups[rows])
        for number, figures in enumerate(_columns(breakers, totals.size), start=1):
            _break(order, tie_starts, figures, number, decided_by)
        places = _places(group_starts, tie_starts, answers.dtype)
        answers[order] = places << 1 | _shared(tie_starts)
    return Standings((answers >> 1).astype(np.int64), (answers & 1).astype(np.bool_), decided_by)


def _columns(breakers: Ints | None, rows: int) -> Ints:
    """[rules, n] the figures of one rule after the other."""
    if breakers is None:
        return np.empty((0, rows), dtype=np.int64)
    breakers = ints("breakers", breakers, axes=2)
    if len(breakers) != rows:
        raise ValueError(f"breakers must have {rows} rows, not {len(breakers)}")
    return breakers.T


def _break(order: Ints, tie_starts: Flags, figures: Ints, number: int, decided_by: Ints) -> None:
    """Let one rule, by its `figures` [n], order the rows still tied; changes the other arrays in place."""
    at = np.flatnonzero(_shared(tie_starts))
    rows = order[at]
    figure = figures[rows]
    in_range("breakers", figure, figure != MISSING)
    tie = np.cumsum(tie_starts[at]) - 1
    undecided = np.zeros(at.size, dtype=np.bool_)
    undecided[tie[figure == MISSING]] = True
    figure = np.where(undecided[tie], 0, figure)
    better_first = np.lexsort((-figure, tie))
    order[at] = rows[better_first]
    splits = _changes(figure[better_first])
    decides = np.zeros(at.size, dtype=np.bool_)
    decides[tie[splits & ~tie_starts[at]]] = True
    decided_by[rows[decides[tie]]] = number
    tie_starts[at] |= splits


def _shared(tie_starts: Flags) -> Flags:
    """[n] whether a row has the same total and figures as the one before or after it."""
    return np.asarray(~(tie_starts & np.append(tie_starts[1:], True)))


def _sorted(rows: Ints, total: Ints, group: Ints) -> tuple[Ints, Flags, Flags]:
    """`rows` by group, best total first; where a group begins; where a total differs from the one before."""
    top, lowest_group = total.max(), group.min()
    group_bits = (int(group.max()) - int(lowest_group)).bit_length()
    total_bits = int(top - total.min()).bit_length()
    row_bits = int(rows[-1]).bit_length()
    if group_bits + total_bits + row_bits > 63:
        order = np.lexsort((-total, group))
        group_starts = _changes(group[order])
        return rows[order], group_starts, group_starts | _changes(total[order])
    # Group, total and row are packed into one number; sorting such numbers is many times faster than a lexsort.
    key = group - lowest_group
    key <<= total_bits
    key += top
    key -= total
    key <<= row_bits
    key |= rows
    key.sort()
    step = key[1:] ^ key[:-1]
    group_starts, tie_starts = np.ones((2, key.size), dtype=np.bool_)
    np.greater_equal(step, 1 << row_bits + total_bits, out=group_starts[1:])
    np.greater_equal(step, 1 << row_bits, out=tie_starts[1:])
    key &= (1 << row_bits) - 1
    return key, group_starts, tie_starts


def _changes(array: Ints) -> Flags:
    """[n] whether an element differs from the one before it; the first always does."""
    changes = np.ones(array.shape, dtype=np.bool_)
    np.not_equal(array[1:], array[:-1], out=changes[1:])
    return changes


def _places(group_starts: Flags, tie_starts: Flags, small: npt.DTypeLike) -> npt.NDArray[np.unsignedinteger[Any]]:
    """[n] how far the first row of each tie is from the first row of its group, counted from 1."""
    place = np.arange(1, tie_starts.size + 1, dtype=small)
    place *= tie_starts
    np.maximum.accumulate(place, out=place)
    first = np.flatnonzero(group_starts)
    before = np.zeros(tie_starts.size, dtype=small)
    before[first[1:]] = np.diff(first)
    place -= np.cumsum(before, dtype=small, out=before)
    return place
