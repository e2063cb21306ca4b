"""The arithmetic of the award: from counts and marks to totals and places, exact and the same on every machine.

Whole numbers only: scores, percentages and totals are hundredths, weights are basis points (100.00 percent = 10000). No
database, clock or randomness. A ranking is two calls::

    result = totals(scores, known, weights)
    standings = rank(result.total, groups, eligible & result.complete)

docs/ranking.md explains every step with a pocket calculator.
"""

from scoring.ranking.checks import LIMIT, MISSING

from .arithmetic import ENOUGH_TO_TRIM, FULL_MARK, at_most_full, growth_points, half_up, mean, share
from .single import least_part, percentage, quotient, score, weighted
from .standings import Standings, rank
from .totals import WHOLE, Totals, points, rescale, totals

__all__ = [
    "ENOUGH_TO_TRIM",
    "FULL_MARK",
    "LIMIT",
    "MISSING",
    "WHOLE",
    "Standings",
    "Totals",
    "at_most_full",
    "growth_points",
    "half_up",
    "least_part",
    "mean",
    "percentage",
    "points",
    "quotient",
    "rank",
    "rescale",
    "score",
    "share",
    "totals",
    "weighted",
]
