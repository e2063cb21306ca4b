"""The exact requirement for a total: the smallest score of one criterion, the smallest mark of one juror."""

import numpy as np

from scoring.ranking import FULL_MARK, WHOLE, least_part
from scoring.ranking.checks import Flags, Ints
from scoring.ranking.robustness.contest import PanelMarks

NEVER = FULL_MARK + 1
"""The value where not even 100.00 is enough."""


def least_score(scores: Ints, weights: Ints, criterion: int, total: int) -> int:
    """The smallest score of ``criterion`` with which scores [c] reach ``total`` as shown; may exceed 100.00."""
    weight = int(weights[criterion])
    rest = int(scores @ weights) - int(scores[criterion]) * weight
    return -((rest - least_part(total, WHOLE)) // weight)


def least_marks(panel: PanelMarks, marks: Ints, given: Flags, score: int) -> Ints:
    """Per juror [j] the smallest mark with which the marks [j] of one criterion give at least ``score``.

    NEVER where no mark does, and where the juror gave none. Bisection works, since a higher mark never gives a lower
    score.
    """
    jurors = np.flatnonzero(given)
    rows = np.repeat(marks[None, :], len(jurors), axis=0)
    present = np.repeat(given[None, :], len(jurors), axis=0)
    own = np.arange(len(jurors))
    low, high = np.zeros(len(jurors), dtype=np.int64), np.full(len(jurors), NEVER, dtype=np.int64)
    while (low < high).any():
        middle = (low + high) // 2
        rows[own, jurors] = np.minimum(middle, FULL_MARK)
        enough = (panel.scores(rows, present) >= score) | (middle == NEVER)
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle + 1)
    found = np.full(len(marks), NEVER, dtype=np.int64)
    found[jurors] = high
    return found
