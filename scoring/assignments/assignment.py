"""What one seat has to score, read once per request, and one nomination of it."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, F, OuterRef

from awards.models import Criterion, Selection
from paritrana.accounts.models import User
from scoring.assignments.criteria import AskedCriteria, criteria_in_force, marked_unordered
from scoring.models import AssistantDeclaration, Conflict, Declaration, Interview, Seat
from scoring.models.rooms import in_another_room

SheetNomination = Any
"""A ``Nomination`` with the attributes that ``Assignment.nomination`` adds."""


@dataclass(frozen=True)
class Assignment:
    """A seat, its selection, the criteria per category, and the nominations it does not judge: those the juror has a
    conflict of interest in, and those of other rooms."""

    seat: Seat
    selection: Selection
    asked: AskedCriteria
    kept_out: frozenset[int]

    @classmethod
    def of(cls, seat: Seat, selection: Selection | None = None) -> Self:
        """``selection`` replaces the one loaded with the seat, where it was read again under a lock."""
        selection = seat.panel.selection if selection is None else selection
        own = Conflict.objects.filter(seat_id=seat.pk).order_by().values_list("nomination_id", flat=True)
        held = Interview.objects.filter(in_another_room(seat.pk, "nomination__"), nomination__selection=selection)
        out = own.union(held.order_by().values_list("nomination_id", flat=True))
        return cls(seat, selection, criteria_in_force(selection, Criterion.Kind.MARK), frozenset(out))

    def nomination(self, key: int, by: User) -> SheetNomination:
        """One nomination the panel scores, with the fields a sheet shows and the declarations about it.

        ``attended`` is the attendance level recorded; ``keeps_out``: the juror, or the assistant who asks, has a
        conflict of interest, or another room judges it; ``is_declared``: the juror, and an assistant who asks, has
        declared that there is none.
        """
        rows = marked_unordered(self.selection, self.asked).filter(pk=key).select_related("category", "candidate")
        shown = rows.only("selection", "category__name", "candidate__name", "candidate__region")
        declared = Exists(Declaration.objects.filter(seat_id=self.seat.pk, nomination=OuterRef("pk")))
        with_facts = shown.annotate(attended=F("interview__attended"), is_declared=declared)
        found: SheetNomination = next(iter(with_facts), None)
        if found is None:
            return None
        has_conflict = False if by == self.seat.user else assistant_conflicts(self.seat, by).get(key)
        found.keeps_out = bool(has_conflict) or key in self.kept_out
        found.is_declared = found.is_declared and has_conflict is not None
        found.selection = self.selection
        return found


@dataclass(frozen=True)
class AssignedNomination:
    """One nomination of an assignment, without its seat."""

    assignment: Assignment
    nomination: SheetNomination

    @property
    def seat(self) -> Seat:
        return self.assignment.seat

    @property
    def criteria(self) -> list[Criterion]:
        return self.assignment.asked[self.nomination.category_id]


def assistant_conflicts(seat: Seat, user: User) -> dict[int, bool]:
    """Nomination -> whether this assistant has a conflict of interest, for those with a declaration."""
    declarations = AssistantDeclaration.objects.filter(seat=seat, declared_by=user)
    return dict(declarations.order_by().values_list("nomination_id", "keeps_out"))
