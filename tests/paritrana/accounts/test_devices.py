"""What a browser keeps is one person's and one session's; new browsers are told by letter, sessions can be ended."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from paritrana.accounts import devices
from paritrana.accounts.models import AuditEvent
from tests import builders as b

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def person():
    return with_password(b.person("Wayan"))


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, user, browser="Peramban A"):
    answer = client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD}, headers={"User-Agent": browser}
    )
    assert answer.status_code == 302
    return answer


def mark(client):
    return client.cookies[devices.MARK].value if devices.MARK in client.cookies else ""


class TestTheMark:
    def test_it_says_who_is_signed_in_and_scripts_can_read_it(self, client, person):
        sign_in(client, person)

        assert mark(client).startswith(f"{person.pk}.")
        assert not client.cookies[devices.MARK]["httponly"]
        assert client.session.session_key not in mark(client)

    def test_each_session_has_its_own_and_another_person_takes_its_place(self, client, person):
        sign_in(client, person)
        first = mark(client)
        client.post(reverse("account_logout"))
        assert mark(client) == ""
        sign_in(client, person)
        second = mark(client)

        sign_in(Client(), with_password(b.person("Made")))
        client.force_login(other := b.person("Komang"))
        client.get(reverse("home"))

        assert first != second
        assert mark(client).startswith(f"{other.pk}.")

    def test_a_session_that_ended_elsewhere_loses_it_with_the_next_answer(self, client, person):
        sign_in(client, person)
        kept = mark(client)
        client.session.flush()
        client.cookies[devices.MARK] = kept

        client.get(reverse("sheets-offline"))

        assert mark(client) == ""

    @pytest.mark.parametrize(
        ("sent", "cleared"), [({}, '"cache"'), ({"wipe": "1"}, '"cache", "storage"'), ({"wipe": "x"}, '"cache"')]
    )
    def test_signing_out_clears_the_browser_but_not_what_was_never_sent(self, client, person, sent, cleared):
        client.force_login(person)

        assert client.post(reverse("account_logout"), sent).headers["Clear-Site-Data"] == cleared

    def test_other_answers_clear_nothing(self, client, person):
        client.force_login(person)

        assert "Clear-Site-Data" not in client.get(reverse("home")).headers


class TestTheKeys:
    def test_they_are_each_persons_own(self, client, person):
        client.force_login(person)
        own = client.get(reverse("sheets-keys")).json()
        client.force_login(b.person("Made"))

        assert own["person"] == person.pk
        assert client.get(reverse("sheets-keys")).json()["keys"] != own["keys"]

    def test_what_was_written_before_the_secret_changed_can_still_be_read(self, person, settings):
        (before,) = devices.keys_of(person)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "lain" * 20

        now, former = devices.keys_of(person)

        assert (former, now != before) == (before, True)


class TestANewBrowser:
    def test_the_first_sign_in_and_a_known_browser_write_no_letter(self, client, person, mailoutbox):
        sign_in(client, person)
        client.post(reverse("account_logout"))
        sign_in(client, person)

        assert mailoutbox == []

    def test_another_browser_is_told_and_known_from_then_on(self, client, person, mailoutbox):
        sign_in(client, person)
        other = Client()
        sign_in(other, person, "Peramban B")
        other.post(reverse("account_logout"))
        sign_in(other, person, "Peramban B")

        (letter,) = mailoutbox
        assert letter.to == [person.email]
        assert "Peramban B" in letter.body

    def test_a_forged_or_foreign_cookie_knows_nobody(self, client, person, mailoutbox):
        sign_in(client, person)
        other = Client()
        other.cookies[devices.KNOWN] = "WyJhIl0:1:x"
        sign_in(other, person)

        assert len(mailoutbox) == 1
        assert person.email not in other.cookies[devices.KNOWN].value


class TestSessions:
    url = "/akun/sesi/"

    def test_they_are_listed_and_each_can_be_ended(self, client, person):
        other = Client()
        sign_in(other, person, "Peramban B")
        sign_in(client, person)

        (row,) = client.get(self.url).context["rows"]
        client.post(self.url, {"end": row.pk})

        assert row.user_agent == "Peramban B"
        assert other.get(reverse("editions")).status_code == 302
        assert client.get(reverse("editions")).status_code == 200
        assert AuditEvent.objects.of(person).filter(verb="account.end-sessions").count() == 1

    def test_all_others_are_ended_at_once_and_the_own_one_stays(self, client, person):
        others = [Client(), Client()]
        for each in (*others, client):
            sign_in(each, person)

        client.post(self.url, {"end": "all"})

        assert [each.get(reverse("editions")).status_code for each in (*others, client)] == [302, 302, 200]

    @pytest.mark.parametrize("end", ["", "0", "abc", "9" * 30])
    def test_what_is_no_session_ends_none(self, client, person, end):
        other = Client()
        for each in (other, client):
            sign_in(each, person)

        assert client.post(self.url, {"end": end}).status_code == 302
        assert other.get(reverse("editions")).status_code == 200

    def test_nobody_ends_the_session_of_somebody_else(self, client, person):
        victim = Client()
        sign_in(victim, with_password(b.person("Made")))
        sign_in(client, person)
        row = UserSession.objects.exclude(user=person).get()

        client.post(self.url, {"end": row.pk})

        assert client.get(self.url).context["rows"] == []
        assert victim.get(reverse("editions")).status_code == 200
