"""Who stands first, by the totals as they are shown."""

import numpy as np

from scoring.ranking import half_up
from scoring.ranking.guards import Flags, Ints
from scoring.ranking.totals import WHOLE


def shown_totals(scores: Ints, weights: Ints) -> Ints:
    """Totals [..., n] of scores [n, c] (hundredths) under weights [..., c] (basis points): half up, as shown."""
    return half_up(weights @ scores.T, WHOLE)


def leaders(totals: Ints) -> Flags:
    """Who stands first [..., n]; more than one where the best total is shared."""
    return np.asarray(totals == totals.max(axis=-1, keepdims=True))
