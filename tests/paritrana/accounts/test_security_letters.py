"""Every change of a password or of the second factor is in the trail and told by letter."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from tests import builders as b

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"
FRESH = {"password1": "kopi-Kintamani-7", "password2": "kopi-Kintamani-7"}


@pytest.fixture
def person(client):
    found = b.person("Wayan")
    found.set_password(PASSWORD)
    found.save()
    client.force_login(found)
    return found


@pytest.fixture
def reauthenticated(client, person):
    asked = client.get(reverse("mfa_activate_totp"))
    client.post(asked.url, {"password": PASSWORD})


def verbs(person):
    signing = {"account.sign-in", "account.sign-out"}
    return [verb for verb in AuditEvent.objects.of(person).values_list("verb", flat=True) if verb not in signing]


def test_a_changed_password_is_recorded_and_told(client, person, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **FRESH}, REMOTE_ADDR="203.0.113.7")

    assert verbs(person) == ["account.change-password"]
    assert [letter.to for letter in mailoutbox] == [[person.email]]
    assert "203.0.113.7" in mailoutbox[0].body
    assert reverse("account_reset_password") in mailoutbox[0].body


def test_a_password_set_by_a_link_is_recorded_and_told(client, person, mailoutbox, django_capture_on_commit_callbacks):
    client.logout()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(form.redirect_chain[-1][0], FRESH)

    assert verbs(person) == ["account.reset-password"]
    assert [letter.to for letter in mailoutbox[1:]] == [[person.email]]


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.usefixtures("reauthenticated")
def test_an_authenticator_app_is_recorded_and_told_when_it_comes_and_goes(
    client, person, mailoutbox, django_capture_on_commit_callbacks
):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    added = verbs(person)
    client.post(reverse("mfa_deactivate_totp"))

    assert sorted(added) == ["account.add-factor", "account.add-factor"]
    assert verbs(person)[2:] == ["account.remove-factor", "account.remove-factor"]
    assert [letter.to for letter in mailoutbox] == [[person.email]] * 2
    kinds = [event.detail["kind"] for event in AuditEvent.objects.of(person) if event.verb == "account.add-factor"]
    assert sorted(kinds) == ["recovery_codes", "totp"]


@pytest.mark.usefixtures("reauthenticated")
def test_recovery_codes_made_anew_are_recorded_and_told(client, person, mailoutbox, django_capture_on_commit_callbacks):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))

    assert verbs(person) == ["account.renew-codes"]
    assert [letter.to for letter in mailoutbox] == [[person.email]]


@pytest.mark.usefixtures("reauthenticated")
def test_a_passkey_that_is_removed_is_recorded_and_told(client, person, mailoutbox):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    key = WebAuthn.add(person, "Laptop", {}).instance

    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert verbs(person) == ["account.remove-factor"]
    assert [letter.to for letter in mailoutbox] == [[person.email]]
