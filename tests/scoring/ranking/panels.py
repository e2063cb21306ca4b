"""Seeded random selections: titles with their weights, panels of candidates, marks with gaps, groups, eligibility."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking import MISSING, Standings, Totals, mean, rank, totals
from tests.scoring.ranking import oracle


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
    breakers: np.ndarray
    """[n, rules] figures that break ties, MISSING where there is none"""
    trim: bool
    """whether a highest and a lowest mark are left out"""

    def scores(self) -> tuple[np.ndarray, np.ndarray]:
        """The means [n, c] of all marks, and which [n, c] there are."""
        n, c, jurors = self.marks.shape
        average, scored = mean(self.marks.reshape(n * c, jurors), self.given.reshape(n * c, jurors), trim=self.trim)
        return average.reshape(n, c), scored.reshape(n, c)

    def ranked(self) -> tuple[Totals, Standings]:
        result = totals(*self.scores(), self.weights)
        return result, rank(result.total, self.panel, self.eligible & result.complete, self.breakers)


def weights(chance: np.random.Generator, criteria: int) -> np.ndarray:
    """Weights [criteria] that add up to 100.00 percent; sometimes round ones, sometimes one of nothing."""
    step = chance.choice([1, 500])
    cuts = np.sort(chance.integers(0, 10_000 // step + 1, criteria - 1)) * step
    return np.diff(cuts, prepend=0, append=10_000)


def field(seed: int, panels: int) -> Field:
    """Fields alternate between fine marks and coarse ones, whose totals are often equal."""
    chance = np.random.default_rng(seed)
    criteria, jurors = chance.integers(1, 5), chance.integers(1, 9)
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
        breakers=_breakers(chance, panel.size, chance.integers(0, 4)),
        trim=seed % 3 == 0,
    )


def _breakers(chance: np.random.Generator, rows: int, rules: int) -> np.ndarray:
    """Coarse figures, so that rules often leave some equal; now and then one is missing."""
    figures = chance.integers(0, 4, (rows, rules)) * 2500
    return np.where(chance.random((rows, rules)) < chance.choice([0, 0.1]), MISSING, figures)


def told(standings: Standings) -> list[tuple[int, bool, int]]:
    """(place, tied, the rule that decided) row by row."""
    return list(zip(standings.place.tolist(), standings.tied.tolist(), standings.decided_by.tolist(), strict=True))


def by_hand(field: Field) -> tuple[list[int], list[tuple[int, bool, int]]]:
    """Totals and (place, tied, rule) of a field by the oracle, candidate by candidate and panel by panel."""
    weights = field.weights.tolist()
    totals = []
    for marks, given in zip(field.marks.tolist(), field.given.tolist(), strict=True):
        sheets = [
            [mark if was_given else None for mark, was_given in zip(*cell, strict=True)]
            for cell in zip(marks, given, strict=True)
        ]
        totals.append(oracle.total([oracle.mean(sheet, field.trim) for sheet in sheets], weights))
    figures = [[None if figure == MISSING else figure for figure in row] for row in field.breakers.tolist()]
    members: dict[int, list[int]] = {}
    for number, panel in enumerate(field.panel.tolist()):
        members.setdefault(panel, []).append(number)
    found: dict[int, tuple[int, bool, int]] = {}
    for panel, numbers in members.items():
        rows = [(totals[n], panel, bool(field.eligible[n]) and totals[n] is not None) for n in numbers]
        found |= zip(numbers, oracle.standings(rows, [figures[n] for n in numbers]), strict=True)
    return [MISSING if total is None else total for total in totals], [found[n] for n in range(len(totals))]
