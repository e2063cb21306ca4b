"""Citation, story and photo of announced winners, by the winner they belong to."""

from collections.abc import Iterable

from awards.models import Nomination, Selection
from scoring.models import WinnerStory
from scoring.public.announced import Announcement, key_of
from scoring.standings.rankings import Ranking, RankingLine, name_of

Stories = dict[tuple[int, str, str, str], WinnerStory]
"""(selection, category, region and name as in ``key_of``) -> its story."""


def stories_in(selection: Selection) -> Stories:
    """Of all nominations of a selection: for those who know its winners before the public does."""
    return _read([selection.pk])


def story_for(stories: Stories, selection: Selection, ranking: Ranking, line: RankingLine) -> WinnerStory | None:
    return stories.get((selection.pk, ranking.category_slug, *key_of(line.code, line.name)))


def _read(selections: list[int]) -> Stories:
    rows = WinnerStory.objects.filter(nomination__selection__in=selections)
    rows = rows.select_related("nomination__candidate__region", "nomination__category", "nomination__selection")
    return {_key(row.nomination): row for row in rows}


def stories_of(announced: Iterable[Announcement]) -> Stories:
    """Of announced winners only; one query. A story of somebody who does not win any more is not in it."""
    shown = list(announced)
    won = {(each.selection.pk, winner.ranking.category_slug, *winner.key) for each in shown for winner in each.winners}
    return {key: row for key, row in _read([each.selection.pk for each in shown]).items() if key in won}


def _key(nomination: Nomination) -> tuple[int, str, str, str]:
    candidate = nomination.candidate
    named = key_of(candidate.region.code, name_of(candidate))
    return (nomination.selection_id, nomination.category.slug, *named)
