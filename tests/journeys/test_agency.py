"""Somebody of an agency with its own sign-in: unlinked, linked by an administrator, inside, and asked anew."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from awards.models import Role
from tests import builders
from tests.paritrana.accounts.provider import WAYAN, provider, provider_address

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["provider", "provider_address"]


def sign_in_there(page, subject=WAYAN):
    page.fill("input[name=sub]", subject)
    page.locator("button[type=submit]").first.click()


def test_an_agencys_people_are_linked_and_sign_in(visitor, sign_in, provider, settings, photograph):
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CHAIR})
    chair = builders.appointed(Role.CHAIR, builders.selection())
    provider.says(amr=["pwd", "mfa"])
    page, office = visitor(), sign_in(builders.administrator())

    page.goto(reverse("account_login"))
    photograph(page, "agency-sign-in")
    page.get_by_role("button", name="Masuk dengan SSO Dinas").click()
    sign_in_there(page)
    code = page.locator("[data-code]").inner_text()
    photograph(page, "agency-unlinked")

    office.goto(chair.get_absolute_url())
    office.locator("[data-agency] a").click()
    office.fill("input[name=code]", code)
    office.get_by_role("button", name="Kirim tautan untuk disahkan").click()
    office.wait_for_url(f"**{chair.get_absolute_url()}")
    link = re.search(r"/akun-instansi/\S+", mail.outbox[-1].body)[0]

    page.goto(link)
    page.get_by_role("button", name="Keduanya milik saya: tautkan").click()
    page.locator("main a", has_text="Masuk").click()
    page.get_by_role("button", name="Masuk dengan SSO Dinas").click()
    sign_in_there(page)
    page.wait_for_url(lambda url: url.endswith(reverse("home")))

    page.goto(reverse("account_logout"))
    assert "Sesi di SSO Dinas tetap terbuka" in page.locator("main").inner_text()
