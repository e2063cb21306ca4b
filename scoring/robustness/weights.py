"""The smallest change of one weight that puts somebody else first."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking.guards import Ints
from scoring.ranking.totals import WHOLE

from .contest import Contest, first_of, shown_totals


@dataclass(frozen=True)
class WeightChange:
    """Weight ``criterion`` from ``before`` to ``after`` basis points, the others giving way in proportion."""

    criterion: int
    before: int
    after: int

    @property
    def size(self) -> int:
        return abs(self.after - self.before)


def smallest_weight_change(contest: Contest) -> WeightChange | None:
    """None when no single weight changes who is first.

    Every weight from 0.00 to 100.00 is tried, criterion by criterion, so the answer is exact; one that carries
    everything has nobody to give way to. Of equal changes the earlier criterion is named, and lowering before raising.
    """
    weights, found = contest.weights, list[WeightChange]()
    for criterion in np.flatnonzero((weights > 0) & (weights < WHOLE)):
        tried = turned(weights, int(criterion))
        totals = shown_totals(contest.scores, tried)
        moved = (first_of(totals, contest.breakers) != contest.first).any(axis=1)
        values = np.flatnonzero(moved)
        if len(values):
            before = int(weights[criterion])
            after = int(values[np.argmin(np.abs(values - before), axis=0)])
            found.append(WeightChange(int(criterion), before, after))
    return min(found, key=lambda change: change.size, default=None)


def turned(weights: Ints, criterion: int) -> Ints:
    """All weightings [10001, c] in which ``criterion`` weighs 0, 1, ... 10000 basis points.

    The others share the rest in proportion: rounded down, and the basis points left over go one each to the largest
    remainders, among equal ones to the earlier criterion. Some other criterion must have weight.
    """
    value = np.arange(WHOLE + 1, dtype=np.int64)
    others = weights.copy()
    others[criterion] = 0
    rest = (WHOLE - value)[:, None]
    scaled, remainder = np.divmod(rest * others, others.sum())
    remainder[:, criterion] = -1
    left_over = (WHOLE - value) - scaled.sum(axis=1)
    order = np.argsort(-remainder, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(weights))[None, :], axis=1)
    scaled += rank < left_over[:, None]
    scaled[:, criterion] = value
    return scaled
