"""Rules that guess figures entered in each other's place: two segments or two years swapped."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from regions.plausibility.findings import Finding
from regions.plausibility.history import Floats, Ints
from regions.plausibility.repairs import relief
from regions.plausibility.view import COLUMNS, NONE, View

CHOICES = (("participants",), ("workers",), COLUMNS)
"""What people swap by mistake: one column, or the whole row."""


def segments_swapped(view: View) -> Iterator[Finding]:
    """The counts of two segments of one region and year swapped."""
    for one, two in combinations(range(view.grid.shape[1]), 2):
        pairs = view.grid[:, [one, two]]
        left, right = pairs[(pairs != NONE).all(axis=1)].T
        gains = {column: _exchange(view, column, left, right) for column in COLUMNS}
        for columns in CHOICES:
            net = sum(gains[column] for column in columns) + _relief(view, left, right, columns)
            net = net - view.limits.segments_nats - _rarity(view, columns)
            for place in np.flatnonzero(net > 0).tolist():
                rows = (int(left[place]), int(right[place]))
                parameters = {"segments": tuple(view.figures[row].segment for row in rows), "columns": columns}
                yield Finding("segments-swapped", rows, columns, (), parameters, float(net[place]))


def _exchange(view: View, column: str, left: Ints, right: Ints) -> Floats:
    moves = view.histories[column]
    moved = moves.level[right] - moves.level[left]
    return moves.gain_of(left, moved) + moves.gain_of(right, -moved)


def years_swapped(view: View) -> Iterator[Finding]:
    """Two neighbouring years swapped, in one segment or in all segments of a region at once."""
    late = np.flatnonzero(view.course.before != NONE)
    early = view.course.before[late]
    near = view.year[late] - view.year[early] == 1
    late, early = late[near], early[near]
    gains = {column: _exchange_in_time(view, column, early, late) for column in COLUMNS}
    for columns in CHOICES:
        gain = sum(gains[column] for column in columns) + _relief(view, early, late, columns)
        yield from _single_years(view, columns, early, late, gain)
        yield from _whole_years(view, columns, early, late, gain)


def _single_years(view: View, columns: tuple[str, ...], early: Ints, late: Ints, gain: Floats) -> Iterator[Finding]:
    net = gain - view.limits.year_row_nats - _rarity(view, columns)
    for place in np.flatnonzero(net > 0).tolist():
        yield _swapped_years(view, columns, [int(early[place])], [int(late[place])], float(net[place]))


def _whole_years(view: View, columns: tuple[str, ...], early: Ints, late: Ints, gain: Floats) -> Iterator[Finding]:
    blocks = view.block[late]
    number = np.bincount(blocks)
    net = np.bincount(blocks, weights=gain) - view.limits.years_nats - _rarity(view, columns)
    for block in np.flatnonzero((net > 0) & (number > 1)).tolist():
        places = np.flatnonzero(blocks == block)
        yield _swapped_years(view, columns, early[places].tolist(), late[places].tolist(), float(net[block]))


def _swapped_years(view: View, columns: tuple[str, ...], early: list[int], late: list[int], net: float) -> Finding:
    years = {"year": int(view.year[late[0]]), "before_year": int(view.year[early[0]])}
    return Finding(
        "years-swapped", (*late, *early), columns, (), years | {"columns": columns, "number": len(late)}, net
    )


def _rarity(view: View, columns: tuple[str, ...]) -> float:
    return view.limits.workers_alone_nats if columns == ("workers",) else 0.0


def _exchange_in_time(view: View, column: str, early: Ints, late: Ints) -> Floats:
    moves = view.histories[column]
    moved = moves.level[late] - moves.level[early]
    return moves.gain(early, moved) + moves.gain(late, -2 * moved) + moves.gain(view.course.after[late], moved)


def _relief(view: View, one: Ints, two: Ints, columns: tuple[str, ...]) -> Floats:
    """The gain or loss of swapping `columns` of two figures with respect to more participants than workers."""

    def counts(rows: Ints, others: Ints) -> list[Ints]:
        now = [view.counts[column][rows] for column in COLUMNS]
        return now + [view.counts[column][others if column in columns else rows] for column in COLUMNS]

    return relief(view, *counts(one, two)) + relief(view, *counts(two, one))
