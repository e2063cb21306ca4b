"""``{% load proof %}``: from a line of a ranking to its trace."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.display.fragments import filled
from paritrana.templatetags.components import explained
from scoring.standings import rewards as rewards_module
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.rewards import Rewards

register = template.Library()

NAMED = 6
"""The largest number of criteria with names above the columns; more are numbered, with a list of names."""


@register.simple_tag(takes_context=True)
def trace_url(context: dict[str, Any], ranking: Ranking, line: RankingLine) -> str:
    """Its trace; empty without ``nominations`` in the context, which come from ``visibility.nominations_of``."""
    nomination = context.get("nominations", {}).get((ranking.category_slug, line.code, line.name))
    if nomination is None or ranking.is_special:
        return ""
    return reverse("trace", args=[context["selection"].slug, ranking.category_slug, ranking.slug, nomination])


@register.simple_tag
def reward_of(rewards: Rewards | str, selection: Selection, ranking: Ranking, line: RankingLine) -> str:
    """What a winner is given; empty on a page without ``rewards``."""
    given: Rewards = {} if isinstance(rewards, str) else rewards
    return rewards_module.reward_of(given, selection, ranking, line)


@register.filter
def under(cells: list[str], head: list[str]) -> list[tuple[str, str]]:
    """(heading, cell) for each cell: on a phone every cell shows its heading."""
    return list(zip(head, cells, strict=True))


@register.filter
def is_numbered(columns: list[tuple[str, int]]) -> bool:
    """Whether the columns, (name, weight) of each criterion, have numbers in place of names."""
    return len(columns) > NAMED


@register.simple_tag
def criteria_heads(columns: list[tuple[str, int]]) -> SafeString:
    return _columns("scoring/results/_criteria_heads.html", columns)


@register.simple_tag
def criteria_legend(columns: list[tuple[str, int]]) -> SafeString | str:
    """The names of numbered columns; empty where the columns have names."""
    return _columns("scoring/results/_criteria_legend.html", columns) if is_numbered(columns) else ""


def _columns(template_name: str, columns: list[tuple[str, int]]) -> SafeString:
    listed = [
        {"short": _("C%(number)d") % {"number": number}, "name": name, "weight": weight}
        for number, (name, weight) in enumerate(columns, 1)
    ]
    return render_to_string(template_name, {"columns": listed, "is_numbered": is_numbered(columns)})


@register.simple_tag
def ranking_cells(cells: list[dict[str, Any]]) -> SafeString:
    """The scores of one line; a page has hundreds, so the text around the figures is rendered once."""
    drawn = []
    for cell in cells:
        score, explanation = cell["score"], cell["explanation"]
        slots = {"score": explained(score, explanation) if explanation else score, "contribution": cell["contribution"]}
        drawn.append(filled("scoring/results/_cell.html", slots, label=cell["criterion"].name))
    return format_html_join("", "{}", [(cell,) for cell in drawn])
