"""The language somebody reads is the one we write to them in."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from awards.letters import outbox
from awards.models import StageDate
from awards.stages import Stage
from paritrana.accounts import actions
from paritrana.accounts.models import User
from tests import builders as b


@pytest.fixture
def person(client, db):
    client.force_login(person := b.person("Wayan"))
    return person


@pytest.mark.parametrize(("chosen", "kept"), [("en", "en"), ("id", "id"), ("xx", "id"), ("", "id")])
def test_the_switch_is_remembered_with_the_account_where_the_language_exists(client, person, chosen, kept):
    answer = client.post(reverse("set_language"), {"language": chosen})

    assert (answer.status_code, User.objects.get(pk=person.pk).language) == (302, kept)


def test_a_visitor_chooses_for_the_own_device_only(client, db):
    person = b.person()
    answer = client.post(reverse("set_language"), {"language": "en"})

    assert (answer.status_code, answer.cookies["language"].value) == (302, "en")
    assert User.objects.get(pk=person.pk).language == "id"


def test_a_reminder_comes_in_the_language_of_whoever_gets_it(person):
    selection = b.selection(Stage.NOMINATION)
    date = StageDate(selection=selection, stage=Stage.NOMINATION, closes_at=timezone.now(), opens_at=timezone.now())
    letters = {}
    for person.language in ("id", "en"):
        letters[person.language] = outbox.letter_to(person, [], date, key=person.language).body

    assert letters["en"].splitlines()[0] == "Dear Wayan,"
    assert letters["id"].splitlines()[0] != letters["en"].splitlines()[0]


def sign_in(client, person):
    person.set_password("kelapa-muda-di-pantai-9")
    person.save()
    return client.post(reverse("account_login"), {"login": person.email, "password": "kelapa-muda-di-pantai-9"})


def test_signing_in_on_a_new_device_speaks_the_language_kept_with_the_account(client, db):
    person = b.person(language="en")

    answer = sign_in(client, person)

    assert (answer.status_code, answer.cookies["language"].value) == (302, "en")
    assert client.get(reverse("home"))["Content-Language"] == "en"


def test_signing_in_leaves_what_was_chosen_on_the_device(client, db):
    client.cookies["language"] = "id"

    answer = sign_in(client, b.person(language="en"))

    assert ("language" in answer.cookies, client.cookies["language"].value) == (False, "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_link_to_set_a_password_comes_in_the_language_of_its_owner(language, db):
    owner = b.person(language=language)

    with translation.override("en" if language == "id" else "id"):
        actions.send_link(owner, by=b.person())

    with translation.override(language):
        assert mail.outbox[-1].subject.endswith(translation.gettext("Your account"))
