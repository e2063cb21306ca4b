"""Interviews keep to the published days, and attendance to its interview; otherwise a reason stays in the trail."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import StageDate
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.interviews import actions, scheduling
from scoring.models import Interview
from tests.refusals import refused
from tests.scoring.interviews.rundown import MINUTES, NINE, four_to_hear, plan

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WHY = {"off_calendar": "Bupati hanya dapat hari itu"}


@pytest.fixture
def held():
    """The interviews are published for the day of ``NINE``."""
    made = four_to_hear()
    dates = {"opens_at": NINE, "closes_at": NINE + 8 * 60 * MINUTES}
    StageDate.objects.create(selection=made.selection, stage=Stage.INTERVIEW, **dates)
    return made


def put(held, at, **why):
    return actions.schedule(held.nominations[0], starts_at=at, room="A", version=0, by=held.by, **why)


def reasons(verb):
    return [event.detail.get("off_calendar") for event in AuditEvent.objects.filter(verb=verb)]


@pytest.mark.parametrize("at", [NINE - MINUTES, NINE + 8 * 60 * MINUTES, NINE.replace(year=2020)])
def test_an_interview_outside_the_published_days_takes_a_reason(held, at):
    refused("outside-days", put, held, at)
    assert not Interview.objects.exists()

    put(held, at, **WHY)

    assert reasons("interview.schedule") == [WHY["off_calendar"]]


@pytest.mark.parametrize("at", [NINE, NINE + (8 * 60 - 1) * MINUTES])
def test_within_the_published_days_none_is_asked(held, at):
    put(held, at)

    assert reasons("interview.schedule") == [None]


def test_a_timetable_and_a_shift_keep_to_the_days_as_well(held):
    refused("outside-days", plan, held, 0, 35, 70, 500)
    plan(held, 0, 35, 70, 105)
    seen = scheduling.fingerprint(held.selection)
    first = Interview.objects.order_by("starts_at").first()
    how = {"minutes": -30, "every_room": True, "seen": seen, "by": held.by}

    refused("outside-days", scheduling.shift, first, reason=" ", **how)
    assert scheduling.shift(first, reason="Mulai lebih awal", **how) == 4


def test_attendance_is_not_recorded_before_the_interview_without_a_reason(held):
    StageDate.objects.all().delete()
    interview = put(held, timezone.now() + DAY)
    came = {"level": "head", "is_online": False, "version": 1, "by": held.by}

    refused("not-yet", actions.record_attendance, interview, **came)
    actions.record_attendance(interview, **came, off_calendar="Wawancara dimajukan")

    assert reasons("interview.attendance") == ["Wawancara dimajukan"]


def test_the_page_asks_for_the_reason_where_it_is_needed_and_keeps_what_was_typed(client, held):
    client.force_login(held.by)
    url = reverse("interview-schedule", args=[held.selection.slug, held.nominations[0].pk])
    typed = {"version": 0, "day": "2020-01-05", "clock": "09:00", "room": "A"}
    assert client.get(url).context["form"]["off_calendar"].is_hidden

    form = client.post(url, typed).context["form"]
    done = client.post(url, typed | WHY)

    assert (form["off_calendar"].is_hidden, form.has_error("off_calendar", "outside-days")) == (False, True)
    assert form["room"].value() == "A"
    assert done.status_code == 302
