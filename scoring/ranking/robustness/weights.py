"""The smallest change of one weight after which somebody else is first."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scoring.ranking.checks import Ints
from scoring.ranking.robustness.contest import ContestScores, first_of, shown_totals
from scoring.ranking.totals import WHOLE

TOGETHER = 256
"""The number of weightings tried at once, the nearest first."""


@dataclass(frozen=True)
class WeightChange:
    """The weight of ``criterion`` from ``before`` to ``after`` basis points, the others re-scaled in proportion."""

    criterion: int
    before: int
    after: int

    @property
    def size(self) -> int:
        return abs(self.after - self.before)


def smallest_weight_change(contest: ContestScores) -> WeightChange | None:
    """None when no single weight changes who is first.

    Every weight from 0.00 to 100.00 that could change it is tried, the nearest first, so the answer is exact; a
    criterion with all the weight is skipped. Of equal changes the earlier criterion is named, and lowering before
    raising.
    """
    weights, best = contest.weights, None
    for criterion in map(int, np.flatnonzero((weights > 0) & (weights < WHOLE))):
        before = int(weights[criterion])
        for values in _nearest_first(before, _doubtful(contest, criterion)):
            if best is not None and abs(int(values[0]) - before) >= best.size:
                break
            totals = shown_totals(contest.scores, turned(weights, criterion, values))
            moved = (contest.first_under(totals) != contest.first).any(axis=1)
            if moved.any():
                found = WeightChange(criterion, before, int(values[np.argmax(moved)]))
                best = found if best is None or found.size < best.size else best
                break
    return best


def _nearest_first(before: int, values: Ints) -> Iterator[Ints]:
    """The values in chunks, nearest to ``before`` first, of two equally near the lower one."""
    ordered = values[np.lexsort((values, np.abs(values - before)))]
    return (ordered[start : start + TOGETHER] for start in range(0, len(ordered), TOGETHER))


def _doubtful(contest: ContestScores, criterion: int) -> Ints:
    """The values of one weight, ascending, at which somebody else might be first; at all others nobody is.

    With the others in proportion, the lead of the first over a rival is linear in the weight. Rounding to basis points
    moves every other weight by one at most, and totals that differ by 0.01 or more are shown as different: where the
    line exceeds both together, the rival stays behind. A rival with the same scores as the first is always equal to it.
    """
    weights, every = contest.weights, np.arange(WHOLE + 1, dtype=np.int64)
    scores = np.where(weights > 0, contest.scores, 0)
    lead = scores[np.argmax(contest.first)] - scores
    alike = ~lead.any(axis=1)
    if (first_of(alike[None, :].astype(np.int64), contest.breakers)[0] != contest.first).any():
        return every
    lead, own = lead[~alike], lead[~alike, criterion]
    rest = weights.sum() - weights[criterion]
    given_way = lead @ weights - own * weights[criterion]
    blur = WHOLE + np.abs(lead).sum(axis=1) - np.abs(own)
    slope, level = own * rest - given_way, WHOLE * given_way - rest * blur
    lowest = np.where(slope > 0, (-level - 1) // np.where(slope > 0, slope, 1), -1).max(initial=-1)
    highest = np.where(slope < 0, level // np.where(slope < 0, -slope, 1) + 1, WHOLE + 1).min(initial=WHOLE + 1)
    if ((slope == 0) & (level < 0)).any():
        return every
    selected: Ints = every[(every <= lowest) | (every >= highest)]
    return selected


def turned(weights: Ints, criterion: int, values: Ints) -> Ints:
    """The weightings [v, c] in which ``criterion`` has each of these values [v] in basis points.

    The others share the rest in proportion: rounded down, and the basis points left over go one each to the largest
    remainders, among equal ones to the earlier criterion. Some other criterion must have weight.
    """
    others = weights.copy()
    others[criterion] = 0
    rest = WHOLE - values
    scaled, remainder = np.divmod(rest[:, None] * others, others.sum())
    remainder[:, criterion] = -1
    left_over = rest - scaled.sum(axis=1)
    order = np.argsort(-remainder, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(weights))[None, :], axis=1)
    scaled += rank < left_over[:, None]
    scaled[:, criterion] = values
    return scaled
