"""The smallest change of one juror's mark after which somebody else is first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.ranking import ENOUGH_TO_TRIM, FULL_MARK
from scoring.ranking.robustness.contest import ContestScores, PanelMarks
from scoring.ranking.robustness.needed import least_marks, least_score
from scoring.ranking.totals import WHOLE


@dataclass(frozen=True)
class MarkChange:
    """The mark of ``juror`` for ``candidate`` on ``criterion`` (an index into the scores) in hundredths."""

    candidate: int
    criterion: int
    juror: int
    before: int
    after: int

    @property
    def size(self) -> int:
        return abs(self.after - self.before)


@dataclass(frozen=True)
class _Span:
    """The bounds of the answer for one mark: nothing smaller than a change to ``near`` is enough, one to ``far`` is."""

    candidate: int
    part: int
    juror: int
    before: int
    near: int
    far: int

    @property
    def least(self) -> int:
        return abs(self.near - self.before)


class _Cell(NamedTuple):
    """One criterion of one candidate to move up or down by ``sign``; ``near`` and ``far`` as in ``_of_cell``."""

    bound: int
    """The smallest change that could be enough for any mark of the cell."""
    candidate: int
    part: int
    sign: int
    near: int
    far: int


def smallest_mark_change(contest: ContestScores, panel: PanelMarks) -> MarkChange | None:
    """The smallest change of one mark, within 0.00 to 100.00, that changes who is first.

    Sharing the first place counts as a change. None when no single mark can do it. Of equal changes the one of the
    earlier candidate, criterion, juror.
    """
    best: MarkChange | None = None
    for cell in sorted(_cells(contest, panel)):
        if best is not None and cell.bound > best.size:
            break
        for span in _of_cell(contest, panel, cell):
            if best is not None and span.least > best.size:
                continue
            after = _nearest(span, _mover(contest, panel, span))
            if after is not None:
                criterion = int(panel.criteria[span.part])
                found = MarkChange(span.candidate, criterion, span.juror, span.before, after)
                best = found if best is None else min(best, found, key=_order)
    return best


def _order(change: MarkChange) -> tuple[int, int, int, int]:
    return change.size, change.candidate, change.criterion, change.juror


def _cells(contest: ContestScores, panel: PanelMarks) -> Iterator[_Cell]:
    """Candidates not alone in first place can rise; one alone can fall to those behind; the best total can fall.

    The last holds even for one who lost by a tie rule: without its total the rules may decide otherwise among the rest.
    """
    totals, first = contest.totals, contest.first
    top, alone = int(totals.max()), first.sum() == 1
    behind = totals[~first]
    for candidate, part in np.argwhere(panel.given.any(axis=2)).tolist():
        criterion = int(panel.criteria[part])
        if not contest.weights[criterion] and not contest.rules[:, criterion].any():
            continue
        if first[candidate] and alone:
            if len(behind):
                low = int(behind.max())
                yield _Cell(_bound(contest, panel, candidate, part, low), candidate, part, -1, low + 1, low)
            continue
        yield _Cell(_bound(contest, panel, candidate, part, top), candidate, part, 1, top, top + 1)
        if totals[candidate] == top:
            yield _Cell(0, candidate, part, -1, top + 1, top)


def _bound(contest: ContestScores, panel: PanelMarks, candidate: int, part: int, total: int) -> int:
    """The least change of a mark that changes the shown total, allowing for each rounding."""
    weight = int(contest.weights[panel.criteria[part]])
    if not weight:
        return 0
    count = int(panel.given[candidate, part].sum())
    counting = count - 2 if panel.trims and count >= ENOUGH_TO_TRIM else count
    gap = abs(total - int(contest.totals[candidate])) - 1
    return max(0, (gap * WHOLE // weight - 1) * counting)


def _of_cell(contest: ContestScores, panel: PanelMarks, cell: _Cell) -> Iterator[_Span]:
    """Up: reaching the total needs at least ``near``, and ``far`` is enough. Down: staying below, likewise."""
    _least, candidate, part, sign, near, far = cell
    marks, given = panel.marks[candidate, part], panel.given[candidate, part]
    ends = [_reaching(contest, panel, candidate, part, total) for total in (near, far)]
    for juror in np.flatnonzero(given):
        before = int(marks[juror])
        if sign > 0:
            span = max(int(ends[0][juror]), before + 1), min(int(ends[1][juror]), FULL_MARK)
        else:
            span = min(int(ends[0][juror]) - 1, before - 1), max(int(ends[1][juror]) - 1, 0)
        if 0 <= span[0] <= FULL_MARK:
            yield _Span(candidate, part, int(juror), before, span[0], span[1])


def _reaching(contest: ContestScores, panel: PanelMarks, candidate: int, part: int, total: int) -> np.ndarray:
    """Per juror the smallest mark with which the candidate reaches the total; any mark if it has no weight."""
    criterion = int(panel.criteria[part])
    marks, given = panel.marks[candidate, part], panel.given[candidate, part]
    if not contest.weights[criterion]:
        held = int(contest.totals[candidate]) >= total
        return np.full(len(marks), 0 if held else FULL_MARK + 1, dtype=np.int64)
    known = np.where(contest.weights > 0, contest.scores[candidate], 0)
    return least_marks(panel, marks, given, least_score(known, contest.weights, criterion, total))


def _mover(contest: ContestScores, panel: PanelMarks, span: _Span) -> Callable[[int], bool]:
    row = panel.marks[span.candidate, span.part].copy()
    given = panel.given[span.candidate, span.part]

    def moves(mark: int) -> bool:
        """Whether this mark changes who is first."""
        row[span.juror] = mark
        score = int(panel.scores(row[None, :], given[None, :])[0])
        changed = contest.scored(span.candidate, int(panel.criteria[span.part]), score)
        return bool((changed.first != contest.first).any())

    return moves


def _nearest(span: _Span, moves: Callable[[int], bool]) -> int | None:
    """The mark nearest to the present one that changes who is first, within the span."""
    if moves(span.near):
        return span.near
    if abs(span.far - span.before) < span.least or not moves(span.far):
        return None
    short, enough = span.near, span.far
    while abs(enough - short) > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if moves(middle) else (middle, enough)
    return enough
