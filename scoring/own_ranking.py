"""A juror's own order so far: from the own marks alone, so that nothing of anybody else can be read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from awards.models import Criterion, Nomination
from scoring.boxes import Values, mark_box
from scoring.judging import criteria_in_force
from scoring.models import Mark, Seat


@dataclass(frozen=True)
class Own:
    """``points``: the weighted marks so far, hundredths; ``place`` within the category once every mark is given."""

    points: int
    given: int
    asked: int
    place: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.given == self.asked


def weighted(values: Values, criteria: Iterable[Criterion]) -> int:
    """The weighted points of the marks given, in hundredths, half up."""
    given = ((values.get(mark_box(each.pk)), each.weight) for each in criteria)
    return (sum(int(mark) * weight for mark, weight in given if mark is not None) + 5_000) // 10_000


def order(seat: Seat, nominations: Iterable[Nomination]) -> dict[int, Own]:
    """Nomination -> what this seat gave it and its place; equal points share one; two queries."""
    criteria = criteria_in_force(seat.panel.selection, Criterion.Kind.MARK)
    values: dict[int, Values] = defaultdict(dict)
    marks = Mark.objects.filter(sheet__seat=seat, sheet__nomination__in=nominations, value__isnull=False).order_by()
    for nomination, criterion, value in marks.values_list("sheet__nomination", "criterion", "value"):
        values[nomination][mark_box(criterion)] = value
    told: dict[int, Own] = {}
    peers: dict[int, list[int]] = defaultdict(list)
    for each in nominations:
        asked, given = criteria[each.category_id], values[each.pk]
        told[each.pk] = Own(weighted(given, asked), len(given), len(asked))
        if told[each.pk].is_whole:
            peers[each.category_id].append(told[each.pk].points)
    for each in nominations:
        own = told[each.pk]
        if own.is_whole:
            better = sum(points > own.points for points in peers[each.category_id])
            told[each.pk] = replace(own, place=1 + better)
    return told
