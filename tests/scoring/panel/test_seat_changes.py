"""A change of the panel on its way: asked for, told, confirmed, withdrawn; links that were shared."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import Appointment, Letter, Role
from paritrana.accounts.actions import open_invited
from paritrana.accounts.models import User
from scoring import todo
from scoring.models import Seat, SeatChange
from scoring.panel import invitations, seat_changes
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.panel import panels
from tests.scoring.panel.panels import refused

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


def accepted(invitation):
    """By whoever holds the link, with an account it has opened."""
    open_invited(invitation, password=PASSWORD, language="id")
    return invitations.accept(invitation, by=User.objects.get(email=invitation.email))


def test_asking_alone_changes_no_seat(selection, asker):
    chair = panels.seated(selection, asker, Role.CHAIR)
    before = list(Seat.objects.values()), list(Appointment.objects.values())

    panels.asked_to_substitute(chair, by=asker)

    assert (list(Seat.objects.values()), list(Appointment.objects.values())) == before


def test_the_newcomer_does_not_confirm_the_own_seat(selection, asker):
    secretary = builders.committee(selection)
    change = panels.asked(selection, user=secretary, role=Role.SECRETARY, by=asker)

    refused("own-seat", seat_changes.second, change, by=secretary)


def test_nobody_asks_for_the_own_seat(selection, asker):
    refused("oneself", panels.asked, selection, user=asker, role=Role.CHAIR, by=asker)


@pytest.mark.parametrize("role", [Role.JUROR, Role.AUDITOR])
def test_whoever_does_not_run_or_lead_the_panel_confirms_nothing(selection, asker, role):
    change = panels.asked(selection, by=asker)
    scope = selection if role == Role.JUROR else selection.edition

    with pytest.raises(PermissionDenied):
        seat_changes.second(change, by=builders.appointed(role, scope))


def test_the_national_committee_confirms_for_a_province_with_one_member(selection, asker):
    change = panels.asked(selection, role=Role.CHAIR, by=asker)

    seat = seat_changes.second(change, by=builders.appointed(Role.NATIONAL_COMMITTEE, selection.edition))

    assert (seat.appointment.granted_by, seat.appointment.role) == (asker, Role.CHAIR)


def test_the_replaced_the_chair_and_the_auditor_are_told_when_it_is_asked_and_when_it_is_done(selection, asker):
    auditor = builders.appointed(Role.AUDITOR, selection.edition)
    chair, juror = panels.seated(selection, asker, Role.CHAIR).user, panels.seated(selection, asker)
    Letter.objects.all().delete()

    change = panels.asked_to_substitute(juror, by=asker)
    told = {letter.to for letter in Letter.objects.exclude(to=None)}
    panels.confirmed(change)

    assert told == {juror.user, chair, auditor, change.user}
    assert Letter.objects.filter(to=juror.user).count() == 2


def test_somebody_was_faster(selection, asker):
    change = panels.asked(selection, by=asker)
    panels.confirmed(change)

    refused("moved-on", seat_changes.second, change, by=builders.committee(selection))
    refused("moved-on", seat_changes.withdraw, change, by=asker)


def test_the_chair_does_not_keep_the_own_seat_by_withdrawing_its_end(selection, asker):
    chair = panels.seated(selection, builders.committee(selection), Role.CHAIR)
    for change in (seat_changes.ask_end(chair, by=asker), None):
        change = change or panels.asked_to_substitute(chair, by=asker)

        refused("own-seat", seat_changes.withdraw, change, by=chair.user)
        seat_changes.withdraw(change, by=asker)


def test_a_withdrawn_invitation_takes_nobody_in_between_reading_and_confirming(selection, asker):
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": Role.JUROR}
    made = invitations.invite(selection, email="baru@contoh.example", by=asker, **terms)
    change = accepted(made)

    invitations.withdraw(made, by=asker)

    refused("moved-on", seat_changes.second, change, by=builders.committee(selection))
    assert Seat.objects.count() == 0


def test_an_invitation_withdrawn_between_reading_and_accepting_opens_nothing(selection, asker):
    person = builders.person()
    terms = {"name": "Dr. Contoh", "element": "Pakar", "role": Role.JUROR}
    read = invitations.invite(selection, email=person.email, by=asker, **terms)
    invitations.withdraw(type(read).objects.get(pk=read.pk), by=asker)

    refused("closed", invitations.accept, read, by=person)
    assert SeatChange.objects.count() == 0


def test_a_shared_link_used_by_its_sender_seats_nobody(client, selection, asker):
    """The sender sees the link, opens the account with a password of their own, and has gained nothing."""
    terms = {"name": "Dr. Contoh", "element": "Sekda", "role": Role.CHAIR}
    made = invitations.invite(selection, email="ketua@contoh.example", by=asker, **terms)
    puppet = accepted(made).user

    for second in (asker, puppet):
        with pytest.raises((ValidationError, PermissionDenied)):
            seat_changes.second(SeatChange.objects.get(), by=second)
    assert Seat.objects.count() == 0


def test_the_database_refuses_one_person_for_two(selection, asker):
    change = panels.asked(selection, by=asker)
    signed = {"outcome": "granted", "ended_at": timezone.now()}

    for who in (asker, change.user):
        with pytest.raises(IntegrityError), transaction.atomic():
            SeatChange.objects.filter(pk=change.pk).update(**signed, ended_by=who)


@pytest.mark.parametrize("model", ["user", "appointment", "change"])
def test_the_database_does_not_let_it_be_forgotten_who_brought_whom(selection, asker, model):
    brought = builders.person(brought_by=asker)
    given = Appointment.objects.create(
        user=brought, role=Role.JUROR, edition=selection.edition, selection=selection, granted_by=asker
    )
    change = panels.asked(selection, by=asker)
    forget = {
        "user": lambda: User.objects.filter(pk=brought.pk).update(brought_by=None),
        "appointment": lambda: Appointment.objects.filter(pk=given.pk).update(granted_by=None),
        "change": lambda: SeatChange.objects.filter(pk=change.pk).update(asked_by=brought),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        forget[model]()


def test_the_page_confirms_what_is_chosen_and_says_why_not(client, selection, asker):
    second = builders.committee(selection)
    mine = panels.asked(selection, by=second)
    theirs = [panels.asked(selection, by=asker) for _number in range(2)]
    client.force_login(second)
    address = reverse("seat-changes", args=[selection.slug])

    page = client.get(address)
    client.post(address, {"changes": [mine.pk]})
    client.post(address, {"changes": [theirs[0].pk]})

    refusals = dict(page.context["rows"])
    assert (bool(refusals[mine]), refusals[theirs[0]]) == (True, "")
    assert set(SeatChange.objects.open()) == {mine, theirs[1]}


def test_the_home_page_tells_who_may_confirm_and_not_who_asked(selection, asker):
    second = builders.committee(selection)
    panels.asked(selection, by=asker)

    told = {user: [task.url for task in todo.tasks_for(user)] for user in (asker, second, builders.person())}

    assert list(told.values()) == [[], [reverse("seat-changes", args=[selection.slug])], []]


def test_a_change_of_another_selection_is_absent(client, selection, asker):
    foreign = bench(code="52")
    change = seat_changes.ask_end(foreign.seat(), by=builders.committee(foreign.selection))
    client.force_login(asker)

    answer = client.post(reverse("seat-change-withdraw", args=[selection.slug, change.pk]))
    client.post(reverse("seat-changes", args=[selection.slug]), {"changes": [change.pk]})

    assert (answer.status_code, SeatChange.objects.get().outcome) == (404, "")
