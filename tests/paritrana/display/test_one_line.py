"""A name is one line, whichever way it came; nothing in it looks like the portal's own words in a letter."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from awards.letters import outbox
from awards.models import Candidate, Letter
from awards.notices import tell
from awards.signals import nominators_notified
from paritrana.accounts.models import User
from paritrana.display import invisible
from paritrana.display.one_line import OneLineField
from tests import builders

SPOOF = "Budi\r\n\r\nYour password ends today: https://evil.example\u2028\u202egnp.exe\u200b"
SEEN = "Budi Your password ends today: https://evil.example gnp.exe"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Budi", "Budi"),
        ("I Made  Arta", "I Made  Arta"),
        ("Nuʼman Café", "Nuʼman Café"),
        (SPOOF, SEEN),
        ("a\x85b\x0bc\x1bd\x00e\tf", "a b c d e f"),
        ("\u200b\u2066\u3164", ""),
        ("\n", ""),
    ],
)
def test_a_text_on_one_line(text, seen):
    assert invisible.on_one_line(text) == seen


def test_every_column_of_a_name_is_one_line():
    names = {"name", "office", "addressee", "subject", "label", "short_name"}
    plain = [
        str(field)
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"paritrana", "awards", "regions", "scoring"}
        for field in model._meta.concrete_fields
        if field.name in names and isinstance(field, models.CharField) and not isinstance(field, OneLineField)
    ]

    assert [each for each in plain if not each.startswith("queue.")] == []


@pytest.mark.django_db
def test_a_row_created_updated_or_made_in_bulk_has_one_line():
    made = User.objects.create_user("a@example.org", None, name=SPOOF)
    bulk = Letter.objects.bulk_create([Letter(key="1", address="b@example.org", subject=SPOOF, addressee=SPOOF)])
    other = builders.person()
    User.objects.filter(pk=other.pk).update(name=SPOOF)
    other.refresh_from_db()

    assert (made.name, other.name, bulk[0].subject, bulk[0].addressee) == (SEEN, SEEN, SEEN, SEEN)
    assert User.objects.filter(name=SPOOF).count() == 2


@pytest.mark.django_db
def test_a_form_takes_no_name_that_shows_nothing():
    person = builders.person()
    person.name = "\u200b\n"

    with pytest.raises(ValidationError, match="name"):
        person.full_clean()


@pytest.mark.django_db
def test_a_letter_has_no_line_that_a_name_made_up(mailoutbox):
    """The whole way: names of the person written to, of whoever acts, and of the candidate."""
    selection = builders.selection()
    staff, by = builders.branch_staff(builders.regency()), builders.committee(selection)
    User.objects.filter(pk__in=[staff.pk, by.pk]).update(name=SPOOF)
    staff, by = User.objects.get(pk=staff.pk), User.objects.get(pk=by.pk)
    nomination = builders.nomination(selection)
    Candidate.objects.filter(pk=nomination.candidate_id).update(name=SPOOF)
    candidate = nomination.candidate = Candidate.objects.get(pk=nomination.candidate_id)

    nominators_notified.send(Candidate, nominations=[nomination], event="return", by=by, reason="Lampiran kurang")
    tell([staff], "k", f"{candidate}", "news", {"subject": candidate, "by": by, "nominations": [nomination]}, selection)
    outbox.post("b@example.org", SPOOF, f"{SPOOF}\nBcc: c@example.org", "Isi")
    outbox.send_waiting()

    assert len(mailoutbox) == 3
    for message in mailoutbox:
        assert message.message()["Bcc"] is None
        assert "\n" not in message.subject
        assert [line for line in message.body.splitlines() if line.startswith("Your password")] == []
        assert not {"\u202e", "\u200b", "\u2028"} & set(message.body + message.subject)
