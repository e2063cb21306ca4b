"""How firm the first place of a group is: converts a ranking to the arrays of ``scoring.ranking.robustness``."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scoring import ranking
from scoring.proof.basis import Facts, TitleBasis
from scoring.ranking import robustness
from scoring.ranking.checks import Flags
from scoring.ranking.robustness import ContestScores, Decision, MarkChange, PanelMarks, WeightChange
from scoring.standings.rankings import Group, RankingLine

FIRM_SHARE = 9_500
"""Of 10,000 weightings at least this many must keep the first place."""
FIRM_MARK = 500
"""The smallest change of a mark that moves the first place must be at least 5.00 points."""
FIRM_WEIGHT = 200
"""The smallest change of a weight that moves it must be at least 2.00 percentage points."""


@dataclass(frozen=True, eq=False)
class GroupArrays:
    """A group as arrays: rows are its ``lines``, columns the criteria ``slugs`` and the jurors' ``seats``."""

    lines: list[RankingLine]
    slugs: list[str]
    seats: list[int]
    contest: ContestScores
    panel: PanelMarks


@dataclass(frozen=True, eq=False)
class Firmness:
    """Every measure of one group; ``without`` is per juror who would be first, None where unknown.

    ``margin`` is the lead in hundredths over the best candidate that is not first, None where there is none.
    """

    table: GroupArrays
    margin: int | None
    mark: MarkChange | None
    weight: WeightChange | None
    without: list[Flags | None]
    shares: list[int]

    @property
    def first(self) -> list[RankingLine]:
        return self.named(self.table.contest.first)

    @property
    def is_shared(self) -> bool:
        return len(self.first) > 1

    @property
    def share(self) -> int:
        """How many draws the official first place wins, alone or shared."""
        return min(count for count, first in zip(self.shares, self.table.contest.first, strict=True) if first)

    @property
    def turning(self) -> int:
        """The number of jurors without whose marks somebody else would be first."""
        return sum(robustness.changes_first(self.table.contest, each) for each in self.without)

    @property
    def checks(self) -> dict[str, bool]:
        """The conditions of a firm place, and whether they hold."""
        return {
            "alone": not self.is_shared,
            "draws": self.share >= FIRM_SHARE,
            "mark": self.mark is None or self.mark.size >= FIRM_MARK,
            "weight": self.weight is None or self.weight.size >= FIRM_WEIGHT,
            "jurors": self.turning == 0,
        }

    @property
    def is_firm(self) -> bool:
        return all(self.checks.values())

    def named(self, rows: Flags) -> list[RankingLine]:
        return [line for line, is_one in zip(self.table.lines, rows, strict=True) if is_one]


def firmness(basis: TitleBasis, group: Group) -> Firmness | None:
    """None where there is nobody to compare with."""
    if len(group.lines) < 2:
        return None
    table = table_of(basis, group)
    contest = table.contest
    behind = contest.totals[~contest.first]
    return Firmness(
        table=table,
        margin=int(contest.totals.max() - behind.max()) if len(behind) else None,
        mark=robustness.smallest_mark_change(contest, table.panel),
        weight=robustness.smallest_weight_change(contest),
        without=robustness.without_each_juror(contest, table.panel),
        shares=[int(count) for count in robustness.first_places(contest)],
    )


def table_of(basis: TitleBasis, group: Group) -> GroupArrays:
    """The criteria of the title, then those that only break its ties."""
    weights = {each.slug: each.weight for each in basis.ranking.criteria}
    rules = [_rule(basis, tie) for tie in basis.title["ties"]]
    slugs = [*weights, *dict.fromkeys(slug for rule in rules for slug in rule if slug not in weights)]
    scores = np.full((len(group.lines), len(slugs)), ranking.MISSING, dtype=np.int64)
    for row, line in enumerate(group.lines):
        for column, slug in enumerate(slugs):
            score = basis.score(line, slug)
            scores[row, column] = ranking.MISSING if score is None else score
    contest = ContestScores(
        scores,
        np.array([weights.get(slug, 0) for slug in slugs], dtype=np.int64),
        np.array([[rule.get(slug, 0) for slug in slugs] for rule in rules], dtype=np.int64).reshape(-1, len(slugs)),
        tuple(_decisions(basis, group)),
    )
    seats, panel = _panel(basis, group, slugs)
    return GroupArrays(group.lines, slugs, seats, contest, panel)


def _rule(basis: TitleBasis, tie: Facts) -> dict[str, int]:
    """Criterion -> its weight in what a tie rule compares: an aspect's points in the rubric, or one score."""
    ((kind, slug),) = tie.items()
    if kind == "criterion":
        return {slug: ranking.WHOLE}
    return {one["slug"]: one["weight"] for one in basis.category["criteria"] if one["aspect"] == slug and one["weight"]}


def _decisions(basis: TitleBasis, group: Group) -> Iterator[Decision]:
    """The plenary's decisions on ties of this group that apply."""
    named = [[one["region"], one["name"]] for one in map(basis.inputs_of, group.lines)]
    for decision in basis.decisions:
        places = {tuple(key): place for place, sharing in enumerate(decision["agreed"], 1) for key in sharing}
        order = np.array([places.get(tuple(key), 0) for key in named], dtype=np.int64)
        if np.count_nonzero(order) == len(decision["tied"]):
            yield Decision(decision["total"], order)


def _panel(basis: TitleBasis, group: Group, slugs: list[str]) -> tuple[list[int], PanelMarks]:
    """The counting marks [n, m, j]; cells without marks are empty."""
    marked = [column for column, slug in enumerate(slugs) if basis.criteria[slug]["kind"] == "mark"]
    inputs = [basis.inputs_of(line)["marks"] for line in group.lines]
    cells = [inputs[row].get(slugs[column], {}) for row in range(len(inputs)) for column in marked]
    seats = sorted({int(seat) for cell in cells for seat in cell})
    shape = (len(inputs), len(marked), len(seats))
    marks = np.array([[cell.get(str(seat), 0) for seat in seats] for cell in cells], dtype=np.int64).reshape(shape)
    given = np.array([[str(seat) in cell for seat in seats] for cell in cells], dtype=np.bool_).reshape(shape)
    return seats, PanelMarks(marks, given, np.array(marked, dtype=np.int64), basis.trims)
