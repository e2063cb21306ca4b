"""A juror on a telephone: a passkey is set up once, and from then on one touch signs in."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from awards.models import Role
from tests import builders
from tests.journeys.ballroom import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kelapa-muda-di-pantai-9"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_juror_signs_in_with_one_touch(visitor):
    juror = builders.appointed(Role.JUROR, builders.selection())
    juror.set_password(PASSWORD)
    juror.save()
    page = visitor(**PHONE)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto(reverse("account_login"))
    page.fill("input[name=login]", juror.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: reverse("account_login") not in url)
    page.goto(reverse("mfa_add_webauthn"))
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: reverse("mfa_add_webauthn") in url)
    page.fill("input[name=name]", "Ponsel")
    page.check("input[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: reverse("mfa_add_webauthn") not in url)
    assert Authenticator.objects.filter(user=juror, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: reverse("account_login") not in url)

    assert page.url.endswith(reverse("home"))
