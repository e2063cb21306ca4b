"""Sub-panels: which members judge in which room, category by category, each with its own quorum."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from awards.models import Category, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.assignments import rooms
from scoring.edit_conflicts import EditConflict
from scoring.interviews.clashes import refuse_double_bookings
from scoring.models import Interview, Panel, Seat, SubPanel
from scoring.permissions import hold, panel_closed_message
from scoring.standings import store


@dataclass(frozen=True)
class RoomPlan:
    """One room as typed: the same jurors and quorum for each of these categories."""

    room: str
    categories: Sequence[Category]
    seats: Sequence[Seat]
    quorum: int


@transaction.atomic
def set_room(selection: Selection, plan: RoomPlan, *, version: int, by: User) -> None:
    """Give these categories of a room to these jurors; other categories of the room stay as they are.

    Raises EditConflict, and ValidationError: ``no-room``, ``no-category``, ``no-jurors``, ``too-few`` for a quorum
    beyond the jurors, ``closed``, ``marks-stand``, and ``clash-panel`` where a juror would hear two at once.
    """
    held, panel = _held(selection, version, by)
    room = _spelled(held, plan.room)
    _require_whole(room, plan)
    before = as_recorded(panel)
    with rooms.marks_stand(held):
        panel.sub_panels.filter(room=room, category__in=plan.categories).delete()
        for category in plan.categories:
            made = SubPanel.objects.create(panel=panel, room=room, category=category, quorum=plan.quorum)
            made.seats.set(plan.seats)
    _finish(held, panel, before, by)


@transaction.atomic
def drop(sub_panel: SubPanel, *, version: int, by: User) -> None:
    """The whole panel judges there again. Raises EditConflict, and ValidationError ``closed``, ``clash-panel``."""
    held, panel = _held(sub_panel.panel.selection, version, by)
    before = as_recorded(panel)
    with rooms.marks_stand(held):
        panel.sub_panels.filter(pk=sub_panel.pk).delete()
    _finish(held, panel, before, by)


def _held(selection: Selection, version: int, by: User) -> tuple[Selection, Panel]:
    held = hold(selection, Permission.MANAGE_PANEL, by)
    panel = Panel.objects.get_or_create(selection=held)[0]
    if panel.closed_at is not None:
        raise ValidationError(panel_closed_message(), code="closed")
    if not Panel.objects.filter(pk=panel.pk, version=version).update(version=F("version") + 1):
        raise EditConflict(panel)
    return held, panel


def _finish(selection: Selection, panel: Panel, before: list[dict[str, object]], by: User) -> None:
    refuse_double_bookings(selection)
    trail.record(by, "panel.rooms", panel, before=before, after=as_recorded(panel))
    store.refresh(selection)


def _spelled(selection: Selection, typed: str) -> str:
    """The room as known, or as typed; interviews that spell it otherwise follow."""
    room = rooms.spelled(selection, typed)
    planned = Interview.objects.filter(nomination__selection=selection)
    spellings = {one for one in planned.values_list("room", flat=True) if one.casefold() == room.casefold()}
    planned.filter(room__in=spellings - {room}).update(room=room, version=F("version") + 1)
    return room


def _require_whole(room: str, plan: RoomPlan) -> None:
    if not room:
        raise ValidationError(_("Name the room."), code="no-room")
    if not plan.categories:
        raise ValidationError(_("Choose the categories that are heard in this room."), code="no-category")
    counting = [seat for seat in plan.seats if not seat.is_observer]
    if not counting:
        raise ValidationError(_("Choose the jurors of this room."), code="no-jurors")
    if len(counting) < plan.quorum:
        raise ValidationError(
            _("The quorum of %(quorum)d is beyond the %(count)d jurors of this room."),
            code="too-few",
            params={"quorum": plan.quorum, "count": len(counting)},
        )


def pass_on(former: Seat, successor: Seat) -> None:
    """A substitute judges in the rooms of the member replaced."""
    for one in former.sub_panels.all():
        one.seats.add(successor)


def as_recorded(panel: Panel) -> list[dict[str, object]]:
    return [
        {
            "room": one.room,
            "category": one.category.slug,
            "quorum": one.quorum,
            "seats": sorted(seat.order for seat in one.seats.all()),
        }
        for one in panel.sub_panels.select_related("category").prefetch_related("seats")
    ]
