"""The exact distance of a contender to the next higher place: in total, in a criterion's score, in a juror's mark."""

from dataclasses import dataclass

import numpy as np

from scoring.proof.basis import TitleBasis
from scoring.ranking import FULL_MARK, robustness
from scoring.standings.rankings import RankingLine, Weighed


@dataclass(frozen=True)
class Need:
    """The score one criterion would need; hundredths, None where not even 100.00 is enough.

    ``mark`` is the smallest increase of a single juror's mark, for criteria that jurors mark.
    """

    criterion: Weighed
    score: int
    needed: int | None
    is_marked: bool = False
    mark: int | None = None

    @property
    def more(self) -> int | None:
        return None if self.needed is None else self.needed - self.score


@dataclass(frozen=True)
class Distance:
    """What is needed to pass the holder of the next higher ``place``: a ``total`` just above theirs."""

    place: int
    ahead: list[RankingLine]
    total: int
    more: int
    needs: list[Need]


def distance(basis: TitleBasis, line: RankingLine) -> Distance | None:
    """None for the first of a group, or without a rank."""
    ahead = [other for other in _rivals(basis, line) if other.ranked[0] < line.ranked[0]]
    if not ahead:
        return None
    place = max(other.ranked[0] for other in ahead)
    next_up = [other for other in ahead if other.place == place]
    total = next_up[0].ranked[1] + 1
    return Distance(place, next_up, total, total - line.ranked[1], _needs(basis, line, total))


def _rivals(basis: TitleBasis, line: RankingLine) -> list[RankingLine]:
    """The ranked contenders of the same group, this one included; empty without a rank."""
    if not line.place:
        return []
    return [other for other in basis.ranking.lines if other.place and other.group_order == line.group_order]


def _needs(basis: TitleBasis, line: RankingLine, total: int) -> list[Need]:
    weighed = basis.ranking.criteria
    scores = np.array([line.scores[each.slug] for each in weighed], dtype=np.int64)
    weights = np.array([each.weight for each in weighed], dtype=np.int64)
    found = []
    for number, each in enumerate(weighed):
        needed = robustness.least_score(scores, weights, number, total)
        marks = basis.inputs_of(line)["marks"].get(each.slug) if each.kind == "mark" else None
        raised = _mark(list(marks.values()), needed, basis.trims) if marks else None
        can = needed if needed <= FULL_MARK or basis.may_exceed_full(each) else None
        found.append(Need(each, int(scores[number]), can, bool(marks), raised))
    return found


def _mark(given: list[int], score: int, trims: bool) -> int | None:
    """The smallest increase of one mark that gives this score."""
    marks = np.array(given, dtype=np.int64)
    everybody = np.ones(len(given), dtype=np.bool_)
    panel = robustness.PanelMarks(marks[None, None], everybody[None, None], np.zeros(1, dtype=np.int64), trims)
    least = robustness.least_marks(panel, marks, everybody, score)
    raises = [int(mark) - before for mark, before in zip(least, given, strict=True) if mark != robustness.NEVER]
    return min(raises, default=None)
