"""Everything that is mailed goes through the outbox: no page waits for a mail server, and no secret lies open."""

import socket
import time

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from awards.letters import outbox
from awards.models import Letter, Role
from awards.models.letters import WAITS
from paritrana.accounts import actions
from paritrana.accounts.models import AuditEvent
from paritrana.todo import tasks_for
from tests import builders as b
from tests.awards.letters.letters import letter_given_up
from tests.letters import path_in

HOUR = WAITS[2]


@pytest.fixture(autouse=True)
def through_the_outbox(db, settings):
    """As on a server; the tests' own backend would deliver at once."""
    settings.EMAIL_BACKEND = "awards.letters.outbox.Outbox"


@pytest.fixture
def hanging_server(settings):
    """Takes up connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        yield


@pytest.fixture
def given_up():
    return letter_given_up(b.person())


def test_a_forgotten_password_is_answered_whatever_the_mail_server_does(client, hanging_server):
    person = b.person()

    page = client.post(reverse("account_reset_password"), {"email": person.email})

    assert page.status_code == 302
    assert outbox.send_waiting() == (0, 1)
    assert Letter.objects.get().state == Letter.State.FAILED


def test_the_letter_reaches_its_addressee_with_a_link_that_works(client, settings):
    client.post(reverse("account_reset_password"), {"email": b.person().email})
    outbox.send_waiting()

    assert mail.outbox[0].subject.count(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX) == 1
    link = path_in(mail.outbox[0].body)
    assert "token_fail" not in client.get(link, follow=True).context


def test_a_link_lies_in_the_database_encrypted_and_is_erased_once_sent(client):
    person = b.person()
    actions.send_link(person, by=b.administrator())

    stored = Letter.objects.get().body
    outbox.send_waiting()

    assert "http" not in stored
    assert "http" in mail.outbox[0].body
    assert Letter.objects.get().body == ""


def test_after_a_change_of_the_secret_key_the_letter_fails_unless_the_old_key_is_named(client, settings):
    actions.send_link(b.person(), by=b.administrator())
    former, settings.SECRET_KEY = settings.SECRET_KEY, "lain" * 20

    assert outbox.send_waiting() == (0, 1)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert outbox.send_waiting(timezone.now() + HOUR) == (1, 0)


def test_what_is_undone_is_not_mailed():
    with transaction.atomic():
        actions.send_link(b.person(), by=b.administrator())
        transaction.set_rollback(True)

    assert not Letter.objects.exists()


def test_a_server_that_hangs_ends_the_pass_and_other_letters_wait(hanging_server, monkeypatch):
    monkeypatch.setattr(outbox, "LONGEST", 0.1)
    for number in range(5):
        outbox.post(f"orang{number}@contoh.example", "", "Perihal", "Isi")
    began = time.monotonic()

    result = outbox.send_waiting()

    assert result == (0, 1)
    assert time.monotonic() - began < 60


def test_an_administrator_is_shown_letters_given_up_and_sends_them_once_more(signed_in, given_up):
    administrator = b.administrator()
    client = signed_in(administrator)

    assert [task.count for task in tasks_for(administrator) if "surat" in task.url] == [1]
    client.post(reverse("letter-retry", args=[given_up.pk]))

    assert outbox.send_waiting() == (1, 0)
    assert AuditEvent.objects.filter(verb="letter.retry").count() == 1


def test_a_letter_that_is_tried_anyway_is_not_begun_anew(signed_in, given_up):
    Letter.objects.update(attempts=1)

    page = signed_in(b.administrator()).post(reverse("letter-retry", args=[given_up.pk]), follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert Letter.objects.get().attempts == 1


def test_committees_see_no_button_to_send_once_more(signed_in, given_up, bali):
    Letter.objects.update(selection=bali)

    page = signed_in(b.appointed(Role.PROVINCIAL_COMMITTEE, bali)).get(reverse("letters"))

    assert list(page.context["page"]) == [given_up]
    assert reverse("letter-retry", args=[given_up.pk]) not in page.content.decode()
