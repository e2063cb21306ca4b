"""Interviews that cannot be at the same time: one room, one candidate, or a juror of two panels."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection
from awards.stages import NominationState, Stage
from paritrana.display import formats
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
    """Raise ValidationError ``clash``, ``clash-candidate`` or ``clash-juror`` for interviews that overlap.

    They are compared with each other, with other interviews of the selection and with other panels of its members; four
    queries for any number.
    """
    length = slot_of(selection)
    moved = {each.nomination.pk for each in planned}
    standing = Interview.objects.filter(
        nomination__selection=selection, nomination__state=NominationState.SHORTLISTED
    ).exclude(nomination__in=moved)
    others = [
        Planned(row.nomination, row.starts_at, row.room) for row in standing.select_related("nomination__candidate")
    ]
    pairs = [*combinations(planned, 2), *((new, old) for new in planned for old in others)]
    for one, other in pairs:
        if abs(one.starts_at - other.starts_at) < length:
            _refuse_pair(selection, one, other, length)
    _refuse_jurors(selection, planned, length)


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
