"""What a place is given besides its name: money and goods, as entered by the committee of the selection."""

from collections.abc import Iterable, Mapping

from awards.models import Selection
from awards.models.rubrics import Awarding
from scoring.models import Reward
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.store import path_of

Rewards = Mapping[tuple[int, str, int], str]
"""(selection, path of the title, place) -> money and goods as text; place 0 is a special award."""


def rewards_of(selections: Iterable[Selection]) -> dict[tuple[int, str, int], str]:
    """One query for any number of selections."""
    rows = Reward.objects.filter(selection__in=[each.pk for each in selections])
    return {
        (row.selection_id, path_of(row.title), row.place): row.text
        for row in rows.select_related("title__rubric__category")
    }


def reward_of(rewards: Rewards, selection: Selection, ranking: Ranking, line: RankingLine) -> str:
    """Of this winner; all joint winners are given the same."""
    is_joint = ranking.awarding == Awarding.JOINT and line.place is not None and line.place <= ranking.places
    place = 1 if is_joint else line.place or 0
    return rewards.get((selection.pk, ranking.path, place), "")
