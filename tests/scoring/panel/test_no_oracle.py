"""Seating somebody tells nobody whether an address has an account: no form, no file, no list, no link."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import Role
from paritrana.accounts.models import User
from paritrana.intake import pages
from scoring.models import Invitation, Seat
from scoring.panel import invitations
from tests import builders
from tests.letters import last_link
from tests.once import taken_back
from tests.scoring.panel import panels

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def committee(selection):
    return builders.committee(selection)


def invite(selection, by, email):
    return invitations.invite(selection, email=email, by=by, name="Dr. Contoh", element="Pakar", role=Role.JUROR)


def shared(client, selection, made):
    return client.post(reverse("invitation-share", args=[selection.slug, made.pk]))


ADDRESSES = ["baru@contoh.example", "beda@contoh.example", "buta@contoh.example"]
"""Without an account, with one, with one that is shut."""


@pytest.fixture
def known():
    """The account in English, which no page of the committee may tell."""
    User.objects.create_user(ADDRESSES[1], "rahasia-lama-77", name="Dr. Contoh", language="en")
    User.objects.create_user(ADDRESSES[2], name="Dr. Contoh", language="en", is_active=False)


def bare(answer) -> tuple[int, str, str]:
    """Status, where it leads and what it says, without addresses, numbers, links, digests."""
    text = re.sub(r"<[^>]*>|\d", "", answer.content.decode())
    text = re.sub(r"https?:\S+|/undangan/\S+|sha[a-f]*…", "", text)
    leads = re.sub(r"undangan%2F[^%]+|undangan/[^/]+", "", answer.headers.get("Location", ""))
    for address in ADDRESSES:
        text = text.replace(address, "")
    return answer.status_code, leads, " ".join(text.split())


def by_file(client, selection, email):
    table = f"surel;nama;peran;unsur yang diwakili\n{email};Dr. Contoh;juri;Pakar"
    file = SimpleUploadedFile("panel.csv", table.encode())
    return client.post(reverse("panel-upload", args=[selection.slug]), {"file": file}, follow=True)


def by_paste(client, selection, email):
    typed = {"members": f"Dr. Contoh <{email}>; juri; Pakar"}
    return client.post(reverse("panel-paste", args=[selection.slug]), typed, follow=True)


def one(client, selection, email):
    typed = {"email": email, "name": "Dr. Contoh", "role": "juror", "element": "Pakar"}
    return client.post(reverse("invite", args=[selection.slug]), typed, follow=True)


def as_successor(client, selection, email):
    seat = Seat.objects.sitting().filter(panel__selection=selection).get()
    typed = {"email": email, "name": "Dr. Contoh", "reason": "Mutasi"}
    return client.post(reverse("seat-substitute", args=[selection.slug, seat.pk]), typed, follow=True)


def pages_of(selection):
    """What the committee reads afterwards."""
    return [reverse("panel", args=[selection.slug]), reverse("letters")]


@pytest.mark.parametrize("way", [one, as_successor, by_file, by_paste])
def test_no_way_of_seating_somebody_tells_whether_there_is_an_account(
    client, selection, committee, known, way, monkeypatch
):
    """The page of the way, of the panel, of the letters and of the shared message."""
    monkeypatch.setattr(pages, "PATIENCE", 60)
    panels.seated(selection, committee)
    client.force_login(committee)
    told = []
    for email in ADDRESSES:
        with taken_back():
            answered = bare(way(client, selection, email))
            made = Invitation.objects.open().filter(email=email).first() or invite(selection, committee, email)
            read = [bare(client.get(page)) for page in pages_of(selection)]
            told.append((answered, read, bare(shared(client, selection, made))))

    assert told[0] == told[1] == told[2]


def test_the_opened_link_and_a_password_typed_there_tell_nothing_either(client, selection, committee, known):
    """Whoever shares a link holds it: the page, the answer to a password, and the state of the invitation."""
    before = list(User.objects.filter(email__in=ADDRESSES).order_by("pk").values("password", "is_active"))
    told = []
    for email in ADDRESSES:
        made = invite(selection, committee, email)
        opened = bare(client.get(last_link()))
        chosen = bare(client.post(last_link(), {"password": PASSWORD, "again": PASSWORD}))
        signing_in = bare(client.get(reverse("account_login")))
        again = bare(client.get(last_link()))
        told.append((opened, chosen, signing_in, again, Invitation.objects.get(pk=made.pk).state))

    assert told[0] == told[1] == told[2]
    assert told[0][-1] == Invitation.State.SENT
    after = User.objects.filter(email__in=ADDRESSES).order_by("pk").values("password", "is_active")
    assert list(after)[: len(before)] == before
