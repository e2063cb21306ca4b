"""What goes wrong on the way to the agency and back has a page, a reason and a way out, and opens nothing."""

import logging

import jwt
import pytest
from django.urls import reverse
from joserfc.jwk import RSAKey

from paritrana.accounts import agency
from tests import builders as b
from tests.paritrana.accounts.provider import (
    come,
    described,
    is_signed_in,
    leave,
    link,
    provider,
    provider_address,
    reason,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
__all__ = ["link", "provider", "provider_address"]


# What goes wrong has a page, a reason and a way out


def expect(answer, wanted, status):
    page = answer.content.decode()
    assert (reason(answer), answer.status_code) == (wanted, status)
    assert reverse("account_login") in page and "SSO Dinas" in page


def test_a_cancelled_sign_in_is_told(client, provider, link):
    link(b.person())

    expect(client.get(provider.approve(leave(client), action="deny")), "denied", 403)


def test_a_provider_that_is_away_is_told_on_the_way_there(client, settings):
    settings.AGENCIES = described("http://127.0.0.1:9")

    expect(client.post(reverse("openid_connect_login", args=["instansi"])), "down", 502)


def test_a_provider_that_goes_away_is_told_on_the_way_back(client, provider, settings):
    back = provider.approve(leave(client))
    settings.AGENCIES = described("http://127.0.0.1:9")

    expect(client.get(back), "down", 502)


def test_a_description_of_another_issuer_is_refused(client, provider, settings):
    settings.AGENCIES = described(f"{provider.address}/.well-known/openid-configuration")

    expect(client.post(reverse("openid_connect_login", args=["instansi"])), "invalid", 400)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "lain"},
        {"iss": "https://lain.example"},
        {"aud": "lain"},
        {"azp": "lain"},
        {"exp": 1_000_000_000},
        {"iat": "kemarin"},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(client, provider, link, claims):
    link(b.person())
    provider.says(**claims)

    expect(come(client, provider), "invalid", 400)
    assert not is_signed_in(client)


def test_a_token_signed_by_another_key_is_refused(client, provider, link, monkeypatch):
    link(b.person())
    strange = jwt.PyJWK(RSAKey.generate_key(2048).as_dict(private=False))
    monkeypatch.setattr(agency.Exchange, "_key", lambda exchange, token: strange)

    expect(come(client, provider), "invalid", 400)


def test_the_way_back_works_once_and_for_the_browser_that_left(client, provider, link):
    link(b.person())
    back = provider.approve(leave(client))
    stranger = client.__class__()

    assert [reason(stranger.get(back)), client.get(back).status_code, reason(client.get(back))] == [
        "invalid",
        302,
        "invalid",
    ]


def test_neither_secret_nor_token_nor_address_reaches_the_log(client, provider, link, caplog):
    link(b.person())
    provider.says(nonce="lain")
    with caplog.at_level(logging.DEBUG, logger="paritrana"):
        come(client, provider)

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("paritrana")]
    assert lines == ["sign-in through the agency refused (invalid): the identity token answers another request"]


def test_asking_the_provider_has_a_limit(client, provider):
    answers = [client.post(reverse("openid_connect_login", args=["instansi"])).status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]


def test_after_signing_in_the_page_one_wanted_opens(client, provider, link):
    link(b.person())

    assert come(client, provider, next=reverse("my-data")).url == reverse("my-data")
    client.logout()
    assert come(client, provider, next="https://lain.example/").url == reverse("home")


def test_signing_out_reminds_of_the_session_there(client, provider, link):
    link(b.person())
    come(client, provider)

    page = client.get(reverse("account_logout")).content.decode()

    assert "Sesi di SSO Dinas tetap terbuka" in page
