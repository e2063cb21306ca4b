"""A published list handed in on a page: what it would add, what is asked, and that a second look adds nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import PastAward, Role
from paritrana.accounts.models import AuditEvent
from paritrana.intake import pages
from tests import builders as b
from tests.awards.past_winners.conftest import HEADER, ROW


@pytest.fixture
def hand_in(client, java, monkeypatch):
    """The page that shows what a list of rows, each ROW with some cells changed, would do."""
    monkeypatch.setattr(pages, "PATIENCE", 60)
    client.force_login(b.appointed(Role.NATIONAL_COMMITTEE, b.edition()))

    def take(*rows):
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADER, restval="")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
        file = SimpleUploadedFile("daftar.csv", text.getvalue().encode())
        return client.post(reverse("past-list-upload"), {"file": file}, follow=True)

    return take


def confirm(client, shown):
    upload, preview = shown.context["upload"], shown.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint}
    return client.post(reverse("past-list-upload-read", args=[upload.key]), sent)


def became(shown):
    return {each["code"]: each["count"] for each in shown.context["preview"].became if each["count"]}


def test_a_list_is_shown_confirmed_and_recorded(client, hand_in):
    shown = hand_in({}, {"name": "PT Lain", "place": "penerima"}, {})
    before = PastAward.objects.count()

    answer = confirm(client, shown)

    assert (became(shown), before, answer.status_code) == ({"new": 1, "asked": 1, "same": 1}, 0, 302)
    assert sorted(PastAward.objects.values_list("name", flat=True)) == ["PT Angin Contoh", "PT Lain"]
    assert AuditEvent.objects.get(verb="history.import").detail["made"] == 2


def test_another_source_is_a_change_and_the_same_list_again_is_none(client, hand_in):
    confirm(client, hand_in({}))
    other = {"source": "https://contoh.example/b"}

    added = hand_in(other)
    confirm(client, added)

    assert (became(added), became(hand_in(other))) == ({"changed": 1}, {"same": 1})
    assert len(PastAward.objects.get().sources) == 2


def test_one_fault_holds_every_row_back(client, hand_in):
    shown = hand_in({}, {"level": "dunia"})

    assert (became(shown), confirm(client, shown).status_code) == ({"refused": 1, "held-back": 1}, 409)
    assert not PastAward.objects.exists()
