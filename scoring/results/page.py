"""The data of a ranking's page: rows of cells with explanations, and a picture per group."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _

from awards.criteria.kinds import KINDS
from awards.criteria.segments import translated
from awards.models import Selection, Title
from awards.models.rubrics import Awarding
from paritrana.display import formats
from paritrana.display.english import in_english
from scoring.models import Standing
from scoring.standings import explanations, rankings, store, visibility
from scoring.standings.rankings import Group, Ranking, RankingLine
from scoring.standings.winners import shares_a_place

LINES = 50


@dataclass(frozen=True)
class RankingPage:
    """``ranking`` has the ``lines`` shown and all lines with the same totals.

    ``usual`` are the definitions most figures of the whole title have; ``nominations`` as in
    ``visibility.nominations_of``, of these lines.
    """

    ranking: Ranking
    lines: list[RankingLine]
    page: Page
    usual: set[str]
    nominations: dict[tuple[str, str, str], int]

    @property
    def shown(self) -> Ranking:
        return replace(self.ranking, lines=self.lines)


def ranking_page(
    selection: Selection,
    name: str,
    number: str | None,
    titles: list[Title] | None = None,
    hidden: Collection[int] = (),
) -> RankingPage:
    """A page of the figures that count: sealed once there is a seal, stored before; without the ``hidden`` nominations.

    A group in which a hidden one is ranked is left out whole: the gap would tell its place.

    ``name`` and LookupError as in ``rankings.titled``.
    """
    if selection.is_sealed:
        return _of_whole(selection, rankings.titled(selection, name), number, hidden)
    title = store.title_named(selection, name, titles)
    if title.awarding == Awarding.SPECIAL:
        return _of_whole(selection, rankings.live(selection, title), number, hidden)
    return _stored(selection, title, number, hidden)


def _of_whole(selection: Selection, whole: Ranking, number: str | None, hidden: Collection[int]) -> RankingPage:
    if hidden:
        known = visibility.nominations_of(selection, whole.lines)
        kept = [line for line in whole.lines if visibility.key_of(whole.category_slug, line, known) in hidden]
        groups = {line.group_order for line in kept if line.place}
        lines = [line for line in whole.lines if line not in kept and line.group_order not in groups]
        whole = replace(whole, lines=lines)
    ranked = [line for group in whole.groups for line in group.lines]
    honoured = [line for line in whole.lines if line.honour]
    page = Paginator(ranked + whole.unranked + honoured, LINES).get_page(number)
    here = list(page.object_list)
    return RankingPage(whole, here, page, whole.usual_definitions, visibility.nominations_of(selection, here))


def _stored(selection: Selection, title: Title, number: str | None, hidden: Collection[int]) -> RankingPage:
    rows = Standing.objects.filter(selection=selection, title=title)
    if hidden:
        groups = (
            rows.filter(nomination__in=hidden, place__isnull=False).order_by().values_list("group_order", flat=True)
        )
        rows = rows.exclude(nomination__in=hidden).exclude(group_order__in=list(groups))
    page = Paginator(_in_order(rows), LINES).get_page(number)
    here = list(page.object_list)
    lines = rankings.ranking_from(selection, title, here).lines
    known = rankings.ranking_from(selection, title, _tied_with(rows, here))
    keys = {
        (known.category_slug, line.code, line.name): row.nomination_id for line, row in zip(lines, here, strict=True)
    }
    return RankingPage(replace(known, lines=lines + known.lines), lines, page, _usual(title, rows), keys)


def _in_order(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    """The ranked by group, best first, then those without a rank."""
    apart = ExpressionWrapper(Q(place=None), output_field=BooleanField())
    region, name = "nomination__candidate__region", "nomination__candidate__name"
    ordered = rows.order_by(apart, "group_order", "place", f"{region}__code", name, "pk")
    return ordered.select_related(f"{region}__parent")


def _tied_with(rows: QuerySet[Standing], here: list[Standing]) -> list[Standing]:
    """Lines on other pages with the total of the first or last line of a group on this page."""
    edges = {(row.group_order, row.total) for row in (*here[:1], *here[-1:]) if row.place}
    if not edges:
        return []
    same = reduce(or_, (Q(group_order=group, total=total) for group, total in edges))
    return list(_in_order(rows.filter(same, place__isnull=False).exclude(pk__in=[row.pk for row in here])))


def _usual(title: Title, rows: QuerySet[Standing]) -> set[str]:
    """Queries all rows, and only where coverage figures are used."""
    if not any(KINDS[weight.criterion.kind].counts_coverage for weight in title.weights.all()):
        return set()
    counted: dict[str, int] = {}
    for evidence in rows.order_by().values_list("evidence", flat=True):
        for definition in _definitions(evidence):
            counted[definition] = counted.get(definition, 0) + 1
    return rankings.most_frequent(counted)


def _definitions(evidence: dict[str, dict[str, Any]]) -> set[str]:
    return set().union(*map(explanations.definitions, evidence.values()))


LONGEST_PICTURE = 20


def context_of(part: RankingPage) -> dict[str, Any]:
    shown = part.shown
    return {
        "ranking": shown,
        "columns": [(in_english(criterion.name), criterion.weight) for criterion in shown.criteria],
        "page": part.page,
        "nominations": part.nominations,
        "groups": [_group(part.ranking, group, number) for number, group in enumerate(shown.groups, 1)],
        "unranked": shown.unranked,
        "remarks": [
            (line, [translated(odd) for odd in definitions])
            for line, definitions in shown.unusual_definitions(part.usual)
        ],
    }


def _group(ranking: Ranking, group: Group, number: int) -> dict[str, Any]:
    rows = [row_of(ranking, line) for line in group.lines]
    for column in zip(*(row["cells"] for row in rows), strict=True):
        for cell, contribution in zip(column, explanations.even([one["contribution"] for one in column]), strict=True):
            cell["contribution"] = contribution
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
        return line.place if shares_a_place(ranking, line) else None
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
        "caption": _("%(title)s, %(group)s: totals")
        % {"title": in_english(ranking.name), "group": in_english(group.name)},
        "header": [_("Name"), _("Place"), _("Total")],
        "rows": [[line.name, line.place, formats.hundredths(line.total)] for line in lines],
        "size": "tall" if len(lines) > 8 else "",
    }
