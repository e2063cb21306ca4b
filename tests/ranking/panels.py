"""Seeded random selections: titles with their weights, panels of candidates, marks with gaps, groups, eligibility."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking import Standings, Totals, mean, rank, totals


@dataclass(frozen=True)
class Field:
    """All panels of one title, one group each; every row is a candidate."""

    weights: np.ndarray
    """[c] basis points"""
    marks: np.ndarray
    """[n, c, jurors] hundredths"""
    given: np.ndarray
    """[n, c, jurors]"""
    panel: np.ndarray
    """[n] the candidate's group"""
    eligible: np.ndarray
    """[n]"""

    def scores(self) -> tuple[np.ndarray, np.ndarray]:
        """The means [n, c] of all marks, and which [n, c] there are."""
        n, c, jurors = self.marks.shape
        average, scored = mean(self.marks.reshape(n * c, jurors), self.given.reshape(n * c, jurors))
        return average.reshape(n, c), scored.reshape(n, c)

    def ranked(self) -> tuple[Totals, Standings]:
        result = totals(*self.scores(), self.weights)
        return result, rank(result.total, self.panel, self.eligible & result.complete)


def weights(chance: np.random.Generator, criteria: int) -> np.ndarray:
    """Weights [criteria] that add up to 100.00 percent; sometimes round ones, sometimes one of nothing."""
    step = chance.choice([1, 500])
    cuts = np.sort(chance.integers(0, 10_000 // step + 1, criteria - 1)) * step
    return np.diff(cuts, prepend=0, append=10_000)


def field(seed: int, panels: int) -> Field:
    """Fields alternate between fine marks and coarse ones, whose totals are often equal."""
    chance = np.random.default_rng(seed)
    criteria, jurors = chance.integers(1, 5), chance.integers(1, 6)
    panel = np.repeat(chance.permutation(panels) - panels // 2, chance.integers(1, 7, panels))
    panel = chance.permutation(panel)
    step = [1, 2500][seed % 2]
    shape = (panel.size, criteria, jurors)
    return Field(
        weights=weights(chance, criteria),
        marks=chance.integers(0, 10_000 // step + 1, shape) * step,
        given=chance.random(shape) > chance.choice([0, 0.1, 0.5]),
        panel=panel,
        eligible=chance.random(panel.size) > 0.1,
    )
