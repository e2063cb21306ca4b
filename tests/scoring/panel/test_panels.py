"""Appointing the panel, and the page that shows it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import Appointment, Role
from awards.stages import Stage
from scoring.edit_conflicts import EditConflict
from scoring.models import Conflict, Panel, SeatChange
from scoring.panel import seat_changes
from scoring.panel import seats as panel_seats
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.panel import panels

RULES = {"presentation_minutes": 15, "question_minutes": 15, "changeover_minutes": 5, "quorum": 3}
pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    return builders.selection(Stage.PREPARATION)


@pytest.fixture
def committee(selection):
    return builders.committee(selection)


def add(selection, by, role=Role.JUROR, user=None):
    return panels.seated(selection, by, role, user, element="Apindo")


def test_a_seat_comes_with_its_appointment_and_the_next_number(selection, committee):
    seats = [add(selection, committee, role) for role in (Role.CHAIR, Role.SECRETARY, Role.JUROR)]

    assert [seat.order for seat in seats] == [1, 2, 3]
    assert [seat.appointment.role for seat in seats] == [Role.CHAIR, Role.SECRETARY, Role.JUROR]


def test_an_appointment_that_already_stands_gets_the_seat(selection, committee):
    juror = builders.appointed(Role.JUROR, selection)

    seat = add(selection, committee, user=juror)

    assert seat.appointment == Appointment.objects.get(user=juror)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_a_panel_has_one_chair_and_one_secretary_at_a_time(selection, committee, role):
    first = add(selection, committee, role)
    refused("role-taken", add, selection, committee, role)

    panels.ended(first, committee)

    assert add(selection, committee, role).order == 2


def test_a_person_has_one_seat_in_a_panel_and_may_sit_on_several(selection, committee):
    juror = add(selection, committee).user
    elsewhere = builders.selection(Stage.PREPARATION, at=builders.province("52", "Nusa Tenggara Barat"))

    refused("already-seated", add, selection, committee, Role.CHAIR, juror)
    assert add(elsewhere, builders.committee(elsewhere), user=juror).order == 1


def test_only_panel_roles_are_given_seats(selection, committee):
    refused("not-a-panel-role", add, selection, committee, Role.AUDITOR)


def test_a_seat_ends_once(selection, committee):
    seat = add(selection, committee)
    panels.ended(seat, committee)

    refused("already-ended", seat_changes.ask_end, seat, by=committee)


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.SECRETARY])
def test_the_panel_does_not_appoint_itself(selection, role):
    with pytest.raises(PermissionDenied):
        add(selection, builders.appointed(role, selection))


def decree(selection, by, number, version):
    date = datetime.date(2024, 1, 15)
    return panel_seats.set_decree(selection, decree_number=number, decree_date=date, version=version, by=by)


def test_a_decree_changed_by_somebody_else_is_not_overwritten(selection, committee):
    decree(selection, committee, "1/2024", 0)
    decree(selection, committee, "2/2024", 2)

    with pytest.raises(EditConflict):
        decree(selection, committee, "3/2024", 2)
    assert Panel.objects.get().decree_number == "2/2024"


def test_the_decree_form_shows_both_values_when_somebody_was_faster(client, selection, committee):
    decree(selection, committee, "1/2024", 0)
    client.force_login(committee)
    typed = {"decree_number": "9/2024", "decree_date": "2024-01-15", "version": 1} | RULES

    answer = client.post(reverse("panel-decree", args=[selection.slug]), typed)

    assert answer.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in answer.context["conflict"]["rows"]] == [("9/2024", "1/2024")]
    assert answer.context["form"]["decree_number"].value() == "9/2024"
    assert Panel.objects.get().decree_number == "1/2024"


def test_jurors_see_the_names_of_the_panel_but_not_the_conflicts_of_others(client):
    judged = bench()
    juror, other = judged.seat(), judged.seat()
    chair = judged.seat(Role.CHAIR)
    Conflict.objects.create(
        seat=other, nomination=judged.nominations[0], kind="abstention", reason="Rahasia", declared_by=other.user
    )
    seen = {}
    for seat in (juror, chair):
        client.force_login(seat.user)
        answer = client.get(reverse("panel", args=[judged.selection.slug]))
        seen[seat] = (len(answer.context["seats"]), len(answer.context["conflicts"]))

    assert seen == {juror: (3, 0), chair: (3, 1)}


def test_a_seat_of_another_selection_is_absent(client, selection, committee):
    foreign = bench(code="52").seat()
    client.force_login(committee)

    for name in ("seat-end", "recuse"):
        assert client.get(reverse(name, args=[selection.slug, foreign.pk])).status_code == 404
        assert client.get(reverse(name, args=[selection.slug, 0])).status_code == 404


def test_nobody_outside_the_selection_sees_its_panel(client, selection):
    client.force_login(builders.person())

    for name in ("panel", "panel-decree", "invite", "progress", "interviews"):
        assert client.get(reverse(name, args=[selection.slug])).status_code == 404
        assert client.get(reverse(name, args=["tidak-ada"])).status_code == 404


def test_those_who_see_the_panel_but_do_not_manage_it_are_refused(client):
    judged = bench()
    seat = judged.seat()
    client.force_login(judged.seat().user)
    slug = judged.selection.slug
    addresses = [reverse(name, args=[slug]) for name in ("panel-decree", "invite")]
    addresses += [reverse(name, args=[slug, seat.pk]) for name in ("seat-end", "recuse")]

    assert client.get(reverse("progress", args=[slug])).status_code == 403
    assert [(client.get(url).status_code, client.post(url).status_code) for url in addresses] == [(403, 403)] * 4


def test_ending_a_seat_asks_first(client, selection, committee):
    seat = add(selection, committee)
    client.force_login(committee)
    url = reverse("seat-end", args=[selection.slug, seat.pk])

    before = client.get(url).status_code, Appointment.objects.get(pk=seat.appointment_id).ended_at
    client.post(url)
    asked = Appointment.objects.get(pk=seat.appointment_id).ended_at
    panels.confirmed(SeatChange.objects.get(outcome=""))

    assert (before, asked) == ((200, None), None)
    assert Appointment.objects.get(pk=seat.appointment_id).ended_at is not None
