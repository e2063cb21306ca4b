"""A juror's own order so far, from the juror's own marks alone."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import BigIntegerField, Count, F, Sum

from awards.models import Criterion, Nomination
from scoring import ranking
from scoring.assignments import no_shows
from scoring.assignments.criteria import AskedCriteria, criteria_in_force, to_score
from scoring.models import Mark, Seat
from scoring.sheets.entries import Values, mark_box


@dataclass(frozen=True)
class Own:
    """``points``: the weighted marks so far, hundredths; ``place`` in the category once every mark is given."""

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
    return ranking.weighted((int(mark), weight) for mark, weight in given if mark is not None)


def so_far(values: Values, criteria: list[Criterion]) -> Own:
    """The points of one sheet with these values, without a place."""
    given = sum(values.get(mark_box(each.pk)) is not None for each in criteria)
    return Own(weighted(values, criteria), given, len(criteria))


def order(seat: Seat, shown: Iterable[Nomination], asked: AskedCriteria | None = None) -> dict[int, Own]:
    """Nomination -> points and place by this seat; equal points share a place; two queries."""
    asked = criteria_in_force(seat.panel.selection, Criterion.Kind.MARK) if asked is None else asked
    given: dict[int, tuple[int, int]] = {}
    among: dict[int, list[int]] = defaultdict(list)
    for nomination, category, points, count in _summed(seat, asked):
        given[nomination] = ranking.quotient(points, ranking.WHOLE), count
        if count == len(asked[category]):
            among[category].append(given[nomination][0])
    for whole in among.values():
        whole.sort()
    placed = {}
    for each in shown:
        own = Own(*given.get(each.pk, (0, 0)), len(asked[each.category_id]))
        whole = among[each.category_id]
        placed[each.pk] = replace(own, place=1 + len(whole) - bisect_right(whole, own.points)) if own.is_whole else own
    return placed


def _summed(seat: Seat, asked: AskedCriteria) -> Iterable[tuple[int, int, int, int]]:
    """(nomination, category, points times weight, marks given): whole numbers, so the database may add them."""
    marks = Mark.objects.filter(
        sheet__seat=seat,
        sheet__nomination__in=to_score(seat, asked).order_by().values("pk"),
        criterion__in=[one for criteria in asked.values() for one in criteria],
        value__isnull=False,
    ).exclude(sheet__nomination__in=no_shows.among(seat.panel.selection_id))
    rows = marks.order_by().values_list("sheet__nomination", "sheet__nomination__category")
    points = Sum(F("value") * F("criterion__weight"), output_field=BigIntegerField())
    return rows.annotate(points=points, given=Count("pk"))
