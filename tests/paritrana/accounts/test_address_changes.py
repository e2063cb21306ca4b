"""A new address is entered by an administrator, confirmed by whoever gets mail there, and both addresses hear of it."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from paritrana.accounts import address_changes, pseudonyms, trail
from paritrana.accounts.models import AddressChange, AuditEvent, User
from tests import builders as b

pytestmark = pytest.mark.django_db
NEW = "made.baru@dinas.example"


@pytest.fixture
def administrator(client):
    user = b.administrator()
    client.force_login(user)
    return user


@pytest.fixture
def person():
    return b.person("Made")


def ask(client, person, address=NEW, reason="Pindah kantor"):
    return client.post(reverse("person-address", args=[person.pk]), {"address": address, "reason": reason})


def link_in(letter):
    return re.search(r"http://127\.0\.0\.1:8000(/alamat-surel/\S+)", letter.body)[1]


def test_the_present_address_stays_until_the_new_one_is_confirmed(client, administrator, person, mailoutbox):
    present = person.email

    answer = ask(client, person, "Made.Baru@Dinas.EXAMPLE ")

    person.refresh_from_db()
    assert (answer.url, person.email) == (person.get_absolute_url(), present)
    assert [letter.to for letter in mailoutbox] == [[present], [NEW]]
    assert "/alamat-surel/" not in mailoutbox[0].body
    assert NEW in mailoutbox[0].body
    assert "Pindah kantor" in mailoutbox[0].body


def test_looking_at_the_link_changes_nothing_and_pressing_the_button_does(client, administrator, person, mailoutbox):
    present = person.email
    ask(client, person)
    owner, link = Client(), link_in(mailoutbox[1])

    owner.get(link)
    owner.head(link)
    looked_at = User.objects.get(pk=person.pk).email
    answer = owner.post(link, follow=True)

    assert (looked_at, User.objects.get(pk=person.pk).email) == (present, NEW)
    assert (answer.redirect_chain, answer.status_code) == ([(link, 302)], 200)
    assert [letter.to for letter in mailoutbox[2:]] == [[present], [NEW]]
    assert owner.post(link).templates[0].name == "accounts/address_over.html"


def test_a_change_of_address_ends_every_session_of_the_person_and_of_nobody_else(
    client, administrator, person, mailoutbox
):
    ask(client, person)
    signed_in = Client()
    signed_in.force_login(person)

    answer = signed_in.post(link_in(mailoutbox[1]), follow=True)

    assert (answer.status_code, answer.context["request"].user.is_authenticated) == (200, False)
    assert signed_in.get(reverse("mfa_index")).status_code == 302
    assert client.get(reverse("people")).status_code == 200


def test_the_former_address_no_longer_signs_in(client, administrator, person, mailoutbox):
    former = person.email
    person.set_password("kelapa-muda-di-pantai-9")
    person.save()
    EmailAddress.objects.create(user=person, email=former, verified=True, primary=True)
    ask(client, person)
    Client().post(link_in(mailoutbox[1]))

    typed = [{"login": login, "password": "kelapa-muda-di-pantai-9"} for login in (former, NEW)]
    answers = [Client().post(reverse("account_login"), each).status_code for each in typed]

    assert answers == [200, 302]


def test_a_newer_request_takes_the_place_of_the_older(client, administrator, person, mailoutbox):
    ask(client, person, "salah@dinas.example")
    ask(client, person)

    older = Client().post(link_in(mailoutbox[1]))
    Client().post(link_in(mailoutbox[3]))

    assert older.status_code == 410
    assert User.objects.get(pk=person.pk).email == NEW


def test_a_request_that_is_withdrawn_has_no_effect(client, administrator, person, mailoutbox):
    present = person.email
    ask(client, person)
    shown = client.get(person.get_absolute_url()).content.decode()

    client.post(reverse("person-address-withdraw", args=[person.pk]))
    again = client.post(reverse("person-address-withdraw", args=[person.pk]), follow=True)

    assert (NEW in shown, NEW in client.get(person.get_absolute_url()).content.decode()) == (True, False)
    assert Client().post(link_in(mailoutbox[1])).status_code == 410
    assert User.objects.get(pk=person.pk).email == present
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]


def test_a_link_expires(client, administrator, person, mailoutbox):
    ask(client, person)
    AddressChange.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))

    assert Client().get(link_in(mailoutbox[1])).status_code == 410
    with pytest.raises(ValidationError) as refused:
        address_changes.confirm(AddressChange.objects.get())
    assert refused.value.code == "over"
    assert "tidak dikonfirmasi" in client.get(person.get_absolute_url()).content.decode()


@pytest.mark.parametrize("typed", ["{other}", "{OTHER}", "{own}", "bukan alamat", "", "ſiti@dinas.example"])
def test_an_address_nobody_can_be_reached_by_alone_is_refused(client, administrator, person, mailoutbox, typed):
    other = b.person("Ketut")
    typed = typed.format(other=other.email, OTHER=other.email.upper(), own=person.email)

    page = ask(client, person, typed)

    assert list(page.context["form"].errors) == ["address"]
    assert page.context["form"]["reason"].value() == "Pindah kantor"
    assert (AddressChange.objects.count(), mailoutbox) == (0, [])


def test_without_a_reason_nothing_is_asked(client, administrator, person, mailoutbox):
    page = ask(client, person, reason=" ")

    assert list(page.context["form"].errors) == ["reason"]
    assert (AddressChange.objects.count(), mailoutbox) == (0, [])


def test_an_address_taken_meanwhile_is_not_confirmed(client, administrator, person, mailoutbox):
    present = person.email
    ask(client, person)
    User.objects.create_user(NEW, name="Lain")

    page = Client().post(link_in(mailoutbox[1]))

    assert (page.status_code, User.objects.get(pk=person.pk).email) == (200, present)
    assert AddressChange.objects.get().confirmed_at is None


def test_a_closed_account_changes_no_address(client, administrator, person, mailoutbox):
    ask(client, person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    Client().post(link_in(mailoutbox[1]))
    page = ask(client, person, "lain@dinas.example")

    assert User.objects.get(pk=person.pk).email == person.email
    assert list(page.context["form"].errors) == ["address"]


def test_administrators_confirm_their_own_new_address_as_well(client, administrator, mailoutbox):
    present = administrator.email
    other = b.administrator()

    ask(client, administrator)

    administrator.refresh_from_db()
    assert administrator.email == present
    assert other.email in mailoutbox[0].body
    assert f"- Admin, {present}" not in mailoutbox[0].body


def test_nobody_else_enters_or_withdraws_an_address(client, person):
    client.force_login(person)

    answers = [ask(client, person), client.post(reverse("person-address-withdraw", args=[person.pk]))]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_every_step_is_in_the_trail(client, administrator, person, mailoutbox):
    present = person.email
    ask(client, person, "salah@dinas.example")
    client.post(reverse("person-address-withdraw", args=[person.pk]))
    ask(client, person)
    Client().post(link_in(mailoutbox[3]))

    events = list(AuditEvent.objects.of(person).values_list("verb", "actor"))
    assert events == [
        ("account.ask-address", administrator.pk),
        ("account.withdraw-address", administrator.pk),
        ("account.ask-address", administrator.pk),
        ("account.confirm-address", person.pk),
    ]
    detail = AuditEvent.objects.of(person).last().detail
    assert detail["asked_by"] == administrator.pk
    assert pseudonyms.in_words([detail["before"]["email"], detail["after"]["email"]]) == [present, NEW]
    assert list(trail.faults()) == []


def test_letters_come_in_the_language_of_the_account(client, administrator, mailoutbox):
    ask(client, b.person("Made", language="en"))

    assert [letter.body.splitlines()[0] for letter in mailoutbox] == ["Dear Made,", "Dear Made,"]


def test_a_link_to_set_the_password_dies_with_the_address_it_was_sent_to(client, administrator, person, mailoutbox):
    client.post(reverse("person-send-link", args=[person.pk]))
    password_link = re.search(r"http://127\.0\.0\.1:8000(/akun/\S+)", mailoutbox[0].body)[1]
    ask(client, person)
    Client().post(link_in(mailoutbox[2]))

    assert "token_fail" in Client().get(password_link, follow=True).context


def test_the_database_holds_an_address_once_however_it_is_written(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=person.email.upper(), name="Lain")
