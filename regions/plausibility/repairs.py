"""Rules that guess one typing error: a corrected count that fits the history far better than the one entered."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from regions.plausibility.findings import Finding
from regions.plausibility.history import Floats, Ints, logarithm
from regions.plausibility.view import COLUMNS, View

DIGITS = 12


def slipped(view: View) -> Iterator[Finding]:
    """One digit too many or too few: the count is ten times, or a tenth of, the intended one."""
    for column in COLUMNS:
        counts = view.counts[column]
        for meant in (counts // 10, counts * 10):
            yield from _repaired(view, "slipped", column, meant, counts >= 10, view.limits.slip_nats)


def transposed(view: View) -> Iterator[Finding]:
    """Two neighbouring digits swapped."""
    for column in COLUMNS:
        counts = view.counts[column]
        for place in range(DIGITS - 1):
            meant, possible = exchanged(counts, place)
            if not possible.any():
                break
            yield from _repaired(view, "transposed", column, meant, possible, view.limits.transposed_nats)


def exchanged(counts: Ints, place: int) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Counts with the digit of 10**place and the one before it swapped, where that gives another count as long."""
    low, high = 10**place, 10 ** (place + 1)
    left, right = counts // high % 10, counts // low % 10
    leading = counts < 10 * high
    return counts + (right - left) * (high - low), (counts >= high) & ~(leading & (right == 0))


def columns_swapped(view: View) -> Iterator[Finding]:
    """Workers entered as participants and participants as workers."""
    workers, participants = (view.counts[column] for column in COLUMNS)
    rows = np.flatnonzero(view.usable & (workers != participants))
    moved = logarithm(participants[rows]) - logarithm(workers[rows])
    gain = view.histories["workers"].gain_of(rows, moved) + view.histories["participants"].gain_of(rows, -moved)
    gain += relief(view, workers[rows], participants[rows], participants[rows], workers[rows])
    for row, net in _convincing(rows, gain - view.limits.columns_nats):
        parameters = {"workers": int(workers[row]), "participants": int(participants[row])}
        yield Finding("columns-swapped", (row,), COLUMNS, view.neighbours(row), parameters, net)


def relief(view: View, workers: Ints, participants: Ints, new_workers: Ints, new_participants: Ints) -> Floats:
    """The gain or loss, in nats, when a repair ends or creates more participants than workers."""
    was, becomes = participants > workers, new_participants > new_workers
    return view.limits.excess_nats * (1.0 * (was & ~becomes) - 2.0 * (becomes & ~was))


def _repaired(
    view: View, code: str, column: str, meant: Ints, possible: npt.NDArray[np.bool_], price: float
) -> Iterator[Finding]:
    """Findings where replacing the counts of `column` by `meant` gains more than the `price`."""
    counts = view.counts[column]
    rows = np.flatnonzero(view.usable & possible & (meant != counts) & (meant > 0))
    gain = view.histories[column].gain_of(rows, logarithm(meant[rows]) - logarithm(counts[rows]))
    now = [view.counts[each][rows] for each in COLUMNS]
    then = [meant[rows] if each == column else view.counts[each][rows] for each in COLUMNS]
    for row, net in _convincing(rows, gain + relief(view, *now, *then) - price):
        parameters = {"column": column, "count": int(counts[row]), "meant": int(meant[row])}
        yield Finding(code, (row,), (column,), view.neighbours(row), parameters, net)


def _convincing(rows: Ints, net: Floats) -> list[tuple[int, float]]:
    found = net > 0
    return list(zip(rows[found].tolist(), net[found].tolist(), strict=True))
