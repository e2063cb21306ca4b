"""An agency's own OpenID Connect, a real provider on this machine, opens linked accounts and makes none."""

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.urls import reverse

from paritrana.accounts import agency_links, personal_data
from paritrana.accounts.models import AuditEvent, User
from tests import builders as b
from tests.paritrana.accounts.provider import (
    WAYAN,
    code_in,
    come,
    described,
    is_signed_in,
    link,
    onward,
    provider,
    provider_address,
    reason,
    token_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
__all__ = ["link", "provider", "provider_address"]


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


# What is kept about the person


def test_the_link_is_shown_to_the_person_and_erased_with_the_account(client, provider, link):
    person = link(b.person())
    (held,) = (each for each in personal_data.holdings() if each.code == "agency-account")

    (row,) = held.rows(person)
    held.erase(person)

    assert row["extra_data"] == {"email": WAYAN, "subject": WAYAN}
    assert held.count(person) == 0
