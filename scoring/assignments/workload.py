"""One juror's progress over everything to score, and the next sheet."""

from functools import cached_property

from django.db.models import Count, FilteredRelation, Q

from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import ORDER, marked_who_came
from scoring.models import Declaration, ScoreSheet


class Workload:
    """What one seat scores, without absent candidates. Counted by the database, so thousands are cheap."""

    def __init__(self, assignment: Assignment) -> None:
        self._seat = assignment.seat
        listed = marked_who_came(assignment.selection, assignment.asked)
        self._listed = listed.exclude(pk__in=assignment.kept_out) if assignment.kept_out else listed

    @cached_property
    def _counts(self) -> dict[str, int]:
        mine = FilteredRelation("sheets", condition=Q(sheets__seat=self._seat.pk))
        return self._listed.annotate(mine=mine).aggregate(total=Count("pk"), done=Count("mine__submitted_at"))

    @property
    def total(self) -> int:
        return self._counts["total"]

    @property
    def done(self) -> int:
        return self._counts["done"]

    @property
    def is_done(self) -> bool:
        return 0 < self.total == self.done

    @cached_property
    def undeclared(self) -> int:
        declared = Declaration.objects.filter(seat=self._seat).order_by().values("nomination")
        return self._listed.exclude(pk__in=declared).count()

    def after(self, nomination: int) -> int | None:
        """The key of the next nomination to score, continuing at the start of the list; None when all are handed in."""
        keys = list(self._listed.order_by(*ORDER).values_list("pk", flat=True))
        closed = ScoreSheet.objects.submitted().filter(seat=self._seat).order_by()
        handed_in = set(closed.values_list("nomination_id", flat=True))
        here = keys.index(nomination) if nomination in keys else -1
        others = keys[here + 1 :] + keys[:here]
        return next((key for key in others if key not in handed_in), None)
