"""From criterion scores to the total of one title: exact products, one rounding."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scoring.ranking.checks import MISSING, Flags, Ints, flags, in_range, ints, same_shape

from .arithmetic import nearest

WHOLE = 100_00
"""The weights of a title add up to this: 100.00 percent in basis points."""

BLOCK = 4_096
"""Rows weighed at once: few enough for a dozen criteria to fit into the processor's cache."""


@dataclass(frozen=True, eq=False)
class Totals:
    """The totals of one title; its arrays have the caller's rows in the caller's order."""

    total: Ints
    """[n] hundredths, half up; MISSING where the row is not complete."""
    complete: Flags
    """[n] whether every criterion that carries weight has a score."""
    _scores: Ints = field(repr=False)
    _known: Flags = field(repr=False)
    _weights: Ints = field(repr=False)

    @cached_property
    def contributions(self) -> Ints:
        """[n, c] score x weight, exact, in millionths of a point; a complete row sums to its unrounded total.

        Computed on first use, because a total does not need it. MISSING where a score with weight is.
        """
        products = self._scores * self._weights
        return np.where(self._known | (self._weights == 0), products, MISSING)


def totals(scores: Ints, known: Flags, weights: Ints) -> Totals:
    """Weigh the scores [n, c] (hundredths) by the weights [c] (basis points that sum to 100.00 percent).

    A row without a score that has weight is incomplete and has no total; criteria of weight 0 may be missing, and cells
    that are not `known` [n, c] are ignored. ValueError for weights that are negative or do not sum to 100.00 percent,
    and for known scores that are negative or reach LIMIT.
    """
    scores = ints("scores", scores, axes=2)
    known = flags("known", known, scores.shape)
    weights = _basis_points(weights)
    same_shape("weights", weights, scores.shape[1:])
    if weights.sum() != WHOLE:
        raise ValueError(f"weights must add up to {WHOLE} basis points, not {weights.sum()}")
    total = np.empty(len(scores), dtype=np.int64)
    complete = np.ones(len(scores), dtype=np.bool_)
    for start in range(0, len(scores), BLOCK):
        rows = slice(start, start + BLOCK)
        in_range("scores", scores[rows], known[rows])
        total[rows] = nearest(scores[rows] @ weights, WHOLE)
        # An unknown cell has no weight or makes its row incomplete, so its value never reaches a total.
        row, criterion = np.divmod(np.flatnonzero(~known[rows]), len(weights))
        lacking = start + row[weights[criterion] > 0]
        complete[lacking], total[lacking] = False, MISSING
    return Totals(total, complete, scores, known, weights)


def points(scores: Ints, known: Flags, weights: Ints) -> Ints:
    """The points some criteria earn together: the sum of score x weight [n] in hundredths, half up.

    Like ``totals``, for weights [c] that need not sum to 100.00 percent: the points of one aspect in its rubric.
    MISSING where a score with weight is. ValueError as ``totals``.
    """
    scores = ints("scores", scores, axes=2)
    known = flags("known", known, scores.shape)
    weights = _basis_points(weights)
    same_shape("weights", weights, scores.shape[1:])
    in_range("scores", scores, known)
    complete = known[:, weights > 0].all(axis=1)
    return np.where(complete, nearest(np.where(known, scores, 0) @ weights, WHOLE), MISSING)


def rescale(weights: Ints, keep: Flags) -> Ints:
    """The weights [c] marked in `keep` [c], enlarged in proportion to exactly 100.00 percent.

    Each is first rounded down to a basis point; the basis points left over go one each to the largest remainders, among
    equal remainders to the earlier criterion. Others get 0. ValueError if all kept weights are 0.
    """
    weights = _basis_points(weights)
    keep = flags("keep", keep, weights.shape)
    used = np.where(keep, weights, 0)
    whole = int(used.sum())
    if whole == 0:
        raise ValueError("none of the weight is kept")
    scaled, remainder = np.divmod(used * WHOLE, whole)
    left_over = WHOLE - int(scaled.sum())
    scaled[np.argsort(-remainder, kind="stable")[:left_over]] += 1
    return scaled


def _basis_points(weights: Ints) -> Ints:
    weights = ints("weights", weights, axes=1)
    if (weights < 0).any() or (weights > WHOLE).any():
        raise ValueError(f"weights must lie between 0 and {WHOLE} basis points")
    return weights
