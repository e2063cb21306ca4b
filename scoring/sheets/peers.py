"""The marks of the other members, as far as the panel's rule lets a member see them."""

from dataclasses import dataclass

from awards.models import Criterion, Nomination
from awards.stages import Stage
from scoring.assignments.criteria import marked_criteria
from scoring.assignments.workload import Workload
from scoring.models import Conflict, Panel, ScoreSheet, Seat
from scoring.models.rooms import in_another_room
from scoring.sheets.entries import Value, held, mark_box

Visibility = Panel.Visibility
_CLOSED = frozenset({Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED})


def are_open(seat: Seat, own: Workload) -> bool:
    """Whether this member may see the others' marks now: by the panel's rule, the stage, and the own sheets."""
    panel = seat.panel
    if panel.visibility == Visibility.OWN:
        return False
    if panel.selection.stage in _CLOSED:
        return True
    return panel.visibility == Visibility.AFTER_OWN and own.is_done


@dataclass(frozen=True)
class PeerMarks:
    name: str
    marks: list[Value]


def marks_of_others(seat: Seat, nomination: Nomination) -> tuple[list[Criterion], list[PeerMarks]]:
    """The criteria, and per other member, in the order of seats, the handed-in marks (hundredths)."""
    criteria = marked_criteria(nomination)
    kept_out = Conflict.objects.filter(nomination=nomination).values("seat")
    handed_in = (
        ScoreSheet.objects.submitted()
        .filter(nomination=nomination, seat__panel=seat.panel, seat__appointment__ended_at=None)
        .exclude(seat__in=kept_out)
        .exclude(seat=seat)
        .filter(~in_another_room("seat", "nomination__"))
        .select_related("seat__appointment__user")
        .order_by("seat__order")
    )
    found = []
    for sheet in handed_in:
        values = held(sheet)
        found.append(PeerMarks(str(sheet.seat.user), [values.get(mark_box(each.pk)) for each in criteria]))
    return criteria, found
