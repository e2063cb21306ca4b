"""What a rule found, before competing explanations of the same figure are settled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from regions.plausibility.view import NONE, View


@dataclass(frozen=True)
class Finding:
    """``rows`` are doubted in ``columns``, ``beside`` compared with. ``gain`` in nats: infinite for plain facts, finite
    for guesses at what happened, and 0 for a doubt that any better explanation replaces."""

    code: str
    rows: tuple[int, ...]
    columns: tuple[str, ...] = ()
    beside: tuple[int, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    gain: float = inf

    def cells(self) -> set[tuple[int, str]]:
        return {(row, column) for row in self.rows for column in self.columns}


def settle(findings: Iterable[Finding], view: View) -> Iterator[Finding]:
    """Plain facts always; of the guesses the most convincing ones that do not touch each other; then the doubts left.

    Two guesses touch when they concern one figure, or neighbouring years: an error in one year bends both steps.
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
        elif cells & doubted or (cells | {(row, column) for row in found.beside for column in found.columns}) & guessed:
            continue
        yield found


def _neighbours_in_time(found: Finding, view: View) -> set[tuple[int, str]]:
    return {
        (int(neighbour[row]), column)
        for row, column in found.cells()
        for neighbour in (view.course.before, view.course.after)
        if neighbour[row] != NONE
    }
