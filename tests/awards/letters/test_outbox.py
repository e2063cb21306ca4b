"""Letters are sent once, a failing one is tried again and holds up nobody; everybody sees what became of their own."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.letters import outbox, reminders
from awards.models import Letter, Role, StageDate
from awards.models.letters import WAITS
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent, User
from tests import builders as b

NOW = timezone.now()
MINUTE = datetime.timedelta(minutes=1)
GIVEN_UP = {"attempts": len(WAITS) + 1, "claimed_at": NOW - 10 * MINUTE, "error": "ditolak"}


def letter(to=None, selection=None, **fields):
    number = Letter.objects.count()
    made = {"key": f"surat {number}", "to": to or b.person(), "selection": selection, "subject": "Perihal"}
    return Letter.objects.create(**made | {"body": f"Isi {number}"} | fields)


def at_once(act, number=4):
    """What ``act`` gave in each of several servers that begin together."""
    together = Barrier(number, timeout=60)

    def one(_number):
        try:
            together.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.fixture
def no_server(settings):
    """A mail server that answers nobody."""
    settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.django_db(transaction=True)
def test_servers_that_begin_together_send_each_letter_once():
    for _number in range(10):
        letter()

    results = at_once(lambda: outbox.send_waiting(NOW))

    assert sum(sent for sent, _failed in results) == 10
    assert sorted(message.body for message in mail.outbox) == sorted(f"Isi {number}" for number in range(10))
    assert Letter.objects.unsent().count() == 0


@pytest.mark.django_db(transaction=True)
def test_servers_that_begin_together_write_each_reminder_once():
    b.category()
    selection, regency = b.selection(Stage.NOMINATION), b.regency()
    staff = [b.branch_staff(regency) for _number in range(3)]
    b.nomination(selection, regency)
    StageDate.objects.create(
        selection=selection,
        stage=Stage.NOMINATION,
        opens_at=NOW - datetime.timedelta(days=9),
        closes_at=NOW + datetime.timedelta(days=1),
    )

    results = at_once(lambda: reminders.write(NOW))

    assert sorted(results) == [0, 0, 0, 3]
    assert set(Letter.objects.values_list("to", flat=True)) == {user.pk for user in staff}
    assert AuditEvent.objects.filter(verb="reminder.write").count() == 1


def test_a_letter_that_fails_keeps_its_error_and_is_tried_again_later(db, no_server):
    failing = letter()

    first = outbox.send_waiting(NOW)
    at_once_again = outbox.send_waiting(NOW + MINUTE)
    again = outbox.send_waiting(NOW + 6 * MINUTE)

    failing.refresh_from_db()
    assert (first, at_once_again, again) == ((0, 1), (0, 0), (0, 1))
    assert (failing.attempts, failing.state) == (2, Letter.State.FAILED)
    assert failing.error


def test_it_goes_out_when_the_server_is_back(db, no_server, settings):
    failing = letter()
    outbox.send_waiting(NOW)
    settings.MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"

    assert outbox.send_waiting(NOW + 6 * MINUTE) == (1, 0)
    failing.refresh_from_db()
    assert (failing.state, failing.error, failing.attempts) == (Letter.State.SENT, "", 2)


def test_one_that_cannot_be_sent_holds_up_nobody(db):
    unreachable = b.person()
    User.objects.filter(pk=unreachable.pk).update(email="baris\nkedua@example.org")
    letter(User.objects.get(pk=unreachable.pk))
    letter()

    assert outbox.send_waiting(NOW) == (1, 1)


def test_after_the_last_attempt_it_rests(db, no_server):
    letter(attempts=len(WAITS) + 1, claimed_at=NOW, error="tidak terkirim")

    assert outbox.send_waiting(NOW + datetime.timedelta(days=30)) == (0, 0)


def test_one_whose_server_died_in_the_middle_is_taken_up_again(db):
    letter(attempts=1, claimed_at=NOW)

    assert outbox.send_waiting(NOW + MINUTE) == (0, 0)
    assert outbox.send_waiting(NOW + 6 * MINUTE) == (1, 0)


def test_both_attempts_at_a_letter_carry_one_message_id(db):
    sent = letter()
    outbox.send_waiting(NOW)
    Letter.objects.filter(pk=sent.pk).update(sent_at=None)
    outbox.send_waiting(NOW + 6 * MINUTE)

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("who", ["receiver", "committee", "auditor", "admin", "other branch"])
def test_everybody_sees_their_own_and_committees_those_of_their_selection(bali, staff, jembrana, signed_in, who):
    foreign = b.selection(of=bali.edition, at=b.province("63", "Kalimantan Selatan"))
    own, other = letter(staff, bali), letter(selection=foreign)
    users = {
        "receiver": lambda: staff,
        "committee": lambda: b.committee(bali),
        "auditor": lambda: b.appointed(Role.AUDITOR, bali.edition),
        "admin": b.administrator,
        "other branch": lambda: b.branch_staff(b.regency("51.09", "Kabupaten Lain"), name="Lain"),
    }
    wanted = {"receiver": [own], "committee": [own], "auditor": [other, own], "admin": [other, own], "other branch": []}

    page = signed_in(users[who]()).get(reverse("letters")).context["page"]

    assert list(page.object_list) == wanted[who]


@pytest.mark.parametrize(("state", "number"), [("waiting", 1), ("sent", 2), ("failed", 3), ("given-up", 4), ("", 10)])
def test_the_list_narrows_by_state_as_each_row_says_it(db, signed_in, state, number):
    kinds = [{}, {"sent_at": NOW, "claimed_at": NOW}, {"error": "ditolak"}, GIVEN_UP]
    for times, fields in enumerate(kinds, start=1):
        for _number in range(times):
            letter(**fields)

    page = signed_in(b.administrator()).get(reverse("letters"), {"state": state}).context["page"]

    assert len(page.object_list) == number
    assert {row.state for row in page.object_list} == ({state} if state else set(Letter.State))


def test_many_letters_cost_as_many_queries_as_one(bali, staff, signed_in):
    client = signed_in(staff)

    def queries():
        with CaptureQueriesContext(connection) as spent:
            client.get(reverse("letters"))
        return len(spent)

    letter(staff, bali)
    queries()
    one = queries()
    for _number in range(10):
        letter(staff, bali)

    assert queries() == one


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_fails_after_the_commit_neither_fails_the_act_nor_the_next_one(monkeypatch):
    def away(_task):
        raise OperationalError("the database is locked")

    monkeypatch.setattr(outbox.schedule, "queue_once", away)
    user = b.person()
    for number in range(2):
        with transaction.atomic():
            outbox.post(f"a{number}@example.org", "", "Perihal", "isi")
            trail.record(user, "account.open", user)

    assert Letter.objects.unsent().count() == 2
    assert sorted(AuditEvent.objects.filter(verb="account.open").values_list("turn", flat=True)) == [1, 2]
