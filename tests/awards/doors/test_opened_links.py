"""The link to a nomination tells nobody who holds it whether its address has an account."""

import re

import pytest
from django.utils import timezone

from awards.doors import actions
from awards.models import CandidateDoor, Letter
from paritrana.accounts.models import User
from tests import builders as b
from tests.letters import last_link

PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def nomination(bali, jembrana, staff):
    return b.nomination(bali, jembrana, by=staff)


def invite(nomination, staff, email):
    return actions.invite(nomination, email=email, name="Ibu Contoh", office="Humas", by=staff)


def test_the_opened_link_and_a_password_typed_there_do_not_tell_whether_there_is_an_account(nomination, staff, client):
    known = User.objects.create_user("humas@contoh.example", "rahasia-lama-77", name="Humas", language="en")
    told = []
    for email in (known.email, "baru@contoh.example"):
        CandidateDoor.objects.update(closed_at=timezone.now(), closed_by=staff)
        door = invite(nomination, staff, email)
        pages = [
            client.get(link := last_link()),
            client.post(link, {"password": PASSWORD, "again": PASSWORD}),
            client.get(link),
        ]
        words = [re.sub(r"<[^>]*>|\d", "", each.content.decode().replace(email, "")) for each in pages]
        letter = Letter.objects.filter(address=email).get()
        told.append(
            ([each.status_code for each in pages], words, letter.subject, type(door).objects.open().get().state)
        )

    assert told[0] == told[1]
    known.refresh_from_db()
    assert known.check_password("rahasia-lama-77")
