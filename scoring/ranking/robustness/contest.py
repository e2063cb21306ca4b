"""One group of one title: who is first, by the totals as shown and by the tie rules."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scoring.ranking import MISSING, half_up, mean, points, rank
from scoring.ranking.checks import Flags, Ints
from scoring.ranking.totals import WHOLE


@dataclass(frozen=True, eq=False)
class Decision:
    """The plenary's decision on a tie; used while exactly its candidates are tied at this total.

    ``order`` [n] is the place it gives to each of them, from 1; 0 for all others.
    """

    total: int
    order: Ints


@dataclass(frozen=True, eq=False)
class ContestScores:
    """Scores [n, c] in hundredths, complete where the weights [c] (basis points) are not 0; MISSING elsewhere.

    ``rules`` [r, c] are the tie rules, in order: the points that criteria earn together under these weights.
    """

    scores: Ints
    weights: Ints
    rules: Ints
    decisions: tuple[Decision, ...] = ()

    @cached_property
    def totals(self) -> Ints:
        """[n] hundredths, as shown."""
        return shown_totals(self.scores, self.weights)

    @cached_property
    def breakers(self) -> Ints:
        """[n, r] the figures the tie rules compare."""
        known = self.scores != MISSING
        columns = [points(self.scores, known, rule) for rule in self.rules]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.scores), 0), dtype=np.int64)

    @cached_property
    def first(self) -> Flags:
        """[n] who is first; several when neither a rule nor a decision distinguishes them."""
        return np.asarray(self.first_under(self.totals[None, :])[0])

    def first_under(self, totals: Ints) -> Flags:
        """Who is first [d, n] under many totals [d, n]; rules and decisions are the same in all."""
        lead = first_of(totals, self.breakers)
        for decision in self.decisions:
            stands = (lead == (decision.order > 0)).all(axis=1) & (totals.max(axis=1) == decision.total)
            lead[stands] = decision.order == 1
        return lead

    def scored(self, candidate: int, criterion: int, score: int) -> "ContestScores":
        """The same with another score in one cell."""
        scores = self.scores.copy()
        scores[candidate, criterion] = score
        return replace(self, scores=scores)


@dataclass(frozen=True, eq=False)
class PanelMarks:
    """``marks`` [n, m, j] of the jurors and which are ``given``; they give the scores of the ``criteria`` [m]."""

    marks: Ints
    given: Flags
    criteria: Ints
    trims: bool = False

    def scores(self, marks: Ints, given: Flags) -> Ints:
        """The scores [k] from rows of marks [k, j] of one criterion; MISSING where none is given."""
        return mean(marks, given, trim=self.trims)[0]


def shown_totals(scores: Ints, weights: Ints) -> Ints:
    """Totals [..., n] of scores [n, c] (hundredths) under weights [..., c] (basis points): half up, as shown."""
    return half_up(weights @ np.where(scores == MISSING, 0, scores).T, WHOLE)


def first_of(totals: Ints, breakers: Ints) -> Flags:
    """Who is first [d, n] by the totals [d, n] and the tie rules' figures [n, r]."""
    lead = np.asarray(totals == totals.max(axis=-1, keepdims=True))
    shared = np.flatnonzero(lead.sum(axis=1) > 1)
    if not len(shared) or not breakers.shape[1]:
        return lead
    ties, which = np.unique(lead[shared], axis=0, return_inverse=True)
    broken = np.zeros_like(ties)
    for number, tie in enumerate(ties):
        rows = np.flatnonzero(tie)
        none = np.zeros(len(rows), dtype=np.int64)
        broken[number, rows] = rank(none, none, np.ones(len(rows), dtype=np.bool_), breakers[rows]).place == 1
    lead[shared] = broken[which.reshape(-1)]
    return lead
