"""The places under other weights for a sealed title; nothing is stored."""

from dataclasses import dataclass, replace

import numpy as np

from paritrana.display import formats
from scoring import ranking
from scoring.proof.basis import TitleBasis
from scoring.proof.firmness import GroupArrays, table_of
from scoring.ranking import percentage, robustness
from scoring.ranking.checks import Ints
from scoring.ranking.robustness import ContestScores
from scoring.standings.rankings import Group, RankingLine

WHOLE = ranking.WHOLE


@dataclass(frozen=True)
class Supposed:
    """A contender with its hypothetical ``place`` and ``total`` (hundredths); ``moved`` places up, negative is down."""

    line: RankingLine
    place: int
    total: int

    @property
    def moved(self) -> int:
        return self.line.ranked[0] - self.place

    @property
    def far(self) -> int:
        return abs(self.moved)


@dataclass(frozen=True)
class SupposedGroup:
    """``share`` is in how many of ``robustness.DRAWS`` weightings around these the first place stays; None alone."""

    name: str
    rows: list[Supposed]
    share: int | None = None

    @property
    def steadiness(self) -> str:
        return "" if self.share is None else formats.percent(percentage(self.share, robustness.DRAWS))


def suppose(basis: TitleBasis, weights: dict[str, int]) -> list[SupposedGroup]:
    """By group, best first, under ``weights`` (criterion -> basis points, 100.00 percent together).

    Uses the kernel and the title's tie rules; a decision of the plenary applies while its tie exists. Contenders
    without an official rank have none here either.
    """
    return [_supposed(basis, group, weights) for group in basis.ranking.groups]


def _supposed(basis: TitleBasis, group: Group, weights: dict[str, int]) -> SupposedGroup:
    table = table_of(basis, group)
    chosen = np.array([weights.get(slug, 0) for slug in table.slugs], dtype=np.int64)
    return SupposedGroup(group.name, _rows(table, group, chosen), _share(replace(table.contest, weights=chosen)))


def _share(contest: ContestScores) -> int | None:
    """The least of those who are first; None where nobody is compared, or a weighed score is missing."""
    weighed = contest.scores[:, contest.weights > 0]
    if len(contest.scores) < 2 or (weighed == ranking.MISSING).any():
        return None
    return int(robustness.first_places(contest)[contest.first].min())


def _rows(table: GroupArrays, group: Group, chosen: Ints) -> list[Supposed]:
    scores = table.contest.scores
    totals = ranking.totals(scores, scores != ranking.MISSING, chosen)
    none, breakers = np.zeros(len(scores), dtype=np.int64), table.contest.breakers
    places = ranking.rank(totals.total, none, totals.complete, breakers).place
    agreed = _agreed(table.contest, totals.total, places)
    places = ranking.rank(totals.total, none, totals.complete, np.column_stack([breakers, agreed])).place
    rows = [Supposed(line, int(places[n]), int(totals.total[n])) for n, line in enumerate(group.lines)]
    return sorted(rows, key=lambda row: (row.place, row.line.place, row.line.code, row.line.name))


def _agreed(contest: ContestScores, totals: Ints, places: Ints) -> Ints:
    """[n] the agreed order in ties that exist among these places, more is better; MISSING elsewhere."""
    found = np.full(len(places), ranking.MISSING, dtype=np.int64)
    for decision in contest.decisions:
        about = decision.order > 0
        shared = int(places[about][0])
        if np.array_equal(places == shared, about) and (totals[about] == decision.total).all():
            found[about] = len(places) - decision.order[about]
    return found


def changes(groups: list[SupposedGroup]) -> int:
    """How many contenders would have another place."""
    return sum(row.moved != 0 for group in groups for row in group.rows)


def first_changes(groups: list[SupposedGroup]) -> int:
    """In how many groups somebody else would be first."""
    return sum(any(row.moved != 0 and 1 in (row.place, row.line.place) for row in group.rows) for group in groups)
