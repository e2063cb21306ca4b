"""Of the sign-in library's pages only those the portal needs are open; an address of one's own is never one of them."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from paritrana import triggers
from tests import builders as b

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def person(client):
    found = b.person("Wayan")
    found.set_password(PASSWORD)
    found.save()
    client.force_login(found)
    return found


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_send", "action_remove"])
def test_nobody_takes_an_address_by_themselves(client, person, act):
    own = person.email

    answer = client.post("/akun/email/", {act: "", "email": "ketua@dinas.example"})
    client.post("/akun/email/", {"action_primary": "", "email": "ketua@dinas.example"})

    person.refresh_from_db()
    assert (answer.status_code, person.email, EmailAddress.objects.count()) == (404, own, 0)


def test_the_database_holds_no_second_address_of_an_account(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=person, email="lain@dinas.example", verified=True, primary=True)


def test_no_address_of_the_library_becomes_another(person):
    """Servers of the version before write the own address there with every link to set a password."""
    own = EmailAddress.objects.create(user=person, email=person.email)

    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.filter(pk=own.pk).update(email="lain@dinas.example")


def test_migrating_forgets_the_addresses_somebody_added_to_the_own_account(client, person):
    with triggers.lifted(connection):
        EmailAddress.objects.create(user=person, email="ketua@dinas.example", verified=True)

        import_module("paritrana.accounts.migrations.0003_one_address").forget_addresses_of_the_library(apps, None)

    client.logout()
    answer = client.post(reverse("account_login"), {"login": "ketua@dinas.example", "password": PASSWORD})
    assert (EmailAddress.objects.count(), answer.status_code) == (0, 200)


def test_the_address_of_the_account_page_leads_to_the_second_factor(client, person):
    answer = client.get("/akun/")

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_a_letter_for_an_unknown_address_offers_no_account(client, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "siapa@dinas.example"})

    assert [mail.to for mail in mailoutbox] == [["siapa@dinas.example"]]
    assert "/akun/signup/" not in mailoutbox[0].body


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, person, mailoutbox):
    client.logout()
    client.post(reverse("account_reset_password"), {"email": person.email.upper()})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)

    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "kopi-Kintamani-7", "password2": "kopi-Kintamani-7"})

    person.refresh_from_db()
    assert person.check_password("kopi-Kintamani-7")
    assert "token_fail" in client.get(link, follow=True).context
    assert EmailAddress.objects.count() == 0


def test_the_password_is_changed_after_the_old_one_was_typed(client, person):
    typed = {"oldpassword": PASSWORD, "password1": "kopi-Kintamani-7", "password2": "kopi-Kintamani-7"}

    client.post(reverse("account_change_password"), typed)

    person.refresh_from_db()
    assert person.check_password("kopi-Kintamani-7")


def test_the_second_factor_asks_for_the_password_again(client, person):
    asked = client.get(reverse("mfa_activate_totp"))
    client.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
