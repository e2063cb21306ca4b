"""``{% load public %}``: addresses of public pages in the active language."""

from django import template

from scoring.public.addresses import address
from scoring.public.announced import key_of
from scoring.standings.rankings import RankingLine

register = template.Library()
register.simple_tag(address, name="public_url")


@register.filter
def recipient_url(key: tuple[str, str]) -> str:
    """The page of a recipient; empty for a name without letters."""
    return address("public-recipient", *key) if key[1] else ""


@register.filter
def recipient_key(line: RankingLine) -> tuple[str, str]:
    return key_of(line.code, line.name)
