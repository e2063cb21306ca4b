"""Converts rows to the arrays of the ranking kernel; ``tally.py`` converts back to standings.

Missing values stay missing, with their reason; see ``explanations.py`` for the codes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from awards.criteria.exchange import Count, Figure, Reason, Scores
from awards.criteria.kinds import KINDS
from awards.models import Criterion, Nomination, Rubric, Selection
from scoring import ranking
from scoring.standings.inputs import RubricInputs, contenders, gather


@dataclass(frozen=True, eq=False)
class CriterionScores:
    """One criterion over all contenders: ``scores`` [n] in hundredths, which are ``known`` [n], and their facts."""

    scores: np.ndarray
    known: np.ndarray
    facts: list[dict[str, Any]]
    missing: list[list[Reason]]


@dataclass(frozen=True, eq=False)
class Field:
    """The contenders of one rubric in one selection with a column per criterion, used by all its titles."""

    selection: Selection
    rubric: Rubric
    nominations: list[Nomination]
    criteria: list[Criterion]
    columns: list[CriterionScores]
    evidence: RubricInputs


def field_of(selection: Selection, rubric: Rubric) -> Field:
    criteria = list(
        Criterion.objects.filter(aspect__rubric=rubric)
        .select_related("aspect")
        .order_by("aspect__order", "order")
        .prefetch_related("segments")
    )
    competing = contenders(selection, rubric, criteria)
    nominations, evidence = list(competing), gather(selection, rubric, competing)
    columns = [column_of(criterion, nominations, evidence) for criterion in criteria]
    return Field(selection, rubric, nominations, criteria, columns, evidence)


def column_of(criterion: Criterion, nominations: list[Nomination], evidence: RubricInputs) -> CriterionScores:
    """One criterion over these nominations, as far as it applies to them."""
    column = _column(KINDS[criterion.kind].read(criterion, nominations, evidence, _Kernel()))
    rows = [row for row, each in enumerate(nominations) if (each.pk, criterion.pk) in evidence.exemptions]
    return _exempt(criterion, nominations, evidence, column, rows) if rows else column


def _exempt(
    criterion: Criterion,
    nominations: list[Nomination],
    evidence: RubricInputs,
    column: CriterionScores,
    rows: list[int],
) -> CriterionScores:
    """The column with the points the rubric gives exempt rows instead, or with the reason only."""
    instead = criterion.rules.get("not_applicable", ranking.MISSING)
    scores, facts, missing = column.scores.copy(), list(column.facts), list(column.missing)
    for row in rows:
        reason = evidence.exemptions[nominations[row].pk, criterion.pk]
        scores[row], facts[row] = instead, {"exempt": reason}
        missing[row] = [["not-applicable", criterion.name, reason]] if instead == ranking.MISSING else []
    return CriterionScores(scores, scores != ranking.MISSING, facts, missing)


def _column(read: Scores) -> CriterionScores:
    scores = _array(read.scores)
    return CriterionScores(scores, scores != ranking.MISSING, read.facts, read.missing)


class _Kernel:
    """The ranking kernel for kinds of criteria, with lists in place of arrays."""

    enough_to_trim = ranking.ENOUGH_TO_TRIM

    def share(self, counts: Sequence[Count]) -> list[Figure]:
        scores, _known = ranking.share(*np.array(counts, dtype=np.int64).reshape(-1, 2).T)
        return _figures(scores)

    def at_most_full(self, shares: Sequence[Figure]) -> list[Figure]:
        return _figures(ranking.at_most_full(_array(shares)))

    def growth_points(self, now: Sequence[Figure], before: Sequence[Figure], *, zero: int, full: int) -> list[Figure]:
        return _figures(ranking.growth_points(_array(now), _array(before), zero=zero, full=full))

    def mean(self, marks: Sequence[Sequence[int]], *, trim: bool) -> list[Figure]:
        jurors = max(map(len, marks), default=0)
        given = np.zeros((len(marks), jurors), dtype=np.int64)
        present = np.zeros((len(marks), jurors), dtype=bool)
        for row, values in enumerate(marks):
            given[row, : len(values)] = values
            present[row, : len(values)] = True
        scores, _known = ranking.mean(given, present, trim=trim)
        return _figures(scores)


def _array(figures: Sequence[Figure]) -> np.ndarray:
    return np.array([ranking.MISSING if figure is None else figure for figure in figures], dtype=np.int64)


def _figures(scores: np.ndarray) -> list[Figure]:
    return [None if score == ranking.MISSING else score for score in scores.tolist()]
