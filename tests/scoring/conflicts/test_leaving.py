"""Who no longer assists: whoever had an address that was left, and the assistant of a seat that ended."""

import pytest

from paritrana.accounts import address_changes
from paritrana.accounts.models import User
from scoring.conflicts import actions
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
