"""How firm a first place is: the smallest changes after which somebody else would be first.

Exact, not sampled, wherever there is an exact answer: the smallest change of one mark and of one weight. It uses the
kernel's own arithmetic, so a change found here really changes the ranking.
"""

from scoring.ranking.robustness.contest import ContestScores, Decision, PanelMarks
from scoring.ranking.robustness.draws import DRAWS, SEED, first_places
from scoring.ranking.robustness.marks import MarkChange, smallest_mark_change
from scoring.ranking.robustness.needed import NEVER, least_marks, least_score
from scoring.ranking.robustness.panel import changes_first, without_each_juror
from scoring.ranking.robustness.weights import WeightChange, smallest_weight_change

__all__ = [
    "DRAWS",
    "NEVER",
    "SEED",
    "ContestScores",
    "Decision",
    "MarkChange",
    "PanelMarks",
    "WeightChange",
    "changes_first",
    "first_places",
    "least_marks",
    "least_score",
    "smallest_mark_change",
    "smallest_weight_change",
    "without_each_juror",
]
