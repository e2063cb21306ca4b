"""What the rules found, before choosing between competing explanations of one figure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from regions.plausibility.view import NONE, View


@dataclass(frozen=True)
class Finding:
    """``rows`` are doubted in ``columns``; ``compared`` are the rows compared with.

    ``gain`` in nats: infinite for facts, finite for guesses about a typing error, 0 for a doubt that any better
    explanation replaces.
    """

    code: str
    rows: tuple[int, ...]
    columns: tuple[str, ...] = ()
    compared: tuple[int, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    gain: float = inf

    def cells(self) -> set[tuple[int, str]]:
        return {(row, column) for row in self.rows for column in self.columns}


def settle(findings: Iterable[Finding], view: View) -> Iterator[Finding]:
    """All facts; of the guesses the best ones that do not overlap; then the remaining doubts.

    Guesses overlap when they concern one figure or neighbouring years: an error in one year changes both steps.
    """
    ranked = sorted(findings, key=lambda found: (-found.gain, -view.year[found.rows[0]], found.rows))
    doubted: set[tuple[int, str]] = set()
    guessed: set[tuple[int, str]] = set()
    touched: set[tuple[int, str]] = set()
    for found in ranked:
        cells = found.cells()
        if found.gain == inf:
            doubted |= cells
        elif found.gain > 0:
            if cells & touched:
                continue
            guessed |= cells
            touched |= cells | _neighbours_in_time(found, view)
        elif (
            cells & doubted or (cells | {(row, column) for row in found.compared for column in found.columns}) & guessed
        ):
            continue
        yield found


def _neighbours_in_time(found: Finding, view: View) -> set[tuple[int, str]]:
    return {
        (int(neighbour[row]), column)
        for row, column in found.cells()
        for neighbour in (view.course.before, view.course.after)
        if neighbour[row] != NONE
    }
