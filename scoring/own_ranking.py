"""A juror's own order so far: from the own marks alone, so that nothing of anybody else can be read from it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import BigIntegerField, Count, F, Sum

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
    return _half_up(sum(int(mark) * weight for mark, weight in given if mark is not None))


def _half_up(points: int) -> int:
    return (points + 5_000) // 10_000


def order(seat: Seat, nominations: Iterable[Nomination]) -> dict[int, Own]:
    """Nomination -> what this seat gave it and its place; equal points share one; two queries."""
    criteria = criteria_in_force(seat.panel.selection, Criterion.Kind.MARK)
    asked = [one for each in criteria.values() for one in each]
    marks = Mark.objects.filter(sheet__seat=seat, criterion__in=asked, value__isnull=False).order_by()
    # Whole numbers, so the database may add them; the rounding is the house's own.
    summed = marks.values("sheet__nomination").annotate(
        points=Sum(F("value") * F("criterion__weight"), output_field=BigIntegerField()), given=Count("pk")
    )
    given = {one["sheet__nomination"]: (_half_up(one["points"]), one["given"]) for one in summed}
    told: dict[int, Own] = {}
    peers: dict[int, list[int]] = defaultdict(list)
    for each in nominations:
        told[each.pk] = own = Own(*given.get(each.pk, (0, 0)), len(criteria[each.category_id]))
        if own.is_whole:
            peers[each.category_id].append(own.points)
    for points in peers.values():
        points.sort()
    for each in nominations:
        own = told[each.pk]
        if own.is_whole:
            among = peers[each.category_id]
            told[each.pk] = replace(own, place=1 + len(among) - bisect_right(among, own.points))
    return told
