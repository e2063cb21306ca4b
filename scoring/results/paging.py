"""One page of a ranking with thousands of lines, with other lines that have the same total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from awards.criteria.kinds import KINDS
from awards.models import Selection, Title
from awards.models.rubrics import Awarding
from scoring.models import Standing
from scoring.standings import explanations, rankings, store, visibility
from scoring.standings.rankings import Ranking, RankingLine

LINES = 50


@dataclass(frozen=True)
class Leaf:
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


def leaf_of(selection: Selection, name: str, number: str | None, titles: list[Title] | None = None) -> Leaf:
    """A page of the figures that count: sealed once there is a seal, stored before.

    ``name`` and LookupError as in ``rankings.titled``.
    """
    if selection.is_sealed:
        return _of_whole(selection, rankings.titled(selection, name), number)
    title = store.title_named(selection, name, titles)
    if title.awarding == Awarding.SPECIAL:
        return _of_whole(selection, rankings.live(selection, title), number)
    return _stored(selection, title, number)


def _of_whole(selection: Selection, whole: Ranking, number: str | None) -> Leaf:
    ranked = [line for group in whole.groups for line in group.lines]
    honoured = [line for line in whole.lines if line.honour]
    page = Paginator(ranked + whole.unranked + honoured, LINES).get_page(number)
    return Leaf(whole, list(page.object_list), page, whole.usual_definitions, visibility.nominations_of(selection))


def _stored(selection: Selection, title: Title, number: str | None) -> Leaf:
    rows = Standing.objects.filter(selection=selection, title=title)
    page = Paginator(_in_order(rows), LINES).get_page(number)
    here = list(page.object_list)
    lines = rankings.ranking_from(selection, title, here).lines
    known = rankings.ranking_from(selection, title, _tied_with(rows, here))
    keys = {
        (known.category_slug, line.code, line.name): row.nomination_id for line, row in zip(lines, here, strict=True)
    }
    return Leaf(replace(known, lines=lines + known.lines), lines, page, _usual(title, rows), keys)


def _in_order(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    """The ranked by group, best first, then those without a rank."""
    unranked = ExpressionWrapper(Q(place=None), output_field=BooleanField())
    region, name = "nomination__candidate__region", "nomination__candidate__name"
    ordered = rows.order_by(unranked, "group_order", "place", f"{region}__code", name, "pk")
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
