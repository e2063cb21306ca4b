"""What the chair looks at before the panel closes: who owes which sheets, which candidates stay below the quorum."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Nomination, Selection
from scoring import judging
from scoring.judging import Strength
from scoring.models import Panel, Seat


@dataclass(frozen=True)
class Owed:
    """``sheets``: juror, no observer -> the candidates without a handed-in sheet, in their order; ``below``: the
    candidates fewer jurors than the quorum have handed in for."""

    sheets: dict[Seat, list[Nomination]]
    below: list[tuple[Nomination, Strength]]


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
    )
