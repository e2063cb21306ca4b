"""Before the plenary is opened, its review says what the panel would leave behind."""

import pytest
from django.urls import reverse

from awards.models import Role
from awards.stages import NominationState, Stage
from scoring.models import Conflict, Interview, Panel, ScoreSheet, Seat
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    b.rubric(b.category())
    return b.selection(Stage.INTERVIEW)


def seat(selection, order):
    panel = Panel.objects.get_or_create(selection=selection)[0]
    user = b.appointed(Role.JUROR, selection)
    return Seat.objects.create(panel=panel, appointment=user.appointments.get(), element="", order=order)


def unfinished(client, selection):
    client.force_login(b.committee(selection))
    page = client.get(reverse("selection-open-next", args=[selection.slug]))
    return [(row["code"], row["count"]) for row in page.context["unfinished"]]


def test_open_sheets_and_unrecorded_attendance_are_counted(client, selection):
    judged = b.nomination(selection, b.regency("51.01"), NominationState.SHORTLISTED)
    other = b.nomination(selection, b.regency("51.02", "Kabupaten Tabanan"), NominationState.SHORTLISTED)
    first, second = seat(selection, 1), seat(selection, 2)
    secretary = b.person()
    ScoreSheet.objects.create(seat=first, nomination=judged, submitted_at="2024-03-01T00:00Z", submitted_by=first.user)
    Conflict.objects.create(seat=second, nomination=judged, kind="abstention", reason="x", declared_by=second.user)
    Interview.objects.create(
        nomination=judged,
        starts_at="2024-03-01T00:00Z",
        attended="kepala",
        attendance_at="2024-03-01T00:00Z",
        attendance_by=secretary,
    )

    assert unfinished(client, selection) == [("panel-open", 1), ("sheets-open", 2), ("attendance-open", 1)]
    assert other.state == NominationState.SHORTLISTED


def test_before_the_interviews_the_panel_owes_nothing(client, selection):
    type(selection).objects.update(stage=Stage.VERIFICATION)
    selection.refresh_from_db()
    b.nomination(selection, b.regency("51.01"), NominationState.SHORTLISTED)
    seat(selection, 1)

    assert unfinished(client, selection) == []
