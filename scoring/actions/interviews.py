"""Holding interviews: when, where, and who came."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination, Selection
from awards.stages import NominationState, Permission
from paritrana import formats
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.actions.versions import Overtaken
from scoring.judging import criteria_in_force
from scoring.models import Interview, Panel
from scoring.permissions import hold


@transaction.atomic
def schedule(nomination: Nomination, *, starts_at: datetime.datetime, room: str, version: int, by: User) -> Interview:
    """Set when and where; ``version`` 0 when nothing is scheduled yet.

    Raises ValidationError (``not-on-the-list``, ``clash``) and Overtaken.
    """
    selection = hold(nomination.selection, Permission.SCHEDULE, by)
    _require_on_the_list(nomination)
    room = " ".join(room.split())
    _refuse_clash(selection, nomination, starts_at, room)
    interview, is_new = Interview.objects.get_or_create(
        nomination=nomination, defaults={"starts_at": starts_at, "room": room}
    )
    before = None if is_new else {"starts_at": interview.starts_at, "room": interview.room}
    if not is_new and not Interview.objects.filter(pk=interview.pk, version=version).update(
        starts_at=starts_at, room=room, version=F("version") + 1
    ):
        raise Overtaken(interview)
    trail.record(by, "interview.schedule", interview, before=before, after={"starts_at": starts_at, "room": room})
    return interview


@transaction.atomic
def record_attendance(interview: Interview, *, level: str, is_online: bool, version: int, by: User) -> None:
    """Record who came, as a level of the rubric's attendance criterion. Raises ValidationError and Overtaken."""
    selection = hold(interview.nomination.selection, Permission.RECORD_ATTENDANCE, by)
    _require_on_the_list(interview.nomination)
    criteria = criteria_in_force(selection, Criterion.Kind.ATTENDANCE).get(interview.nomination.category_id, [])
    if not any(criterion.level(level) for criterion in criteria):
        raise ValidationError(_("The rubric knows no such attendance."), code="unknown-level")
    moved = Interview.objects.filter(pk=interview.pk, version=version).update(
        attended=level,
        is_online=is_online,
        attendance_at=timezone.now(),
        attendance_by=by,
        version=F("version") + 1,
    )
    if not moved:
        raise Overtaken(Interview.objects.get(pk=interview.pk))
    trail.record(
        by,
        "interview.attendance",
        interview,
        before={"attended": interview.attended, "is_online": interview.is_online},
        after={"attended": level, "is_online": is_online},
    )
    standings.refresh(selection)


def slot_of(selection: Selection) -> datetime.timedelta:
    """How long one interview of the selection takes, changeover included."""
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    return datetime.timedelta(minutes=panel.slot_minutes)


def _require_on_the_list(nomination: Nomination) -> None:
    """Asked of the database again: the state may have moved since the page was made."""
    if not Nomination.objects.filter(pk=nomination.pk, state=NominationState.SHORTLISTED).exists():
        raise ValidationError(_("This nomination is not on the interview list."), code="not-on-the-list")


def _refuse_clash(selection: Selection, nomination: Nomination, starts_at: datetime.datetime, room: str) -> None:
    slot = slot_of(selection)
    near = Interview.objects.filter(
        nomination__selection=selection,
        nomination__state=NominationState.SHORTLISTED,
        room__iexact=room,
        starts_at__gt=starts_at - slot,
        starts_at__lt=starts_at + slot,
    ).exclude(nomination=nomination)
    other = near.select_related("nomination__candidate").first()
    if other:
        raise ValidationError(
            _("In this room %(candidate)s is interviewed at %(at)s; an interview takes %(minutes)d minutes."),
            code="clash",
            params={
                "candidate": other.nomination.candidate,
                "at": formats.moment(other.starts_at, selection.zone_label),
                "minutes": slot.total_seconds() // 60,
            },
        )
