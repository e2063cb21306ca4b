"""The smallest change of one juror's mark that puts somebody else first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from scoring.ranking import FULL_MARK

from .contest import Contest, Panel
from .needed import least_marks, least_score


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
    """Where the answer lies for one mark: no change smaller than to ``near`` can do, one to ``far`` surely does."""

    candidate: int
    part: int
    juror: int
    before: int
    near: int
    far: int

    @property
    def least(self) -> int:
        return abs(self.near - self.before)


def smallest_mark_change(contest: Contest, panel: Panel) -> MarkChange | None:
    """The smallest change of one mark, which stays between 0.00 and 100.00, after which others stand first than now.

    Sharing the first place counts: then somebody else stands there too. None when no single mark can change who is
    first. Of equal changes the one of the earlier candidate, criterion, juror.
    """
    best: MarkChange | None = None
    for span in sorted(_spans(contest, panel), key=lambda span: span.least):
        if best is not None and span.least >= best.size:
            break
        after = _nearest(span, _mover(contest, panel, span))
        if after is not None and (best is None or abs(after - span.before) < best.size):
            criterion = int(panel.criteria[span.part])
            best = MarkChange(span.candidate, criterion, span.juror, span.before, after)
    return best


def _spans(contest: Contest, panel: Panel) -> Iterator[_Span]:
    """Whoever is not alone in front can rise; who is alone can fall to those behind; who has the best total can fall.

    Even one who lost by a rule: with its total gone the rules may decide otherwise among those who are left.
    """
    totals, first = contest.totals, contest.first
    top, alone = int(totals.max()), first.sum() == 1
    behind = totals[~first]
    for candidate, part in zip(*np.nonzero(panel.given.any(axis=2)), strict=True):
        criterion = int(panel.criteria[part])
        if not contest.weights[criterion] and not contest.rules[:, criterion].any():
            continue
        cell = contest, panel, int(candidate), int(part)
        if first[candidate] and alone:
            if len(behind):
                yield from _of_cell(*cell, -1, int(behind.max()) + 1, int(behind.max()))
            continue
        yield from _of_cell(*cell, 1, top, top + 1)
        if totals[candidate] == top:
            yield from _of_cell(*cell, -1, top + 1, top)


def _of_cell(
    contest: Contest, panel: Panel, candidate: int, part: int, sign: int, near: int, far: int
) -> Iterator[_Span]:
    """Up: to reach the total ``near`` is needed, ``far`` suffices. Down: to stay below ``near`` is, below ``far``."""
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


def _reaching(contest: Contest, panel: Panel, candidate: int, part: int, total: int) -> np.ndarray:
    """Per juror the smallest mark with which the candidate reaches the total; where it has no weight, any does."""
    criterion = int(panel.criteria[part])
    marks, given = panel.marks[candidate, part], panel.given[candidate, part]
    if not contest.weights[criterion]:
        held = int(contest.totals[candidate]) >= total
        return np.full(len(marks), 0 if held else FULL_MARK + 1, dtype=np.int64)
    known = np.where(contest.weights > 0, contest.scores[candidate], 0)
    return least_marks(panel, marks, given, least_score(known, contest.weights, criterion, total))


def _mover(contest: Contest, panel: Panel, span: _Span) -> Callable[[int], bool]:
    row = panel.marks[span.candidate, span.part].copy()
    given = panel.given[span.candidate, span.part]

    def moves(mark: int) -> bool:
        """Whether others stand first with this mark."""
        row[span.juror] = mark
        score = int(panel.scores(row[None, :], given[None, :])[0])
        changed = contest.scored(span.candidate, int(panel.criteria[span.part]), score)
        return bool((changed.first != contest.first).any())

    return moves


def _nearest(span: _Span, moves: Callable[[int], bool]) -> int | None:
    """The mark nearest to the present one that moves the first place, between both ends of the span."""
    if moves(span.near):
        return span.near
    if abs(span.far - span.before) < span.least or not moves(span.far):
        return None
    short, enough = span.near, span.far
    while abs(enough - short) > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if moves(middle) else (middle, enough)
    return enough
