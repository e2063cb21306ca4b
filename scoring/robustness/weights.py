"""The smallest change of one weight that puts somebody else first."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking.guards import Ints
from scoring.ranking.totals import WHOLE

from .leaders import leaders, shown_totals


@dataclass(frozen=True)
class WeightChange:
    """Weight ``criterion`` from ``before`` to ``after`` basis points, the others giving way in proportion."""

    criterion: int
    before: int
    after: int

    @property
    def size(self) -> int:
        return abs(self.after - self.before)


def smallest_weight_change(scores: Ints, weights: Ints) -> WeightChange | None:
    """Over scores [n, c] (hundredths) and weights [c] (basis points); None when no single weight changes who is first.

    Every weight from 0.00 to 100.00 is tried, criterion by criterion, so the answer is exact. Of equal changes the
    earlier criterion is named, and lowering before raising.
    """
    present = leaders(shown_totals(scores, weights))
    found: list[WeightChange] = []
    for criterion in range(len(weights)):
        tried = turned(weights, criterion)
        moved = (leaders(shown_totals(scores, tried)) != present).any(axis=1)
        values = np.flatnonzero(moved)
        if len(values):
            before = int(weights[criterion])
            after = int(values[np.argmin(np.abs(values - before), axis=0)])
            found.append(WeightChange(criterion, before, after))
    return min(found, key=lambda change: change.size, default=None)


def turned(weights: Ints, criterion: int) -> Ints:
    """All weightings [10001, c] in which ``criterion`` weighs 0, 1, ... 10000 basis points.

    The others share the rest in proportion: rounded down, and the basis points left over go one each to the largest
    remainders, among equal ones to the earlier criterion. A criterion that carries everything leaves the rest equal.
    """
    value = np.arange(WHOLE + 1, dtype=np.int64)
    others = weights.copy()
    others[criterion] = 0
    if not others.any():
        others[:] = 1
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
