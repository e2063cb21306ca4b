"""A sealed result in the order of the ceremony: by title, the last place first, shared places together."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from awards.models.rubrics import Awarding
from scoring.models import WinnerStory
from scoring.standings.rankings import Ranking, RankingLine


@dataclass(frozen=True)
class Revealed:
    """A winner and the ``step`` (from 1) in which its slide reveals it."""

    line: RankingLine
    prize: str
    step: int
    is_first: bool
    reward: str = ""
    story: WinnerStory | None = None


@dataclass(frozen=True)
class Slide:
    """One group of one title; ``winners`` best first, ``steps`` is the number of steps."""

    category: str
    title: str
    group: str
    winners: list[Revealed]

    @property
    def steps(self) -> int:
        return max(each.step for each in self.winners)


Told = Callable[[Ranking, RankingLine, Revealed], Revealed]
"""Adds citation, story and photo of a winner."""


def rehearsed(rankings: Iterable[Ranking]) -> list[Ranking]:
    """The same evening, as many winners in the same order, without a name: for trying everything out beforehand."""
    return [replace(each, lines=[_nameless(line) for line in each.lines]) for each in rankings]


def _nameless(line: RankingLine) -> RankingLine:
    honour = _("Why it is honoured") if line.honour else ""
    return replace(line, name=_("Name of the winner"), region=_("Region"), code="", honour=honour)


def slides(rankings: Iterable[Ranking], furnish: Told | None = None) -> list[Slide]:
    found = _slides(rankings)
    if furnish is None:
        return [slide for _ranking, slide in found]
    return [
        replace(slide, winners=[furnish(ranking, each.line, each) for each in slide.winners])
        for ranking, slide in found
    ]


def _slides(rankings: Iterable[Ranking]) -> list[tuple[Ranking, Slide]]:
    return [
        (ranking, Slide(ranking.category, ranking.name, lines[0][0].group, _revealed(ranking, lines)))
        for ranking in rankings
        for _group, lines in ranking.awarded
        if lines
    ]


def _revealed(ranking: Ranking, lines: list[tuple[RankingLine, str]]) -> list[Revealed]:
    together = [_moment(ranking, line, number) for number, (line, _prize) in enumerate(lines)]
    # Special awards have no order: as they are listed. Places: from the last to the first.
    order = list(dict.fromkeys(together))
    steps = order if ranking.is_special else order[::-1]
    return [
        Revealed(line, prize, steps.index(moment) + 1, ranking.is_special or moment == order[0])
        for (line, prize), moment in zip(lines, together, strict=True)
    ]


def _moment(ranking: Ranking, line: RankingLine, number: int) -> Hashable:
    """Equal for winners revealed together."""
    if line.place is None:
        return "special", number
    is_joint = ranking.awarding == Awarding.JOINT and line.place <= ranking.places
    return "place", 1 if is_joint else line.place
