"""Signing in through an agency's own OpenID Connect, against a real provider on this machine."""

import logging
import time

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.urls import reverse
from joserfc.jwk import RSAKey

from awards.models import Role
from paritrana.accounts import agency, agency_links, personal_data
from paritrana.accounts.models import AuditEvent, User
from tests import builders as b
from tests.paritrana.accounts.provider import WAYAN, come, described, leave, older, onward, provider, provider_address
from tests.scoring.plenary import plenary

pytestmark = [pytest.mark.django_db, pytest.mark.once]
__all__ = ["provider", "provider_address"]
PASSWORD = "kelapa-muda-di-pantai-9"


@pytest.fixture
def link(client, provider, mailoutbox, django_capture_on_commit_callbacks):
    """Link an account as an administrator and its owner do: ``link(user)``."""

    def make(user, subject=WAYAN):
        code = code_in(come(client, provider, subject))
        with django_capture_on_commit_callbacks(execute=True):
            agency_links.ask(user, code=code, by=b.administrator())
        agency_links.confirm(token_in(mailoutbox[-1]))
        client.logout()
        return user

    return make


def token_in(letter):
    return next(word for word in letter.body.split() if "/akun-instansi/" in word).rstrip("/").rpartition("/")[2]


def code_in(answer):
    assert (answer.status_code, answer.context["reason"]) == (403, "unlinked")
    return answer.context["code"]


def reason(answer):
    return answer.context["reason"]


def is_signed_in(client):
    return "_auth_user_id" in client.session


# Off, unless it is configured


def test_without_a_configured_agency_nothing_of_it_is_there(client):
    admin, person = b.administrator(), b.person()
    page = client.get(reverse("account_login")).content.decode()
    client.force_login(admin)

    assert "oidc" not in page and "instansi" not in page
    addresses = [
        reverse("openid_connect_login", args=["instansi"]),
        reverse("openid_connect_callback", args=["instansi"]),
        reverse("agency-confirm"),
        reverse("person-agency", args=[person.pk]),
    ]
    assert {client.generic(method, each).status_code for each in addresses for method in ("GET", "POST")} == {404}


def test_the_button_bears_the_name_of_the_agency(client, provider):
    assert "Masuk dengan SSO Dinas" in client.get(reverse("account_login")).content.decode()


def test_rows_of_the_librarys_table_configure_nothing(client):
    SocialApp.objects.create(provider="openid_connect", provider_id="instansi", name="Palsu", client_id="x")

    assert "Palsu" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("openid_connect_login", args=["instansi"])).status_code == 404


# Linked by an administrator, never made


def test_somebody_unlinked_gets_no_account_and_no_link_even_with_the_address_of_one(client, provider):
    User.objects.filter(pk=b.person().pk).update(email=WAYAN)
    before = User.objects.count()

    answer = come(client, provider)

    assert (reason(answer), is_signed_in(client)) == ("unlinked", False)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_administrator_links_by_the_code_and_the_owner_of_the_mailbox_confirms(
    client, provider, mailoutbox, django_capture_on_commit_callbacks
):
    admin, person = b.administrator(), b.person()
    code = code_in(come(client, provider))
    client.force_login(admin)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("person-agency", args=[person.pk]), {"code": f" {code.lower()} "})
    client.logout()
    (letter,) = mailoutbox
    link = reverse("agency-link", args=[token_in(letter)])

    seen = client.get(link)
    assert (letter.to, SocialAccount.objects.count()) == ([person.email], 0)
    assert WAYAN in letter.body and admin.name in letter.body and WAYAN in seen.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(link)

    assert SocialAccount.objects.get().user == person
    verbs = list(AuditEvent.objects.of(person).order_by("pk").values_list("verb", "actor"))
    assert verbs == [("account.ask-link", admin.pk), ("account.link", person.pk)]
    assert [each.to for each in mailoutbox[1:]] == [[person.email]]
    assert client.post(link).status_code == 404
    answer = come(client, provider)
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(person.pk))


def test_the_trail_holds_no_address_of_the_agency(client, provider, link):
    person = link(b.person())

    events = AuditEvent.objects.of(person).values_list("detail", flat=True)

    assert len(events) >= 2 and not any(WAYAN in str(detail) for detail in events)


@pytest.mark.parametrize("case", ["code", "inactive", "linked", "taken", "used"])
def test_a_link_that_may_not_be_is_refused(client, provider, link, case):
    person = b.person()
    if case == "linked":
        link(person, "lain@dinas.example")
    if case == "taken":
        link(b.person())
        client.force_login(b.administrator())
        code = agency_links.code_for(SocialAccount.objects.get())
    else:
        code = code_in(come(client, provider))
    if case == "inactive":
        User.objects.filter(pk=person.pk).update(is_active=False)
    if case == "used":
        agency_links.ask(b.person(), code=code, by=b.administrator())
    client.force_login(b.administrator())
    before = SocialAccount.objects.count()

    answer = client.post(
        reverse("person-agency", args=[person.pk]), {"code": "AAAAA-AAAAA" if case == "code" else code}
    )

    assert (answer.status_code, len(answer.context["form"].errors["code"])) == (200, 1)
    assert SocialAccount.objects.count() == before


def test_the_link_is_taken_away_and_the_open_sessions_end(
    client, provider, link, mailoutbox, django_capture_on_commit_callbacks
):
    person = link(b.person())
    come(client, provider)
    held = client.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        agency_links.unlink(person, by=b.administrator())

    assert not client.session.__class__().exists(held)
    assert mailoutbox[-1].to == [person.email]
    assert reason(come(client, provider)) == "unlinked"


def test_a_closed_account_stays_closed(client, provider, link):
    person = link(b.person())
    User.objects.filter(pk=person.pk).update(is_active=False)

    answer = come(client, provider)

    assert (answer.url, is_signed_in(client)) == (reverse("account_inactive"), False)


def test_nobody_links_the_own_account_by_asking_the_library(client, provider):
    client.force_login(b.person())
    address = reverse("openid_connect_login", args=["instansi"])
    away = onward(client.post(f"{address}?process=connect&scope=all&auth_params=nonce%3Dx"))

    answer = client.get(provider.approve(away))

    assert (reason(answer), SocialAccount.objects.count()) == ("unlinked", 0)


def test_another_issuer_with_the_same_subject_is_another_person(client, provider, link, settings):
    link(b.person())
    settings.AGENCIES = described(provider.address.replace("localhost", "127.0.0.1"))

    assert reason(come(client, provider)) == "unlinked"


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


# What is kept about the person


def test_the_link_is_shown_to_the_person_and_erased_with_the_account(client, provider, link):
    person = link(b.person())
    (held,) = (each for each in personal_data.holdings() if each.code == "agency-account")

    (row,) = held.rows(person)
    held.erase(person)

    assert row["extra_data"] == {"email": WAYAN, "subject": WAYAN}
    assert held.count(person) == 0
