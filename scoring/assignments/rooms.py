"""Which candidates a sub-panel judges instead of the whole panel, and whom each juror therefore does not judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import Selection
from scoring.models import Interview, ScoreSheet, Seat, SubPanel
from scoring.models.rooms import in_another_room


@dataclass(frozen=True)
class JudgingRoom:
    """The sub-panel of a room for one category; ``seats`` are keys."""

    name: str
    quorum: int
    seats: frozenset[int]


def of_nominations(selection: Selection | int) -> dict[int, JudgingRoom]:
    """Nomination -> the room that judges it; without those of the whole panel.

    One query, and a second one where the panel has rooms.
    """
    found = of_places(selection)
    if not found:
        return {}
    held = Interview.objects.filter(nomination__selection=selection, room__in={room for room, _category in found})
    rows = held.order_by().values_list("nomination", "room", "nomination__category")
    return {key: found[room, category] for key, room, category in rows if (room, category) in found}


def of_places(selection: Selection | int) -> dict[tuple[str, int], JudgingRoom]:
    """(room, category) -> who judges there."""
    rows = SubPanel.objects.filter(panel__selection=selection).order_by()
    quorums: dict[tuple[str, int], int] = {}
    seats: dict[tuple[str, int], set[int]] = defaultdict(set)
    for room, category, quorum, seat in rows.values_list("room", "category", "quorum", "seats"):
        quorums[room, category] = quorum
        seats[room, category] |= {seat} - {None}
    return {key: JudgingRoom(key[0], quorum, frozenset(seats[key])) for key, quorum in quorums.items()}


@contextmanager
def marks_stand(selection: Selection) -> Iterator[None]:
    """Around a change of rooms or of the timetable: refuses (``marks-stand``) one by which a sheet that was handed in
    would begin or cease to count."""
    before = _counting(selection)
    yield
    if _counting(selection) != before:
        raise ValidationError(
            _("Sheets were handed in for candidates this would give to other jurors. The chair reopens them first."),
            code="marks-stand",
        )


def _counting(selection: Selection) -> set[int]:
    sheets = ScoreSheet.objects.submitted().filter(~in_another_room("seat", "nomination__"))
    return set(sheets.filter(nomination__selection=selection).order_by().values_list("pk", flat=True))


def spelled(selection: Selection | int, typed: str) -> str:
    """A room as its sub-panels spell it, without regard to case; otherwise as typed."""
    room = " ".join(typed.split())
    known = {name.casefold(): name for name, _category in of_places(selection)}
    return known.get(room.casefold(), room)


def elsewhere(selection: Selection | int, seats: Iterable[Seat]) -> set[tuple[int, int]]:
    """(seat, nomination): the candidates another room judges, for each of these seats."""
    sitting = [seat.pk for seat in seats]
    judged = of_nominations(selection).items()
    return {(seat, nomination) for nomination, room in judged for seat in sitting if seat not in room.seats}
