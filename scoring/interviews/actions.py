"""One interview: its time and place, the attendance, the minutes."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination
from awards.stages import NominationState, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.assignments import rooms
from scoring.assignments.criteria import criteria_in_force
from scoring.edit_conflicts import EditConflict
from scoring.interviews.clashes import Planned, refuse_clashes
from scoring.interviews.published_days import after_its_start, within_days
from scoring.models import Attendee, Conflict, Interview, Minutes, Seat
from scoring.permissions import hold
from scoring.standings import store

Attendees = Sequence[tuple[str, str]]


@transaction.atomic
def schedule(
    nomination: Nomination,
    *,
    starts_at: datetime.datetime,
    room: str,
    version: int,
    by: User,
    off_calendar: str = "",
) -> Interview:
    """Set time and place; ``version`` is 0 when nothing is scheduled yet.

    ``off_calendar`` is the reason for a moment outside the published days. Raises ValidationError
    (``not-on-the-list``, ``outside-days`` and the codes of ``refuse_clashes``) and EditConflict.
    """
    selection = hold(nomination.selection, Permission.SCHEDULE, by)
    _require_on_the_list(nomination)
    room = rooms.spelled(selection, room)
    known = within_days(selection, [starts_at], off_calendar)
    refuse_clashes(selection, [Planned(nomination, starts_at, room)])
    with rooms.marks_stand(selection):
        interview, is_new = Interview.objects.get_or_create(
            nomination=nomination, defaults={"starts_at": starts_at, "room": room}
        )
        before = None if is_new else {"starts_at": interview.starts_at, "room": interview.room}
        if not is_new and not Interview.objects.filter(pk=interview.pk, version=version).update(
            starts_at=starts_at, room=room, version=F("version") + 1
        ):
            raise EditConflict(interview)
    after = {"starts_at": starts_at, "room": room}
    trail.record(by, "interview.schedule", interview, before=before, after=after, **known)
    return interview


@transaction.atomic
def record_attendance(
    interview: Interview,
    *,
    level: str,
    is_online: bool,
    version: int,
    by: User,
    attendees: Attendees = (),
    off_calendar: str = "",
) -> None:
    """Record the attendance level by the rubric, and the accompanying officials as (name, office).

    ``off_calendar`` is the reason for recording it before the interview. Raises ValidationError and EditConflict.
    """
    selection = hold(interview.nomination.selection, Permission.RECORD_ATTENDANCE, by)
    _require_on_the_list(interview.nomination)
    _require_no_conflict(interview, by)
    known = after_its_start(interview, selection, off_calendar)
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
        raise EditConflict(Interview.objects.get(pk=interview.pk))
    before = {"attended": interview.attended, "is_online": interview.is_online, "with": named(interview)}
    after = {"attended": level, "is_online": is_online, "with": [list(each) for each in attendees]}
    interview.attendees.all().delete()
    Attendee.objects.bulk_create(Attendee(interview=interview, name=name, office=office) for name, office in attendees)
    trail.record(by, "interview.attendance", interview, before=before, after=after, **known)
    store.refresh(selection)


@transaction.atomic
def write_minutes(interview: Interview, *, text: str, version: int, by: User) -> Minutes:
    """Save the minutes of an interview; ``version`` is 0 for the first time.

    Raises ValidationError and EditConflict.
    """
    hold(interview.nomination.selection, Permission.RECORD_ATTENDANCE, by)
    _require_no_conflict(interview, by)
    if not text.strip():
        raise ValidationError(_("Minutes without a word are none."), code="no-text")
    minutes, is_new = Minutes.objects.get_or_create(
        interview=interview, defaults={"text": text.strip(), "written_by": by}
    )
    before = None if is_new else minutes.text
    if not is_new and not Minutes.objects.filter(pk=minutes.pk, version=version).update(
        text=text.strip(), written_by=by, written_at=timezone.now(), version=F("version") + 1
    ):
        raise EditConflict(minutes)
    trail.record(by, "interview.minutes", minutes, before=before, after=text.strip())
    minutes.refresh_from_db()
    return minutes


def named(interview: Interview) -> list[list[str]]:
    """The accompanying officials: [name, office], in the order recorded."""
    return [list(each) for each in interview.attendees.values_list("name", "office")]


def _require_no_conflict(interview: Interview, by: User) -> None:
    """Panel members with a conflict of interest write nothing about the candidate."""
    if Conflict.objects.filter(seat__in=Seat.objects.of(by), nomination=interview.nomination_id).exists():
        raise ValidationError(_("You keep out of this candidate."), code="conflict")


def _require_on_the_list(nomination: Nomination) -> None:
    """Checked in the database again, since the state may have changed since the page was loaded."""
    if not Nomination.objects.filter(pk=nomination.pk, state=NominationState.SHORTLISTED).exists():
        raise ValidationError(_("This nomination is not on the interview list."), code="not-on-the-list")
