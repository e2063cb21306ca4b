"""The trail reads as sentences, and its reader checks the chain by one button."""

import pytest
from django.db import connection
from django.urls import reverse

from awards.models import Role
from awards.people import trail_text
from paritrana import triggers
from paritrana.accounts import chaining, trail
from paritrana.accounts.models import AuditEvent, TrailHead
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    of = b.edition()
    user = b.appointed(Role.AUDITOR, of)
    trail.record(user, "stage.open", of, reason="Sudah siap", stages=["nominasi", "verifikasi"], late=True)
    client.force_login(user)
    return user


def test_an_event_is_a_sentence_and_its_details_are_words(client, auditor):
    event = AuditEvent.objects.get(verb="stage.open")

    assert trail_text.sentence(event, event.object_label) == f"{auditor}: {event.verb_in_words} – {event.object_label}"
    assert trail_text.details(event) == "terlambat: ya · alasan: Sudah siap · tahap: nominasi, verifikasi"
    page = client.get(reverse("trail")).content.decode()
    assert ("Sudah siap" in page, "{&quot;" in page) == (True, False)


def test_a_whole_chain_is_said_to_be_whole(client, auditor):
    page = client.post(reverse("trail-check"), follow=True)

    assert "Rantai utuh" in page.content.decode()


def test_a_missing_event_is_found_and_named(client, auditor):
    chaining.chain()
    last = TrailHead.objects.get().sequence
    with triggers.lifted(connection):
        TrailHead.objects.update(sequence=last + 1)

    page = client.post(reverse("trail-check"), follow=True)

    assert f"putus pada peristiwa {last + 1}" in page.content.decode()


def test_nobody_else_checks_the_chain(client, auditor):
    client.force_login(b.person())

    assert client.post(reverse("trail-check")).status_code == 404
