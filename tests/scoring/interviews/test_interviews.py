"""Scheduling interviews and recording who came."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import Role
from awards.stages import NominationState, Stage
from scoring.edit_conflicts import EditConflict
from scoring.interviews import actions
from scoring.models import Interview, Panel
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.interviews.rundown import divide

pytestmark = pytest.mark.django_db

NINE = datetime.datetime(2024, 5, 6, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture
def held():
    made = bench()
    made.by = builders.committee(made.selection)
    return made


def schedule(held, number=0, minutes=0, room="Ruang Jepun", version=0):
    at = NINE + datetime.timedelta(minutes=minutes)
    return actions.schedule(held.nominations[number], starts_at=at, room=room, version=version, by=held.by)


@pytest.mark.parametrize("minutes", [-34, 0, 34])
def test_two_interviews_never_overlap_in_one_room(held, minutes):
    schedule(held)

    refused("clash", schedule, held, 1, minutes, "ruang  JEPUN")
    assert Interview.objects.count() == 1


@pytest.mark.parametrize(("minutes", "room"), [(-35, "Ruang Jepun"), (35, "Ruang Jepun"), (0, "Ruang Cempaka")])
def test_interviews_may_follow_each_other_or_run_in_two_rooms(held, minutes, room):
    divide(held, **{"Ruang Jepun": 1, "Ruang Cempaka": 1})
    schedule(held)
    schedule(held, 1, minutes, room)

    assert Interview.objects.count() == 2


def test_the_length_of_an_interview_is_the_panels(held):
    Panel.objects.create(selection=held.selection, presentation_minutes=40)
    schedule(held)

    refused("clash", schedule, held, 1, 59)


def test_rooms_of_other_selections_do_not_clash(held):
    schedule(held)
    other = bench(code="52")
    other.by = builders.committee(other.selection)

    assert schedule(other).starts_at == NINE


def test_an_interview_may_be_moved_but_not_over_somebody_elses_change(held):
    schedule(held)
    schedule(held, minutes=60, version=1)

    with pytest.raises(EditConflict):
        schedule(held, minutes=120, version=1)
    assert Interview.objects.get().starts_at == NINE + datetime.timedelta(minutes=60)


def test_only_nominations_on_the_interview_list_are_scheduled(held):
    held.nominations[0].state = NominationState.VERIFIED
    held.nominations[0].save()

    refused("not-on-the-list", schedule, held)


def test_attendance_is_a_level_of_the_rubric_signed_and_versioned(held):
    interview = schedule(held)
    actions.record_attendance(interview, level="deputy", is_online=True, version=1, by=held.by)

    row = Interview.objects.get()
    assert (row.attended, row.is_online, row.attendance_by, row.version) == ("deputy", True, held.by, 2)
    refused("unknown-level", actions.record_attendance, row, level="president", is_online=False, version=2, by=held.by)
    with pytest.raises(EditConflict):
        actions.record_attendance(row, level="head", is_online=False, version=1, by=held.by)


def test_the_secretary_records_attendance_but_schedules_nothing(held):
    interview = schedule(held)
    held.by = held.seat(Role.SECRETARY).user

    actions.record_attendance(interview, level="head", is_online=False, version=1, by=held.by)
    with pytest.raises(PermissionDenied):
        schedule(held, 1)


def test_attendance_is_recorded_only_in_the_interview_stage(held):
    interview = schedule(held)
    held.selection.stage = Stage.PLENARY
    held.selection.save()

    with pytest.raises(PermissionDenied):
        actions.record_attendance(interview, level="head", is_online=False, version=1, by=held.by)


def test_a_time_is_read_by_the_clock_of_the_selection(client, held):
    client.force_login(held.by)
    url = reverse("interview-schedule", args=[held.selection.slug, held.nominations[0].pk])

    client.post(url, {"day": "2024-05-06", "clock": "09:00", "room": "Ruang Jepun", "version": 0})

    assert Interview.objects.get().starts_at == NINE
    assert str(client.get(url).context["form"]["clock"].value()) == "09:00:00"


def test_a_clash_keeps_what_was_typed(client, held):
    schedule(held)
    client.force_login(held.by)
    url = reverse("interview-schedule", args=[held.selection.slug, held.nominations[1].pk])

    answer = client.post(url, {"day": "2024-05-06", "clock": "09:10", "room": "Ruang Jepun", "version": 0})

    assert answer.context["form"].non_field_errors().as_data()[0].code == "clash"
    assert answer.context["form"]["clock"].value() == "09:10"


def test_attendance_recorded_by_somebody_else_meanwhile_is_shown_beside_mine(client, held):
    interview = schedule(held)
    actions.record_attendance(interview, level="head", is_online=False, version=1, by=held.by)
    client.force_login(held.seat(Role.SECRETARY).user)
    url = reverse("interview-attendance", args=[held.selection.slug, held.nominations[0].pk])

    answer = client.post(url, {"level": "deputy", "version": 1})

    assert answer.status_code == 409
    rows = answer.context["conflict"]["rows"]
    assert [(row["mine"], row["theirs"]) for row in rows] == [("Wakil", "Kepala daerah")]
    client.post(url, {"level": "deputy", "version": answer.context["form"]["version"].value()})
    assert Interview.objects.get().attended == "deputy"


def test_branch_staff_see_when_but_not_who_came(client, held):
    interview = schedule(held)
    actions.record_attendance(interview, level="head", is_online=False, version=1, by=held.by)
    branch = builders.branch_staff(held.nominations[0].candidate.region)
    seen = {}
    for name, user in {"juror": held.seat().user, "branch": branch}.items():
        client.force_login(user)
        answer = client.get(reverse("interviews", args=[held.selection.slug]))
        seen[name] = (answer.status_code, b"Kepala daerah" in answer.content)

    assert seen == {"juror": (200, True), "branch": (200, False)}


def test_foreign_and_absent_nominations_answer_alike(client, held):
    foreign = bench(code="52").nominations[0]
    schedule(held)
    client.force_login(held.by)

    for name in ("interview-schedule", "interview-attendance"):
        for pk in (foreign.pk, 0):
            url = reverse(name, args=[held.selection.slug, pk])
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_jurors_neither_schedule_nor_record(client, held):
    schedule(held)
    client.force_login(held.seat().user)

    for name in ("interview-schedule", "interview-attendance"):
        url = reverse(name, args=[held.selection.slug, held.nominations[0].pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def queries(client, url, counter):
    with counter as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_rundown_costs_the_same_with_many_interviews(client, held, django_assert_max_num_queries):
    client.force_login(held.by)
    url = reverse("interviews", args=[held.selection.slug])
    schedule(held)
    few = queries(client, url, django_assert_max_num_queries(60))
    for number in range(3, 40):
        held.shortlist(number)
        if number % 2:
            schedule(held, number - 1, minutes=number * 40)

    assert queries(client, url, django_assert_max_num_queries(60)) == few
