"""The agency's second factor counts, and it is asked anew before weighty acts."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from awards.models import Role
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.paritrana.accounts.provider import (
    WAYAN,
    come,
    described,
    is_signed_in,
    leave,
    link,
    older,
    onward,
    provider,
    provider_address,
    reason,
)
from tests.scoring.plenary import plenary

pytestmark = [pytest.mark.django_db, pytest.mark.once]
__all__ = ["link", "provider", "provider_address"]
PASSWORD = "kelapa-muda-di-pantai-9"


# Its second factor counts


@pytest.fixture
def demanding(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CHAIR})


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "level2"}, True),
        ({"acr": ["level2"]}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({}, False),
    ],
)
def test_the_factor_of_the_agency_counts_for_roles_that_need_one(
    client, provider, link, demanding, settings, claims, opens
):
    link(b.appointed(Role.CHAIR, b.selection()))
    settings.AGENCIES = described(provider.address, OIDC_SECOND_FACTOR="level2, level3")
    provider.says(**claims)
    come(client, provider)

    answer = client.get(reverse("home"))

    assert (answer.status_code == 200) == opens
    assert opens or answer.url == reverse("mfa_index")


def test_the_agreed_level_is_asked_for(client, provider, settings):
    settings.AGENCIES = described(provider.address, OIDC_SECOND_FACTOR="level2")

    assert "acr_values=level2" in leave(client)


def test_whoever_has_a_factor_of_the_portal_still_gives_it(client, provider, link):
    """Linking cannot go around a factor that takes two administrators to remove."""
    person = link(b.person())
    TOTP.activate(person, "A" * 32)
    provider.says(amr=["mfa"])

    answer = come(client, provider)

    assert (answer.url, is_signed_in(client)) == (reverse("mfa_authenticate"), False)


# A fresh factor for weighty acts


@pytest.fixture
def sealed(client, provider, link):
    made = plenary.plenary()
    committee = b.committee(made.selection)
    plenary.sealed(made, committee)
    return made, link(committee)


def reopening(client, made):
    return client.post(reverse("reopen-result", args=[made.selection.slug]), {"reason": "Salah hitung"})


def is_reopened(made):
    return AuditEvent.objects.filter(verb__contains="reopen").exists()


def test_a_sign_in_the_agency_saw_lately_is_fresh(client, provider, sealed):
    come(client, provider)

    reopening(client, sealed[0])

    assert is_reopened(sealed[0])


@pytest.mark.parametrize("said", [-16 * 60, None])
def test_coming_from_an_agency_that_saw_the_person_long_ago_is_not_fresh(client, provider, sealed, said):
    provider.says(auth_time=None if said is None else int(time.time()) + said)
    come(client, provider)

    answer = reopening(client, sealed[0])

    assert answer.url.startswith(reverse("agency-confirm")) and not is_reopened(sealed[0])


def confirm(client, provider, asked, subject=WAYAN):
    page = client.get(asked.url)
    away = onward(client.post(reverse("agency-confirm"), {"next": page.context["next"]}))
    assert "max_age=0" in away and "prompt=login" in away
    return client.get(provider.approve(away, subject))


def test_the_agency_confirms_and_what_waited_is_done(client, provider, sealed):
    come(client, provider)
    older(client, 16 * 60)

    answer = confirm(client, provider, reopening(client, sealed[0]))

    assert answer.status_code == 302 and is_reopened(sealed[0])


def test_an_agency_that_did_not_ask_again_confirms_nothing(client, provider, sealed):
    come(client, provider)
    older(client, 16 * 60)
    asked = reopening(client, sealed[0])
    provider.says(auth_time=int(time.time()) - 16 * 60)

    answer = confirm(client, provider, asked)

    assert (reason(answer), answer.status_code, is_reopened(sealed[0])) == ("stale", 403, False)


def test_another_person_of_the_agency_confirms_nothing(client, provider, sealed):
    come(client, provider)
    older(client, 16 * 60)

    answer = confirm(client, provider, reopening(client, sealed[0]), "lain@dinas.example")

    assert (reason(answer), is_signed_in(client), is_reopened(sealed[0])) == ("other", True, False)


def test_a_password_reset_by_mail_sets_up_no_factor_in_place_of_the_agencys(client, provider, link, demanding):
    chair = link(b.appointed(Role.CHAIR, b.selection()))
    chair.set_password(PASSWORD)
    chair.save()
    client.post(reverse("account_login"), {"login": chair.email, "password": PASSWORD})

    answer = client.post(reverse("mfa_activate_totp"), {"code": "123456"})

    assert answer.url.startswith(reverse("agency-confirm"))
    assert not Authenticator.objects.exists()


def test_with_a_factor_of_the_portal_its_own_ways_are_offered_and_the_agency_beside(client, provider, sealed):
    person = sealed[1]
    person.set_password(PASSWORD)
    person.save()
    come(client, provider)
    TOTP.activate(person, "A" * 32)
    older(client, 16 * 60)

    asked = reopening(client, sealed[0])
    page = client.get(asked.url).content.decode()

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert reverse("agency-confirm") in page and "SSO Dinas" in page
