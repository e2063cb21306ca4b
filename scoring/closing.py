"""What the chair looks at before the panel closes: who owes which sheets, which candidates stay below the quorum."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Nomination, Selection
from scoring import judging
from scoring.judging import Strength
from scoring.models import Panel, Seat

BEGUN = {judging.Progress.DRAFT, judging.Progress.HANDED_IN}


@dataclass(frozen=True)
class Owed:
    """``sheets``: juror, no observer -> the candidates without a handed-in sheet, in their order; ``below``: the
    candidates fewer jurors than the quorum have handed in for."""

    sheets: dict[Seat, list[Nomination]]
    below: list[tuple[Nomination, Strength]]
    begun: frozenset[int]
    """The seats with a sheet begun or handed in: jurors who are there."""
    is_needed: bool
    """Whether there is anything to mark and anybody to mark it."""

    @property
    def is_ripe(self) -> bool:
        """Every juror who is there has handed in everything."""
        return bool(self.begun) and self.begun.isdisjoint(seat.pk for seat in self.sheets)


def owed(selection: Selection) -> Owed:
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    seats = list(Seat.objects.counting().with_people().filter(panel__selection=selection))
    nominations = list(judging.marked_nominations(selection))
    states = judging.progress(seats, nominations)
    found = {seat: [each for each in nominations if states[seat.pk, each.pk] in judging.WAITING] for seat in seats}
    strengths = judging.strengths(seats, nominations, states, panel.quorum)
    return Owed(
        sheets={seat: left for seat, left in found.items() if left},
        below=[(each, strengths[each.pk]) for each in nominations if strengths[each.pk].is_below],
        begun=frozenset(seat for (seat, _nomination), how in states.items() if how in BEGUN),
        is_needed=bool(seats) and any(how != judging.Progress.NOBODY_CAME for how in states.values()),
    )
