"""How far one juror is with everything there is to score, and what comes next."""

from __future__ import annotations

from functools import cached_property

from awards.models import Criterion
from scoring import absence
from scoring.judging import Asked, criteria_in_force, criteria_of, marked_nominations
from scoring.models import Conflict, Declaration, ScoreSheet, Seat


class Workload:
    """What one seat scores, in order, but for those nobody came for; of each column it asks a bare one, so thousands
    cost little."""

    def __init__(self, seat: Seat, asked: Asked | None = None) -> None:
        self._seat = seat
        asked = criteria_in_force(seat.panel.selection, Criterion.Kind.MARK) if asked is None else asked
        listed = marked_nominations(seat.panel.selection, asked).values_list("pk", "category_id", "attended")
        out = frozenset(Conflict.objects.filter(seat=seat).order_by().values_list("nomination_id", flat=True))
        nobody = {category: absence.levels(criteria_of(of[0].aspect.rubric)) for category, of in asked.items()}
        came = [key for key, category, attended in listed if not attended or attended not in nobody[category]]
        self.keys = [key for key in came if key not in out] if out else came
        closed = ScoreSheet.objects.submitted().filter(seat=seat).order_by()
        self.handed_in = frozenset(closed.values_list("nomination_id", flat=True)).intersection(self.keys)

    @cached_property
    def undeclared(self) -> int:
        declared = Declaration.objects.filter(seat=self._seat).order_by().values_list("nomination_id", flat=True)
        return len(frozenset(self.keys).difference(declared))

    @property
    def total(self) -> int:
        return len(self.keys)

    @property
    def done(self) -> int:
        return len(self.handed_in)

    @property
    def is_done(self) -> bool:
        return 0 < self.total == self.done

    def after(self, nomination: int) -> int | None:
        """The key of the next one to score, round the end of the list; None when all others are handed in."""
        here = self.keys.index(nomination) if nomination in self.keys else -1
        others = self.keys[here + 1 :] + self.keys[:here]
        return next((key for key in others if key not in self.handed_in), None)
