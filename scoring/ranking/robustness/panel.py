"""Who would be first without one juror."""

from dataclasses import replace

import numpy as np

from scoring.ranking import MISSING
from scoring.ranking.checks import Flags
from scoring.ranking.robustness.contest import ContestScores, PanelMarks


def without_each_juror(contest: ContestScores, panel: PanelMarks) -> list[Flags | None]:
    """Who would be first [n] without each juror's marks, juror by juror.

    None where a candidate would have no mark left on a criterion with weight.
    """
    found: list[Flags | None] = []
    for juror in range(panel.marks.shape[2]):
        remaining = panel.given.copy()
        remaining[:, :, juror] = False
        scores = contest.scores.copy()
        for part, criterion in enumerate(panel.criteria):
            scores[:, criterion] = panel.scores(panel.marks[:, part], remaining[:, part])
        lacking = (scores[:, contest.weights > 0] == MISSING).any()
        found.append(None if lacking else replace(contest, scores=scores).first)
    return found


def changes_first(contest: ContestScores, first: Flags | None) -> bool:
    return first is not None and bool(np.any(first != contest.first))
