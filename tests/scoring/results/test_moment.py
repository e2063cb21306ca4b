"""Jurors read the sealed result once it is announced, or earlier where the rule of their panel says so."""

import pytest
from django.db import connection
from django.urls import reverse

from awards.models import Role
from paritrana import triggers
from scoring.models import Conflict, Panel
from scoring.sealing import announcing
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    found = plenary.plenary()
    plenary.sealed(found)
    return found


def status(client, made, user):
    client.force_login(user)
    return client.get(reverse("result", args=[made.selection.slug])).status_code


def test_a_juror_waits_for_the_announcement_and_the_chair_does_not(client, made):
    chair, juror = (seat.user for seat in made.seats)
    before = status(client, made, chair), status(client, made, juror)

    announcing.announce(made.selection, by=builders.committee(made.selection))

    assert (before, status(client, made, juror)) == ((200, 403), 200)


def test_the_rule_of_the_panel_may_let_jurors_read_it_at_once(client, made):
    Panel.objects.update(early_result=True)

    assert status(client, made, made.seats[1].user) == 200
    link = f'href="{reverse("result", args=[made.selection.slug])}"'
    assert link in client.get(reverse("sheets")).content.decode()


def test_no_page_leads_a_juror_to_the_result_before_the_announcement(client, made):
    link = f'href="{reverse("result", args=[made.selection.slug])}"'
    told = []
    for seat in made.seats:
        client.force_login(seat.user)
        told.append(link in client.get(made.selection.get_absolute_url()).content.decode())

    assert told == [True, False]


def test_whoever_judges_and_runs_the_selection_reads_it(client, made):
    juror = made.seats[1].user
    builders.Appointment.objects.create(
        user=juror, role=Role.PROVINCIAL_COMMITTEE, edition=made.selection.edition, selection=made.selection
    )

    assert status(client, made, juror) == 200


def test_after_the_announcement_recaps_open_to_whom_they_belong(client, made):
    announcing.announce(made.selection, by=builders.committee(made.selection))
    chair, juror = (seat.user for seat in made.seats)
    pages = [reverse(name, args=[made.selection.slug]) for name in ("recap", "recap-own")]
    opened = {}
    for user in (chair, juror, builders.committee(made.selection)):
        client.force_login(user)
        opened[user] = [client.get(page).status_code for page in pages]

    assert list(opened.values()) == [[200, 200], [403, 200], [403, 404]]


def test_whoever_keeps_out_of_a_candidate_waits_for_the_announcement(client, made):
    chair = made.seats[0]
    with triggers.lifted(connection):  # declared before the seal, it stays; a sealed selection takes no new one
        terms = {"kind": "abstention", "reason": "Adik", "declared_by": chair.user}
        Conflict.objects.create(seat=chair, nomination=made.nominations[0], **terms)
    link = f'href="{reverse("result", args=[made.selection.slug])}"'

    def told():
        answered = status(client, made, chair.user)
        body = client.get(made.selection.get_absolute_url()).content.decode()
        return answered, link in body, "Bapak/Ibu dapat membacanya setelah diumumkan" in body

    before = told()
    announcing.announce(made.selection, by=builders.committee(made.selection))

    assert (before, told()) == ((403, False, True), (200, True, False))
