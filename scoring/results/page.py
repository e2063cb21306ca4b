"""The data of a ranking's page: rows of cells with explanations, and a picture per group."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from awards.criteria.segments import translated
from paritrana.display import formats
from scoring.results.paging import Leaf
from scoring.standings import explanations
from scoring.standings.rankings import Group, Ranking, RankingLine

LONGEST_PICTURE = 20


def page_of(leaf: Leaf) -> dict[str, Any]:
    shown = leaf.shown
    return {
        "ranking": shown,
        "columns": [(criterion.name, criterion.weight) for criterion in shown.criteria],
        "page": leaf.page,
        "nominations": leaf.nominations,
        "groups": [_group(leaf.ranking, group, number) for number, group in enumerate(shown.groups, 1)],
        "unranked": shown.unranked,
        "remarks": [
            (line, [translated(odd) for odd in definitions])
            for line, definitions in shown.unusual_definitions(leaf.usual)
        ],
    }


def _group(ranking: Ranking, group: Group, number: int) -> dict[str, Any]:
    rows = [row_of(ranking, line) for line in group.lines]
    return {"name": group.name, "rows": rows, "picture": picture(ranking, group, number)}


def row_of(ranking: Ranking, line: RankingLine) -> dict[str, Any]:
    """A ranked line with a cell per criterion: score, contribution, and explanation."""
    cells = []
    for criterion in ranking.criteria:
        score = line.scores[criterion.slug]
        cells.append(
            {
                "criterion": criterion,
                "score": formats.hundredths(score),
                "explanation": explanations.evidence(criterion.kind, line.evidence[criterion.slug]),
                "contribution": explanations.contribution(score or 0, criterion.weight),
            }
        )
    parts = [(line.scores[criterion.slug] or 0, criterion.weight) for criterion in ranking.criteria]
    return {
        "line": line,
        "cells": cells,
        "total": formats.hundredths(line.total),
        "trace": explanations.sum_of(parts),
        "prize": ranking.prize_of(line),
        "tie": ranking.tie_of(line),
        "tie_place": _undecided_by_rules(ranking, line),
    }


def _undecided_by_rules(ranking: Ranking, line: RankingLine) -> int | None:
    """The first place of the tie the plenary has decided or may decide; None without such a tie."""
    version = line.decided_by.get("version")
    if version is None:
        return line.place if line.is_tied else None
    shared = [one.place for one in ranking.equals(line) if one.decided_by.get("version") == version]
    return min(place for place in [line.place, *shared] if place)


def picture(ranking: Ranking, group: Group, number: int) -> dict[str, Any] | None:
    """Bars of the totals, longest first; nothing to compare with a single contender."""
    lines = group.lines[:LONGEST_PICTURE]
    if len(lines) < 2:
        return None
    bars = [
        {
            "value": line.ranked[1] / 100,
            "itemStyle": {"color": "--chart-1" if ranking.wins(line) else "--line-strong"},
            "label": {"formatter": formats.hundredths(line.total)},
        }
        for line in lines
    ]
    option = {
        "tooltip": {"show": False},
        "xAxis": {"type": "value", "min": 0},
        "yAxis": {"type": "category", "inverse": True, "data": [line.name for line in lines]},
        "series": [{"type": "bar", "data": bars, "label": {"show": True, "position": "right"}}],
    }
    return {
        "name": f"totals-{number}",
        "option": option,
        "caption": _("%(title)s, %(group)s: totals") % {"title": ranking.name, "group": group.name},
        "header": [_("Name"), _("Place"), _("Total")],
        "rows": [[line.name, line.place, formats.hundredths(line.total)] for line in lines],
        "size": "tall" if len(lines) > 8 else "",
    }
