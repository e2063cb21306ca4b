"""How often each candidate is first when all weights vary a little at once."""

import numpy as np

from scoring.ranking.checks import Ints
from scoring.ranking.robustness.contest import ContestScores, shown_totals
from scoring.ranking.totals import WHOLE

DRAWS = 10_000
SEED = 20_170_101
"""Fixed and public, so that everybody draws the same weights."""


def first_places(contest: ContestScores, draws: int = DRAWS, within: float = 0.10) -> Ints:
    """In how many of ``draws`` weightings each candidate [n] is first, alone or shared.

    Each weight is drawn uniformly from 90 to 110 percent of itself, then all are re-scaled to 100.00 percent in whole
    basis points, the largest remainders first. Totals are rounded as shown, ties broken by rules and decisions.
    """
    weights = contest.weights
    chance = np.random.Generator(np.random.PCG64(SEED))
    drawn = weights * chance.uniform(1 - within, 1 + within, size=(draws, len(weights)))
    exact = drawn * (WHOLE / drawn.sum(axis=1, keepdims=True))
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(weights))[None, :], axis=1)
    whole += rank < (WHOLE - whole.sum(axis=1))[:, None]
    return np.asarray(contest.first_under(shown_totals(contest.scores, whole)).sum(axis=0), dtype=np.int64)
