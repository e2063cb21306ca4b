"""Nobody changes a panel alone: who may second for whom, by how the two came to be there."""

import datetime

import pytest
from django.utils import timezone

from awards.models import Appointment, Letter, Role
from awards.people import appointments
from awards.stages import Stage
from paritrana.accounts import actions as accounts
from paritrana.accounts.models import User
from scoring.models import Conflict, Seat
from scoring.panel import invitations, seat_changes
from scoring.sealing import actions as sealing
from tests import builders
from tests.scoring.panel import panels
from tests.scoring.panel.panels import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


def seated_by_the_asker(selection, asker):
    return panels.seated(selection, asker, Role.CHAIR).user


def seated_by_another(selection, asker):
    return panels.seated(selection, builders.committee(selection), Role.CHAIR).user


def invited_by_the_asker(selection, asker):
    """By a link that opened the account, confirmed by a third person."""
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": Role.SECRETARY}
    made = invitations.invite(selection, email="baru@contoh.example", by=asker, **terms)
    accounts.open_invited(made, password=PASSWORD, language="id")
    return panels.confirmed(invitations.accept(made, by=User.objects.get(email=made.email))).user


PAIRS = {
    seated_by_the_asker: "given-by-asker",
    seated_by_another: "",
    invited_by_the_asker: "one-line",
}
"""How somebody came to a seat; the other ways to a role are in ``tests/scoring/test_pairs.py``."""
each_pair = pytest.mark.parametrize(("come", "code"), PAIRS.items(), ids=lambda each: getattr(each, "__name__", ""))


@each_pair
def test_a_seat_is_seconded_only_by_somebody_who_does_not_depend_on_the_asker(selection, asker, come, code):
    second = come(selection, asker)
    asker.refresh_from_db()
    before = Seat.objects.count()
    change = panels.asked(selection, by=asker)

    if code:
        refused(code, seat_changes.second, change, by=second)
    else:
        seat_changes.second(change, by=second)

    assert Seat.objects.count() - before == (not code)


@each_pair
def test_a_seal_is_seconded_only_by_somebody_who_does_not_depend_on_the_asker(come, code):
    made = plenary.plenary()
    asker = builders.committee(made.selection)
    plenary.move_to(made.selection, Stage.PREPARATION)
    Appointment.objects.filter(pk=made.seats[0].appointment_id).update(role=Role.JUROR)
    second = come(made.selection, asker)
    asker.refresh_from_db()
    plenary.move_to(made.selection, Stage.PLENARY)
    request = plenary.asked(made.selection, asker)

    if code:
        refused(code, sealing.second, request, by=second)
    else:
        assert sealing.second(request, by=second).seconded_by == second


def test_a_chair_with_a_conflict_does_not_second_the_seal():
    made = plenary.plenary()
    chair, committee = made.seats[0], builders.committee(made.selection)
    Conflict.objects.create(
        seat=chair, nomination=made.nominations[0], kind="abstention", reason="Adik", declared_by=chair.user
    )
    request = plenary.asked(made.selection, committee)

    refused("conflicted", sealing.second, request, by=chair.user)


def test_nobody_makes_themselves_an_auditor(selection):
    admin = builders.administrator()

    refused("oneself", appointments.appoint, admin, Role.AUDITOR, selection.edition, by=admin)


def test_an_account_just_opened_is_not_made_an_auditor_by_whoever_opened_it(selection):
    admin, other = builders.administrator(), builders.administrator()
    fresh = accounts.open_account(email="baru@contoh.example", name="Baru", by=admin)
    refused("own-account", appointments.appoint, fresh, Role.AUDITOR, selection.edition, by=admin)

    assert appointments.appoint(fresh, Role.AUDITOR, selection.edition, by=other).granted_by == other
    User.objects.filter(pk=fresh.pk).update(joined_at=timezone.now() - datetime.timedelta(days=31))
    fresh.refresh_from_db()
    edition = builders.edition(2030)
    assert appointments.appoint(fresh, Role.AUDITOR, edition, by=admin).granted_by == admin


def test_a_role_given_by_an_administrator_is_told_to_chair_and_auditor(selection):
    chair = builders.appointed(Role.CHAIR, selection)
    auditor = builders.appointed(Role.AUDITOR, selection.edition)
    person = builders.person()

    appointments.appoint(person, Role.PROVINCIAL_COMMITTEE, selection, by=builders.administrator())

    assert {letter.to for letter in Letter.objects.all()} == {chair, auditor, person}
