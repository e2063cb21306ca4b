"""``{% load public %}``: addresses of public pages in the active language."""

from django import template

from scoring.models import WinnerStory
from scoring.public.addresses import address
from scoring.public.announced import Announcement, key_of
from scoring.public.stories import Stories, story_for
from scoring.standings.rankings import Ranking, RankingLine

register = template.Library()
register.simple_tag(address, name="public_url")


@register.filter
def recipient_url(key: tuple[str, str]) -> str:
    """The page of a recipient; empty for a name without letters."""
    return address("public-recipient", *key) if key[1] else ""


@register.simple_tag
def story_of(stories: Stories, announcement: Announcement, ranking: Ranking, line: RankingLine) -> WinnerStory | None:
    return story_for(stories, announcement.selection, ranking, line)


@register.simple_tag
def reward_given(announcement: Announcement, ranking: Ranking, line: RankingLine) -> str:
    return announcement.reward_of(ranking, line)


@register.filter
def recipient_key(line: RankingLine) -> tuple[str, str]:
    return key_of(line.code, line.name)
