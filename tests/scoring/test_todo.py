"""What waits for whom in judging."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring import todo
from scoring.assignments.criteria import criteria_in_force
from scoring.models import Conflict, Interview, Panel, ScoreSheet
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in, move_to

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2024, 5, 6, 4, 0, tzinfo=datetime.UTC)


def waiting(user):
    return [(task.url, task.count) for task in todo.tasks_for(user)]


def test_a_juror_first_declares_then_scores():
    judged = bench(nominations=3)
    fresh, declared = judged.seat(declared=False), judged.seat()
    ScoreSheet.objects.create(
        seat=declared, nomination=judged.nominations[0], submitted_at=NOON, submitted_by=declared.user
    )

    assert waiting(fresh.user) == [(reverse("declare", args=[judged.selection.slug]), 3)]
    assert waiting(declared.user) == [(reverse("sheets"), 2)]


def test_what_a_juror_keeps_out_of_does_not_wait():
    judged = bench(nominations=2)
    seat = judged.seat()
    Conflict.objects.create(
        seat=seat, nomination=judged.nominations[0], kind="recusal", reason="x", declared_by=builders.person()
    )

    assert waiting(seat.user) == [(reverse("sheets"), 1)]


@pytest.mark.parametrize("stage", [Stage.VERIFICATION, Stage.PLENARY, Stage.SEALED])
def test_nothing_waits_for_a_juror_outside_the_interview_stage(stage):
    assert waiting(bench(stage).seat().user) == []


def test_the_committee_schedules_and_records_the_secretary_only_records():
    builders.selection(of=builders.edition(2022))  # so that selection and rubric are not numbered alike
    judged = bench(nominations=3)
    Interview.objects.create(nomination=judged.nominations[0], starts_at=NOON)
    url = reverse("interviews", args=[judged.selection.slug])

    secretary = judged.seat(Role.SECRETARY).user

    titles = [task.title for task in todo.tasks_for(builders.committee(judged.selection)) if task.url == url]
    assert titles == ["Jadwalkan 2 wawancara", "Catat kehadiran pada 1 wawancara"]
    assert [task.title for task in todo.tasks_for(secretary) if task.url == url] == titles[1:]


def test_recorded_attendance_and_other_peoples_selections_do_not_wait():
    judged, other = bench(nominations=1), bench(nominations=2, code="52")
    by = builders.committee(judged.selection)
    judged.seat()
    Interview.objects.create(
        nomination=judged.nominations[0], starts_at=NOON, attended="head", attendance_at=NOON, attendance_by=by
    )

    assert waiting(by) == []
    other.seat()
    assert len(waiting(builders.committee(other.selection))) == 1


def test_only_those_with_a_seat_have_score_sheets_in_the_menu():
    judged = bench()

    assert [entry.url for entry in todo.menu_for(judged.seat().user)] == [reverse("sheets")]
    for role in (Role.CHAIR, Role.SECRETARY):
        urls = [entry.url for entry in todo.menu_for(judged.seat(role).user)]
        assert urls == [reverse("sheets"), reverse("chair-room", args=[judged.selection.slug])]
    assert todo.menu_for(builders.committee(judged.selection)) == []


def closing(made):
    """The tasks of the chair that ask to close the panel."""
    url = reverse("panel-close", args=[made.selection.slug])
    return [task.hint for task in todo.tasks_for(made.seats[0].user) if task.url == url]


def test_the_chair_closes_the_panel_once_every_juror_who_is_there_has_handed_in():
    made = bench()
    chair, juror, _absent = made.seat(Role.CHAIR), made.seat(), made.seat()
    for nomination in made.nominations:
        hand_in(chair, nomination, made.marks(8_000, 8_000, 8_000))
    alone = len(closing(made))
    hand_in(juror, made.nominations[0], made.marks(8_000, 8_000, 8_000))
    half_way = len(closing(made))
    hand_in(juror, made.nominations[1], made.marks(8_000, 8_000, 8_000))

    assert (alone, half_way, len(closing(made))) == (1, 0, 1)
    Panel.objects.update(closed_at=NOON, closed_by=chair.user)
    assert closing(made) == []


def test_before_anybody_has_begun_nothing_waits_to_be_closed_until_the_plenary():
    made = bench()
    made.seat(Role.CHAIR)
    before = closing(made)
    move_to(made.selection, Stage.PLENARY)

    assert (before, len(closing(made))) == ([], 1)


def test_whoever_may_not_close_the_panel_is_not_asked_to():
    made = bench(Stage.PLENARY)
    made.seat(Role.SECRETARY)

    assert closing(made) == []


def test_the_national_committee_pays_for_no_interview_it_does_not_hold():
    numbers = []
    for code in ("51", "52", "53", "54"):
        judged = bench(nominations=1, code=code)
        Interview.objects.create(nomination=judged.nominations[0], starts_at=NOON)
        national = builders.appointed(Role.NATIONAL_COMMITTEE, judged.selection.edition)
        with CaptureQueriesContext(connection) as asked:
            assert todo.tasks_for(national) == []
        numbers.append(len(asked))

    assert numbers == numbers[:1] * 4


HOMES = [("committee", 33), (Role.CHAIR, 44), (Role.SECRETARY, 44), (Role.JUROR, 27)]


@pytest.mark.parametrize(("role", "questions"), HOMES)
def test_home_asks_no_more_than_its_tasks_need(client, django_assert_max_num_queries, role, questions):
    judged = bench(nominations=3)
    client.force_login(builders.committee(judged.selection) if role == "committee" else judged.seat(role).user)
    client.get("/")

    with django_assert_max_num_queries(questions):
        client.get("/")


def test_the_criteria_of_every_category_are_asked_for_together(django_assert_num_queries):
    judged = bench(nominations=1)
    for slug in ("perusahaan", "usaha-kecil"):
        category = builders.category(judged.selection.edition, slug, "company")
        builders.rubric(category, ("inovasi", "mark", 10_000))
        judged.selection.categories.add(category)

    with django_assert_num_queries(3):  # contests, rubrics in force, criteria
        assert len(criteria_in_force(judged.selection, "mark")) == 3
