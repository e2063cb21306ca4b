"""Who owes sheets: when they were last here, and which reminders went to them."""

from dataclasses import dataclass, field

from awards.models import Letter, Selection
from scoring.models import Seat


def reminder_key(seat: Seat, day: str) -> str:
    """One reminder a day for each seat."""
    return f"nudge:{seat.pk}:{day}"


@dataclass(frozen=True)
class LateJuror:
    """``letters`` are the reminders written to the juror, the last one first."""

    seat: Seat
    owed: int
    letters: list[Letter] = field(default_factory=list)


def late_jurors(selection: Selection, due: list[tuple[Seat, int]]) -> list[LateJuror]:
    """Who owes most comes first; one query."""
    people = [seat.user.pk for seat, _owed in due]
    rows = Letter.objects.filter(selection=selection, to__in=people, key__startswith="nudge:").defer("body")
    letters = list(rows.order_by("-created_at", "-pk")) if due else []
    found = [
        LateJuror(seat, owed, [each for each in letters if each.key.startswith(reminder_key(seat, ""))])
        for seat, owed in due
    ]
    return sorted(found, key=lambda one: (-one.owed, one.seat.order))
