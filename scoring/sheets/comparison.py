"""A juror's own marks, candidate beside candidate, in the order they give so far."""

from collections.abc import Iterator
from dataclasses import dataclass

from awards.models import Category, Criterion, Nomination
from scoring.assignments import no_shows
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import named, to_score
from scoring.assignments.progress import keys_of
from scoring.models import Declaration
from scoring.sheets import entries, own_ranking
from scoring.sheets.own_ranking import Own

Placed = tuple[Nomination, Own]


@dataclass(frozen=True)
class OwnMarks:
    """``marks`` are (criterion, hundredths) in order; None where no mark is given yet."""

    nomination: Nomination
    own: Own
    marks: list[tuple[Criterion, int | None]]


@dataclass(frozen=True)
class CategoryMarks:
    category: Category
    criteria: list[Criterion]
    rows: list[OwnMarks]


def ordered(assignment: Assignment) -> list[Placed]:
    """Every candidate the seat has declared about, by category and place; those without all marks last.

    Only the keys are loaded.
    """
    declared = Declaration.objects.filter(seat=assignment.seat).order_by().values("nomination")
    heard = to_score(assignment.seat, assignment.asked).exclude(pk__in=no_shows.among(assignment.selection.pk))
    keys = keys_of(heard.filter(pk__in=declared))
    own = own_ranking.order(assignment.seat, keys, assignment.asked)
    by_category: dict[int, list[Placed]] = {}
    for each in keys:
        by_category.setdefault(each.category_id, []).append((each, own[each.pk]))
    return [placed for among in by_category.values() for placed in sorted(among, key=_rank)]


def _rank(placed: Placed) -> tuple[bool, int, int]:
    _nomination, own = placed
    return own.place is None, own.place or 0, -own.points


def comparisons(assignment: Assignment, shown: list[Placed]) -> Iterator[CategoryMarks]:
    """One per category, for some of the ``ordered``; five queries."""
    named(nomination for nomination, _own in shown)
    values = entries.values_of(assignment.seat, [nomination for nomination, _own in shown])
    categories = {nomination.category_id: nomination.category for nomination, _own in shown}
    for key, category in categories.items():
        criteria = assignment.asked[key]
        rows = [
            OwnMarks(nomination, own, [(each, _mark(values[nomination.pk], each)) for each in criteria])
            for nomination, own in shown
            if nomination.category_id == key
        ]
        yield CategoryMarks(category, criteria, rows)


def _mark(held: entries.Values, criterion: Criterion) -> int | None:
    mark = held.get(entries.mark_box(criterion.pk))
    return None if mark is None else int(mark)
