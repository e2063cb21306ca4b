"""Orders equal totals: by the figures of the title's tie rules, then by decisions of the plenary.

A decision applies while exactly its candidates are tied at exactly the same total.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from awards.models import TieRule, Title
from scoring import ranking
from scoring.models import TieDecision
from scoring.standings.scores import Field

Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Ranked:
    """The kernel's standings, and per row the facts of what decided, see ``models.Standing``."""

    standings: ranking.Standings
    decided_by: list[Facts]


@dataclass(frozen=True, eq=False)
class _TieInputs:
    """The kernel's arguments: totals, groups and eligibility [n], and the rules' figures [n, rules]."""

    total: np.ndarray
    groups: np.ndarray
    eligible: np.ndarray
    figures: np.ndarray

    def ranked(self, rules: int) -> ranking.Standings:
        """By the first so many rules."""
        return ranking.rank(self.total, self.groups, self.eligible, self.figures[:, :rules])

    def equals(self, standings: ranking.Standings) -> list[list[int]]:
        """The rows that share a place, tie by tie."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row in np.flatnonzero(standings.tied).tolist():
            found[int(self.groups[row]), int(standings.place[row])].append(row)
        return list(found.values())


def ranked(field: Field, title: Title, total: np.ndarray, groups: np.ndarray, eligible: np.ndarray) -> Ranked:
    """Places of the eligible rows [n] by total [n] inside their groups [n]; a query only where a tie remains."""
    rules = list(title.ties.all())
    table = _TieInputs(total, groups, eligible, figures(field, rules))
    found = table.ranked(len(rules))
    decided_by: list[Facts] = [{} for _row in field.nominations]
    for rule in np.unique(found.decided_by[found.decided_by > 0]).tolist():
        _tell(table, rules[rule - 1], rule, found, decided_by)
    if not found.tied.any():
        return Ranked(found, decided_by)
    agreed = _agreed(field, title, table, found, decided_by)
    with_agreed = np.column_stack([table.figures, agreed])
    return Ranked(ranking.rank(total, groups, eligible, with_agreed), decided_by)


def figures(field: Field, rules: list[TieRule]) -> np.ndarray:
    """[n, rules] the figure each rule compares, in hundredths; MISSING where unknown."""
    found = np.empty((len(field.nominations), len(rules)), dtype=np.int64)
    for number, rule in enumerate(rules):
        found[:, number] = _figure(field, rule)
    return found


def _figure(field: Field, rule: TieRule) -> np.ndarray:
    """[n] the score of the criterion, or the points of the aspect under the rubric's weights."""
    pairs = zip(field.criteria, field.columns, strict=True)
    if rule.criterion_id:
        return next(
            np.where(column.known, column.scores, ranking.MISSING)
            for criterion, column in pairs
            if criterion.pk == rule.criterion_id
        )
    inside = [(criterion, column) for criterion, column in pairs if criterion.aspect_id == rule.aspect_id]
    scores = np.stack([column.scores for _criterion, column in inside], axis=1)
    known = np.stack([column.known for _criterion, column in inside], axis=1)
    return ranking.points(scores, known, np.array([criterion.weight for criterion, _column in inside], dtype=np.int64))


def _tell(table: _TieInputs, rule: TieRule, number: int, found: ranking.Standings, decided_by: list[Facts]) -> None:
    """Write, for rows that this rule was the last to separate, its name and all figures compared."""
    for tie in table.equals(table.ranked(number - 1)):
        compared = table.figures[tie, number - 1].tolist()
        for row, figure in zip(tie, compared, strict=True):
            if found.decided_by[row] == number:
                decided_by[row] = {
                    "by": rule.kind,
                    "slug": rule.named.slug,
                    "name": rule.named.name,
                    "figure": figure,
                    "figures": sorted(compared, reverse=True),
                }


def _agreed(
    field: Field, title: Title, table: _TieInputs, found: ranking.Standings, decided_by: list[Facts]
) -> np.ndarray:
    """[n] the plenary's order, more is better; MISSING without a decision."""
    agreed = np.full(len(field.nominations), ranking.MISSING, dtype=np.int64)
    decisions = in_force(field.selection.pk, title.pk)
    for tie in table.equals(found):
        keys = frozenset(field.nominations[row].pk for row in tie)
        decision = decisions.get((keys, int(table.total[tie[0]])))
        if decision is None:
            continue
        for row in tie:
            place = place_in(decision.agreed, field.nominations[row].pk)
            agreed[row] = len(decision.agreed) - place
            votes = [decision.votes_for, decision.votes_against, decision.votes_abstaining]
            facts = {"reason": decision.reason, "votes": votes, "version": decision.version}
            decided_by[row] = {"by": "plenary", "place": place, "of": len(decision.agreed)} | facts
    return agreed


def in_force(selection: int, title: int) -> dict[tuple[frozenset[int], int], TieDecision]:
    """(nominations, total) -> the last decision about exactly them; one query."""
    rows = TieDecision.objects.filter(selection=selection, title=title).order_by("version")
    return {(frozenset(row.tied), row.total): row for row in rows}


def place_in(agreed: list[list[int]], nomination: int) -> int:
    """The place, from 1, that an agreed order gives to a nomination."""
    return next(place for place, sharing in enumerate(agreed, start=1) if nomination in sharing)
