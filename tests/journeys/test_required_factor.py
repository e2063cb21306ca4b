"""The first sign-in of somebody whose role needs a second factor: from the password to the own home, on a telephone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from tests import builders
from tests.journeys import bali
from tests.journeys.ballroom import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kelapa-muda-di-pantai-9"


def enter(page, user):
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: reverse("account_login") not in url)


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_committee_sets_up_the_factor_its_role_needs_and_signs_in_with_it(visitor, settings, photograph):
    settings.SECOND_FACTOR_ROLES = frozenset({"provincial-committee"})
    user = builders.committee(builders.selection())
    user.set_password(PASSWORD)
    user.save()
    page = visitor(**PHONE)

    enter(page, user)
    photograph(page, "factor-1-needed")
    assert page.url.endswith(reverse("mfa_index"))
    page.goto(reverse("home"))
    assert page.url.endswith(reverse("mfa_index"))

    page.locator(f"a[href='{reverse('mfa_activate_totp')}']").first.click()
    page.wait_for_url(lambda url: url.endswith(reverse("mfa_activate_totp")))
    photograph(page, "factor-2-app")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.locator("main").inner_text() + page.content())[0]
    page.fill("input[name=code]", code_for(secret))
    bali.confirm(page)
    photograph(page, "factor-3-codes")
    assert Authenticator.objects.filter(user=user, type="recovery_codes").exists()
    page.goto(reverse("home"))
    photograph(page, "factor-4-home")
    assert page.url.endswith(reverse("home"))

    page.context.clear_cookies()
    enter(page, user)
    photograph(page, "factor-5-asked")
    assert page.url.endswith(reverse("mfa_authenticate"))
