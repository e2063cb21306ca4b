"""The timetable of a selection: planned in drawn or given order, reordered, shifted, published."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.assignments import rooms
from scoring.interviews import slots as interview_slots
from scoring.interviews.clashes import Judging, Planned, refuse_clashes, slot_of
from scoring.interviews.published_days import within_days
from scoring.interviews.slots import Slot
from scoring.models import Draw, Interview, Panel
from scoring.permissions import hold

LONGEST_SHIFT = 240
WITH_NAMES = frozenset({Permission.SCHEDULE, Permission.RECORD_ATTENDANCE, Permission.SCORE, Permission.SEE_PROGRESS})
"""Whoever may do one of these sees the timetable with names."""


def key_of(nomination: Nomination) -> str:
    """The key of a candidate in the draw: category, region code and name. Needs both relations loaded."""
    return f"{nomination.category.slug}/{nomination.candidate.region.code}/{nomination.candidate.name}"


def on_the_list(selection: Selection) -> list[Nomination]:
    rows = Nomination.objects.filter(selection=selection).on_interview_list()
    return list(rows.select_related("category", "candidate__region", "interview"))


def in_time(selection: Selection) -> QuerySet[Interview]:
    """All scheduled interviews of the shortlist in order of time."""
    listed = Nomination.objects.filter(selection=selection).on_interview_list()
    return Interview.objects.filter(nomination__in=listed).order_by("starts_at", "room", "pk")


def scheduled(selection: Selection) -> QuerySet[Interview]:
    """The same with the names of their candidates and categories."""
    return in_time(selection).select_related("nomination__candidate", "nomination__category")


def fingerprint(selection: Selection) -> str:
    """A hash of the timetable, to detect that it changed since it was shown."""
    rows = Interview.objects.filter(nomination__selection=selection).order_by("pk")
    listed = list(Nomination.objects.filter(selection=selection).on_interview_list().values_list("pk", flat=True))
    shown = [listed, list(rows.values_list("nomination", "version"))]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def ordered(nominations: Sequence[Nomination], seed: str) -> list[Nomination]:
    """In the order drawn from the seed; in list order without a seed."""
    if not seed:
        return list(nominations)
    place = {key: number for number, key in enumerate(interview_slots.drawn(seed, map(key_of, nominations)))}
    return sorted(nominations, key=lambda each: (place[key_of(each)], each.pk))


def proposed(selection: Selection, slots: Sequence[Slot], seed: str) -> list[Planned]:
    """The proposed slot of each candidate; held interviews keep theirs. Raises ``too-few-slots``."""
    listed = on_the_list(selection)
    length = slot_of(selection)
    taken = [Planned(each, each.interview.starts_at, each.interview.room) for each in listed if _is_held(each)]
    waiting = ordered([each for each in listed if not _is_held(each)], seed)
    judging = Judging.of(selection)
    planned: list[Any] = []
    for each in waiting:
        offered = [Planned(each, slot.starts_at, slot.room) for slot in slots]
        free = [one for one in offered if judging.at(one) is not None] or offered
        chosen = next((one for one in free if not _is_in_the_way(one, taken, judging, length)), None)
        if chosen is None:
            raise ValidationError(
                _("%(candidates)d candidates need a slot; %(slots)d have one. Add a day, time, or a room with jurors."),
                code="too-few-slots",
                params={"candidates": len(waiting), "slots": len(planned)},
            )
        planned.append(chosen)
        taken.append(chosen)
    return planned


def _is_held(nomination: Nomination) -> bool:
    return hasattr(nomination, "interview") and nomination.interview.attendance_at is not None


def _is_in_the_way(one: Planned, taken: list[Planned], judging: Judging, length: datetime.timedelta) -> bool:
    """Whether the room is taken then, or a juror needed there is in another interview."""
    meanwhile = (other for other in taken if abs(one.starts_at - other.starts_at) < length)
    return any(one.room.casefold() == other.room.casefold() or judging.collide(one, other)[0] for other in meanwhile)


@transaction.atomic
def plan(
    selection: Selection,
    slots: Sequence[Slot],
    *,
    seed: str = "",
    seed_source: str = "",
    seen: str,
    by: User,
    off_calendar: str = "",
) -> Draw | None:
    """Schedule every candidate not interviewed yet; with a seed the order is drawn and the draw stored.

    ``seen`` is the fingerprint of the timetable the person saw, ``off_calendar`` the reason for moments outside the
    published days. ValidationError: ``changed``, ``too-few-slots``, ``no-source``, ``outside-days`` and the codes of
    ``refuse_clashes``.
    """
    held = _look_again(selection, seen, by)
    if seed and not seed_source:
        raise ValidationError(_("Say where the seed was published, so that it can be checked."), code="no-source")
    planned = proposed(held, slots, seed)
    known = within_days(held, [each.starts_at for each in planned], off_calendar)
    _write(held, planned)
    panel, _made = Panel.objects.get_or_create(selection=held)
    detail = {"slots": _slot_rows(planned), "seed": seed, "seed_source": seed_source}
    trail.record(by, "interview.draw" if seed else "interview.schedule", panel, after=detail, **known)
    if not seed:
        return None
    keys = [key_of(each.nomination) for each in planned]
    return Draw.objects.create(panel=panel, seed=seed, seed_source=seed_source, keys=keys, drawn_by=by)


@transaction.atomic
def reorder(selection: Selection, nomination: Nomination, *, to: int, seen: str, by: User) -> None:
    """Move one candidate to another position (from 0); the slots stay, those between move up or down.

    ValidationError: ``changed``, ``held`` for an interview that took place, ``no-such-place`` and clashes.
    """
    held = _look_again(selection, seen, by)
    movable = [each for each in scheduled(held) if each.attendance_at is None]
    moving = next((each for each in movable if each.nomination_id == nomination.pk), None)
    if moving is None:
        raise ValidationError(_("This interview has taken place and is not moved any more."), code="held")
    if not 0 <= to < len(movable):
        raise ValidationError(_("There is no such place in the rundown."), code="no-such-place")
    slots = [Slot(each.starts_at, each.room) for each in movable]
    turned = [each for each in movable if each is not moving]
    turned.insert(to, moving)
    planned = [
        Planned(each.nomination, slot.starts_at, slot.room)
        for each, slot in zip(turned, slots, strict=True)
        if (each.starts_at, each.room) != (slot.starts_at, slot.room)
    ]
    before = _slot_rows([Planned(each.nomination, each.starts_at, each.room) for each in movable])
    _write(held, planned)
    trail.record(by, "interview.reorder", moving, before=before, after=_slot_rows(planned))


@transaction.atomic
def shift(first: Interview, *, minutes: int, every_room: bool, reason: str, seen: str, by: User) -> int:
    """Shift this interview and those after it that day, in its room or in all rooms; returns how many.

    ``minutes`` may be negative. ValidationError: ``changed``, ``held``, ``no-shift`` and clashes.
    """
    selection = _look_again(first.nomination.selection, seen, by)
    if not minutes or abs(minutes) > LONGEST_SHIFT:
        raise ValidationError(_("Shift by 1 to %(most)d minutes."), code="no-shift", params={"most": LONGEST_SHIFT})
    if first.attendance_at is not None:
        raise ValidationError(_("This interview has taken place and is not moved any more."), code="held")
    zone, by_minutes = selection.tzinfo, datetime.timedelta(minutes=minutes)
    rest = [
        each
        for each in scheduled(selection)
        if each.attendance_at is None
        and each.starts_at >= first.starts_at
        and each.starts_at.astimezone(zone).date() == first.starts_at.astimezone(zone).date()
        and (every_room or each.room.casefold() == first.room.casefold())
    ]
    within_days(selection, [each.starts_at + by_minutes for each in rest], reason)
    _write(selection, [Planned(each.nomination, each.starts_at + by_minutes, each.room) for each in rest])
    detail = {"minutes": minutes, "reason": reason, "from": first.starts_at, "every_room": every_room}
    trail.record(by, "interview.shift", first, **detail, interviews=[each.pk for each in rest])
    return len(rest)


@transaction.atomic
def publish(selection: Selection, *, by: User, is_public: bool) -> None:
    """Publish times and rooms, without names; or withdraw them."""
    held = hold(selection, Permission.SCHEDULE, by)
    panel, _made = Panel.objects.get_or_create(selection=held)
    at, who = (timezone.now(), by) if is_public else (None, None)
    changed = Panel.objects.filter(pk=panel.pk, rundown_published_at__isnull=is_public)
    if changed.update(rundown_published_at=at, rundown_published_by=who):
        trail.record(by, "interview.publish" if is_public else "interview.withhold", panel)


def _look_again(selection: Selection, seen: str, by: User) -> Selection:
    held = hold(selection, Permission.SCHEDULE, by)
    if seen != fingerprint(held):
        raise ValidationError(_("The rundown changed since you looked at it. Please look again."), code="changed")
    return held


def _write(selection: Selection, typed: Sequence[Planned]) -> None:
    refuse_clashes(selection, typed)
    known_as = {room: rooms.spelled(selection, room) for room in {each.room for each in typed}}
    planned = [replace(each, room=known_as[each.room]) for each in typed]
    known = {row.nomination_id: row for row in Interview.objects.filter(nomination__in=[p.nomination for p in planned])}
    with rooms.marks_stand(selection):
        for each in planned:
            row = known.get(each.nomination.pk)
            if row is None:
                Interview.objects.create(nomination=each.nomination, starts_at=each.starts_at, room=each.room)
            elif (row.starts_at, row.room) != (each.starts_at, each.room):
                moved = {"starts_at": each.starts_at, "room": each.room, "version": F("version") + 1}
                Interview.objects.filter(pk=row.pk).update(**moved)


def _slot_rows(planned: Sequence[Planned]) -> list[list[str]]:
    return [[str(each.nomination), each.starts_at.isoformat(), each.room] for each in planned]
