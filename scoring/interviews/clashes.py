"""Interviews that cannot be at the same time: one room, one candidate, or a juror needed in two places."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection
from awards.stages import NominationState, Stage
from paritrana.display import formats
from scoring.assignments import rooms
from scoring.models import Interview, Panel, Seat


@dataclass(frozen=True)
class Planned:
    nomination: Nomination
    starts_at: datetime.datetime
    room: str


def slot_of(selection: Selection) -> datetime.timedelta:
    """How long one interview of the selection takes, including changeover."""
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    return datetime.timedelta(minutes=panel.slot_minutes)


def refuse_clashes(selection: Selection, planned: Sequence[Planned]) -> None:
    """Raise ValidationError ``clash``, ``clash-candidate``, ``clash-panel`` or ``clash-juror`` for overlaps.

    They are compared with each other, with other interviews of the selection and with other panels of its members; five
    queries for any number.
    """
    length = slot_of(selection)
    moved = {each.nomination.pk for each in planned}
    others = [each for each in standing(selection) if each.nomination.pk not in moved]
    pairs = [*combinations(planned, 2), *((new, old) for new in planned for old in others)]
    judging = Judging.of(selection)
    for one, other in pairs:
        if abs(one.starts_at - other.starts_at) < length:
            _refuse_pair(selection, one, other, length)
            _refuse_double_booking(selection, one, other, judging)
    _refuse_jurors(selection, planned, length)


def refuse_double_bookings(selection: Selection) -> None:
    """Raise ``clash-panel`` where the present timetable needs a juror in two rooms at once."""
    length, judging = slot_of(selection), Judging.of(selection)
    for one, other in combinations(standing(selection), 2):
        if abs(one.starts_at - other.starts_at) < length:
            _refuse_double_booking(selection, one, other, judging)


def standing(selection: Selection) -> list[Planned]:
    """The interviews as they are planned now."""
    rows = Interview.objects.filter(nomination__selection=selection, nomination__state=NominationState.SHORTLISTED)
    return [Planned(row.nomination, row.starts_at, row.room) for row in rows.select_related("nomination__candidate")]


@dataclass(frozen=True)
class Judging:
    """Who is needed where: by (room in lower case, category) the sub-panel; everywhere else the whole panel."""

    rooms: dict[tuple[str, int], rooms.JudgingRoom]
    names: dict[int, str]
    """Seat -> its person; without observers, who may be anywhere."""

    @classmethod
    def of(cls, selection: Selection) -> Self:
        places = {(room.casefold(), category): who for (room, category), who in rooms.of_places(selection).items()}
        counting = Seat.objects.sitting().filter(panel__selection=selection, is_observer=False).with_people()
        return cls(places, {seat.pk: seat.user.name for seat in counting} if places else {})

    def at(self, planned: Planned) -> frozenset[int] | None:
        """The seats needed; None for the whole panel."""
        found = self.rooms.get((planned.room.casefold(), planned.nomination.category_id))
        return None if found is None else found.seats & self.names.keys()

    def collide(self, one: Planned, other: Planned) -> tuple[bool, list[str]]:
        """Whether both need somebody at once, and the names of those where both have a room of their own."""
        here, there = self.at(one), self.at(other)
        if here is None or there is None:
            return True, []
        return bool(here & there), sorted(self.names[seat] for seat in here & there)


def _refuse_double_booking(selection: Selection, one: Planned, other: Planned, judging: Judging) -> None:
    clashes, names = judging.collide(one, other)
    if not clashes:
        return
    words = _(
        "%(one)s and %(other)s would be heard by the whole panel at the same time (%(at)s). Divide the panel into "
        "rooms first, or choose another time."
    )
    if names:
        words = _("%(names)s would sit in two rooms at the same time (%(at)s): %(one)s and %(other)s.")
    at = formats.moment(max(one.starts_at, other.starts_at), selection.zone_label)
    params = {"one": one.nomination.candidate, "other": other.nomination.candidate, "at": at}
    raise ValidationError(words, code="clash-panel", params=params | {"names": ", ".join(names)})


def _refuse_pair(selection: Selection, one: Planned, other: Planned, length: datetime.timedelta) -> None:
    params = {
        "candidate": other.nomination.candidate,
        "at": formats.moment(other.starts_at, selection.zone_label),
        "minutes": length.total_seconds() // 60,
    }
    if one.room.casefold() == other.room.casefold():
        raise ValidationError(
            _("In this room %(candidate)s is interviewed at %(at)s; an interview takes %(minutes)d minutes."),
            code="clash",
            params=params,
        )
    if one.nomination.candidate_id == other.nomination.candidate_id:
        raise ValidationError(
            _("%(candidate)s has another interview at %(at)s; an interview takes %(minutes)d minutes."),
            code="clash-candidate",
            params=params,
        )


def _refuse_jurors(selection: Selection, planned: Iterable[Planned], length: datetime.timedelta) -> None:
    """The message does not name the other panel, only that the juror is busy."""
    seats = Seat.objects.sitting().filter(panel__selection=selection)
    elsewhere = list(
        Seat.objects.sitting()
        .filter(appointment__user__in=seats.values("appointment__user"))
        .exclude(panel__selection=selection)
        .select_related("panel", "appointment__user")
    )
    if not elsewhere:
        return
    held = Interview.objects.filter(
        nomination__selection__in={seat.panel.selection_id for seat in elsewhere},
        nomination__selection__stage__in=[Stage.VERIFICATION, Stage.INTERVIEW],
        nomination__state=NominationState.SHORTLISTED,
    ).values_list("nomination__selection", "starts_at")
    taken: dict[int, list[datetime.datetime]] = {}
    for other, starts_at in held:
        taken.setdefault(other, []).append(starts_at)
    for seat in elsewhere:
        theirs = datetime.timedelta(minutes=seat.panel.slot_minutes)
        for start in taken.get(seat.panel.selection_id, []):
            for each in planned:
                if each.starts_at < start + theirs and start < each.starts_at + length:
                    raise ValidationError(
                        _("%(name)s sits in another panel at %(at)s."),
                        code="clash-juror",
                        params={"name": seat.user, "at": formats.moment(start, selection.zone_label)},
                    )
