"""The smallest change of one juror's mark that puts somebody else first."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking import FULL_MARK, mean
from scoring.ranking.guards import Flags, Ints
from scoring.ranking.totals import WHOLE

from .leaders import leaders, shown_totals


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


def smallest_mark_change(scores: Ints, weights: Ints, marks: Ints, given: Flags, criteria: Ints) -> MarkChange | None:
    """Over scores [n, c] and weights [c]; ``marks`` and ``given`` [n, m, j] are the marks behind the criteria [m].

    A mark stays between 0.00 and 100.00. Sharing the first place counts: then somebody else stands there too. None when
    no single mark can change who is first. Of equal changes the one of the earlier candidate, criterion, juror.
    """
    totals = shown_totals(scores, weights)
    first = leaders(totals)
    best = int(totals.max())
    behind = totals[~first]
    found: list[MarkChange] = []
    for candidate, part, juror in zip(*np.nonzero(given), strict=True):
        criterion = int(criteria[part])
        if not weights[criterion]:
            continue
        cell = _Cell(scores[candidate], weights, criterion, marks[candidate, part], given[candidate, part])
        wanted = []
        if not first[candidate]:
            wanted.append(cell.least_change_to_reach(best))
        elif first.sum() > 1:
            wanted += [cell.least_change_to_reach(best + 1), cell.least_change_to_fall_to(best - 1)]
        elif len(behind):
            wanted.append(cell.least_change_to_fall_to(int(behind.max())))
        before = int(marks[candidate, part, juror])
        found += [
            MarkChange(int(candidate), criterion, int(juror), before, before + change)
            for change in wanted
            if 0 <= before + change <= FULL_MARK
        ]
    return min(found, key=lambda change: change.size, default=None)


class _Cell:
    """One criterion score of one candidate: the mean of some marks, weighed into a total."""

    def __init__(self, scores: Ints, weights: Ints, criterion: int, marks: Ints, given: Flags) -> None:
        self.weight = int(weights[criterion])
        self.rest = int(scores @ weights) - int(scores[criterion]) * self.weight
        self.sum, self.count = int(marks[given].sum()), int(given.sum())

    def least_change_to_reach(self, total: int) -> int:
        """How much the marks must rise together for the rounded total to be at least ``total``."""
        score = -((self.rest - (total * WHOLE - WHOLE // 2)) // self.weight)
        return score * self.count - self.count // 2 - self.sum

    def least_change_to_fall_to(self, total: int) -> int:
        """How much the marks must change, down, for the rounded total to be at most ``total``."""
        score = (total * WHOLE + WHOLE // 2 - 1 - self.rest) // self.weight
        return score * self.count + (self.count + 1) // 2 - 1 - self.sum


def remade(scores: Ints, marks: Ints, given: Flags, criteria: Ints) -> Ints:
    """The scores [n, c] with those of ``criteria`` computed afresh from their marks."""
    made = scores.copy()
    for part, criterion in enumerate(criteria):
        made[:, criterion] = mean(marks[:, part], given[:, part])[0]
    return made
