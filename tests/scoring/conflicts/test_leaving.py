"""Who no longer assists: whoever had an address that was left, and the assistant of a seat that ended."""

import pytest
from django.core import mail
from django.urls import reverse

from awards.letters import outbox
from awards.models import Letter
from paritrana.accounts import address_changes
from paritrana.accounts.models import User
from scoring.conflicts import actions, assistant_letters
from scoring.models import Seat
from scoring.panel import seats
from tests import builders
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db


def assisted_from(seat):
    return Seat.objects.get(pk=seat.pk).assistant_address


def test_an_address_that_is_left_and_a_seat_that_ends_have_no_assistant():
    seat, administrator = bench().seat(), builders.administrator()
    helper = User.objects.create_user("bantu@contoh.example", "rahasia-77-sekali", name="Bantu")
    actions.appoint(seat, helper.email, by=seat.user)

    address_changes.confirm(address_changes.ask(helper, address="baru@contoh.example", reason="Baru", by=administrator))
    left = assisted_from(seat)
    actions.appoint(seat, "baru@contoh.example", by=seat.user)
    seats.leave_seat(seat, reason="Pindah", asked_by=administrator, by=administrator)

    assert (left, assisted_from(seat)) == ("", "")


def test_who_is_dismissed_is_told_by_letter_also_when_the_seat_ends():
    seat, administrator = bench().seat(), builders.administrator()
    actions.appoint(seat, "satu@contoh.example", by=seat.user)
    actions.appoint(seat, "satu@contoh.example", by=seat.user)
    actions.appoint(seat, "dua@contoh.example", by=seat.user)
    seats.leave_seat(seat, reason="Pindah", asked_by=administrator, by=administrator)

    letters = [(letter.address, letter.subject) for letter in Letter.objects.order_by("pk")]

    assert [address for address, _subject in letters] == [
        *("satu@contoh.example", "satu@contoh.example", "dua@contoh.example", "dua@contoh.example")
    ]
    assert [subject for _address, subject in letters] == [
        str(each) for each in (assistant_letters.NAMED, assistant_letters.DISMISSED) * 2
    ]

    outbox.send_waiting()

    assert [reverse("sheets") in letter.body for letter in mail.outbox] == [True, False, True, False]
