"""From the kernel back to rows: weighs and ranks the columns of a field and makes standings."""

import numpy as np

from awards.models import Sector, Title, ZoneProvince
from awards.models.rubrics import Grouping
from scoring import ranking
from scoring.models import Standing
from scoring.standings import tie_rules
from scoring.standings.scores import CriterionScores, Field, Reason


def tally(field: Field, title: Title, qualified: frozenset[int] | None = None) -> list[Standing]:
    """The standings of one title, not yet stored, in the order of the field.

    ``qualified`` are the nominations that may compete where the title is limited to another's winners; None means all.
    """
    weight_of = {weight.criterion_id: weight.weight for weight in title.weights.all()}
    columns = {
        criterion: column
        for criterion, column in zip(field.criteria, field.columns, strict=True)
        if weight_of.get(criterion.pk)
    }
    if not field.nominations or not columns:
        return []
    groups = groups_of(field, title)
    weights = np.array([weight_of[criterion.pk] for criterion in columns], dtype=np.int64)
    may_compete = [qualified is None or nomination.pk in qualified for nomination in field.nominations]
    orders = [order if may else None for (_name, order), may in zip(groups, may_compete, strict=True)]
    total, eligible = _totals(list(columns.values()), weights, orders)
    numbers = np.array([order or 0 for order in orders], dtype=np.int64)
    ranked = tie_rules.ranked(field, title, total, numbers, eligible)
    named = {criterion.slug: column for criterion, column in columns.items()}
    return [
        Standing(
            selection=field.selection,
            title=title,
            nomination=nomination,
            group=groups[row][0],
            group_order=groups[row][1] or 0,
            place=int(ranked.standings.place[row]) or None,
            is_tied=bool(ranked.standings.tied[row]),
            total=int(total[row]) if ranked.standings.place[row] else None,
            scores={slug: int(column.scores[row]) if column.known[row] else None for slug, column in named.items()},
            evidence={slug: column.facts[row] for slug, column in named.items()},
            reasons=_reasons(
                title, groups[row][1], [column.missing[row] for column in named.values()], may_compete[row]
            ),
            decided_by=ranked.decided_by[row],
        )
        for row, nomination in enumerate(field.nominations)
    ]


def _totals(
    columns: list[CriterionScores], weights: np.ndarray, group_orders: list[int | None]
) -> tuple[np.ndarray, np.ndarray]:
    """Totals [n], and which rows [n] are ranked: those with every score that has weight, and with a group."""
    scores = np.stack([column.scores for column in columns], axis=1)
    known = np.stack([column.known for column in columns], axis=1)
    result = ranking.totals(scores, known, weights)
    return result.total, result.complete & np.array([order is not None for order in group_orders], dtype=bool)


def _reasons(title: Title, group_order: int | None, missing: list[list[Reason]], may_compete: bool) -> list[Reason]:
    """Why a row has no rank, each reason once, in the order of the criteria."""
    found = [reason for column in missing for reason in column]
    if group_order is None:
        found.append(["group-missing", title.grouping])
    if not may_compete and title.among:
        found.append(["not-qualified", title.among.name, title.among_places])
    return [reason for n, reason in enumerate(found) if reason not in found[:n]]


def groups_of(field: Field, title: Title) -> list[tuple[str, int | None]]:
    """Per contender the group's name and order; no order where it belongs to no group of this kind."""
    grouping = field.selection.grouping_of(title)
    if grouping == Grouping.ALL:
        return [("", 0)] * len(field.nominations)
    if grouping == Grouping.SECTOR:
        sectors = Sector.objects.filter(category=title.rubric.category_id)
        known: dict[int | None, tuple[str, int | None]] = {
            sector.pk: (sector.name, order) for order, sector in enumerate(sectors, 1)
        }
        return [known.get(nomination.sector_id, ("", None)) for nomination in field.nominations]
    provinces = [each.candidate.region.parent or each.candidate.region for each in field.nominations]
    if grouping == Grouping.PROVINCE:
        return [(province.name, int(province.code)) for province in provinces]
    members = ZoneProvince.objects.filter(edition=field.selection.edition_id).select_related("zone")
    zones = {member.province_id: (member.zone.name, member.zone.order) for member in members}
    return [zones.get(province.pk, ("", None)) for province in provinces]
