"""Roles that need a second factor, weighty acts that ask for a fresh one, and lost factors removed by two people."""

import re
import time

import pytest
from allauth.account.internal.flows import login, reauthentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse

from awards.models import Role
from paritrana.accounts import factor_resets, pseudonyms, second_factor
from paritrana.accounts.models import AuditEvent, FactorReset
from scoring.models import SealRequest
from tests import builders as b
from tests.access.policy import POLICY
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


# Roles that need one


@pytest.fixture
def demanding(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"administrator", Role.CHAIR, Role.AUDITOR})


def test_without_the_factor_the_role_needs_nothing_but_the_account_page_opens(client, demanding):
    selection = b.selection()
    chair = b.appointed(Role.CHAIR, selection)
    client.force_login(chair)

    answers = [client.get(reverse(name)) for name in ("home", "selections", "mfa_index")]

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert answers[0].url == reverse("mfa_index")


def test_with_a_factor_everything_opens(client, demanding):
    chair = b.appointed(Role.CHAIR, b.selection())
    TOTP.activate(chair, "A" * 32)
    client.force_login(chair)

    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("who", ["juror", "nobody"])
def test_other_roles_need_none(client, demanding, who):
    client.force_login(b.appointed(Role.JUROR, b.selection()) if who == "juror" else b.person())

    assert client.get(reverse("home")).status_code == 200


def test_recovery_codes_alone_are_no_factor(client, demanding):
    admin = b.administrator()
    Authenticator.objects.create(user=admin, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(admin)

    assert client.get(reverse("home")).url == reverse("mfa_index")


def test_the_last_factor_a_role_needs_is_not_removed(demanding):
    admin, juror = b.administrator(), b.appointed(Role.JUROR, b.selection())
    kept = [TOTP.activate(user, "A" * 32).instance for user in (admin, juror)]

    assert [second_factor.FactorsKept().can_delete_authenticator(each) for each in kept] == [False, True]


# A fresh factor


@pytest.fixture
def sealing(client):
    made = plenary.plenary()
    committee = with_password(b.committee(made.selection))
    client.post(reverse("account_login"), {"login": committee.email, "password": PASSWORD})
    return made


def older(client, seconds=16 * 60):
    """As if the factor had been given that long ago."""
    session = client.session
    for record in session[login.AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() - seconds
    session.save()


def reopening(client, made):
    return client.post(reverse("reopen-result", args=[made.selection.slug]), {"reason": "Salah hitung"})


@pytest.fixture
def sealed(client):
    made = plenary.plenary()
    committee = with_password(b.committee(made.selection))
    plenary.sealed(made, committee)
    client.post(reverse("account_login"), {"login": committee.email, "password": PASSWORD})
    return made


def test_right_after_signing_in_nothing_is_asked_again(client, sealed):
    reopening(client, sealed)

    assert SealRequest.objects.filter(kind="reopen").count() == 1


def test_an_old_factor_is_asked_for_again_and_what_was_typed_is_done_afterwards(client, sealed):
    older(client)

    asked = reopening(client, sealed)
    before = SealRequest.objects.filter(kind="reopen").count()
    client.post(asked.url, {"password": PASSWORD})

    assert (asked.status_code, asked.url.startswith(reverse("account_reauthenticate")), before) == (302, True, 0)
    assert SealRequest.objects.get(kind="reopen").reason == "Salah hitung"


def test_the_library_s_own_pages_ask_again_after_the_same_time(client, sealed):
    address = reverse("mfa_activate_totp")
    fresh = client.get(address).status_code

    older(client)

    assert (fresh, client.get(address).url.startswith(reverse("account_reauthenticate"))) == (200, True)


def test_a_wrong_password_does_nothing(client, sealed):
    older(client)

    asked = reopening(client, sealed)
    client.post(asked.url, {"password": "salah"})

    assert SealRequest.objects.filter(kind="reopen").count() == 0


def test_reading_asks_for_nothing(client, sealed):
    older(client)

    assert client.get(reverse("reopen-result", args=[sealed.selection.slug])).status_code == 200


def test_every_weighty_address_exists(settings):
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert (settings.STEP_UP | settings.STEP_UP_DOWNLOADS) - names == set()
    assert reauthentication.STATE_SESSION_KEY


# Lost factors


@pytest.fixture
def lost():
    user = b.person("Wayan")
    TOTP.activate(user, "A" * 32)
    return user


def test_two_administrators_remove_lost_factors_and_the_owner_is_told_twice(lost, mailoutbox):
    first, second = b.administrator(), b.administrator()
    asked = factor_resets.ask(lost, reason="Ponsel hilang", by=first)
    refused("same-person", factor_resets.second, asked, by=first)
    assert Authenticator.objects.filter(user=lost).exists()

    factor_resets.second(asked, by=second)

    assert not Authenticator.objects.filter(user=lost).exists()
    assert [letter.to for letter in mailoutbox] == [[lost.email]] * 2
    assert AuditEvent.objects.of(lost).filter(verb="account.reset-factors", actor=second).exists()
    refused("moved-on", factor_resets.second, asked, by=second)


def test_nobody_asks_for_the_own_factors_nor_confirms_their_removal():
    admin, other = b.administrator(), b.administrator()
    TOTP.activate(admin, "A" * 32)

    refused("oneself", factor_resets.ask, admin, reason="Hilang", by=admin)
    asked = factor_resets.ask(admin, reason="Hilang", by=other)
    refused("same-person", factor_resets.second, asked, by=admin)


def test_an_administrator_just_opened_by_the_asker_does_not_confirm(lost):
    first = b.administrator()
    puppet = b.person(is_superuser=True, brought_by=first)

    refused("own-account", factor_resets.second, factor_resets.ask(lost, reason="Hilang", by=first), by=puppet)


class TestTheOperatorIsTheSecondWhereNobodyElseIs:
    def run(self, user):
        call_command("remove_factors", user.email, reason="Ponsel hilang, dikenal lewat telepon", verbosity=0)

    def test_an_administrator_alone_gets_in_again_and_it_is_told(self, mailoutbox):
        admin = b.administrator()
        TOTP.activate(admin, "A" * 32)

        self.run(admin)

        assert second_factor.factors_of(admin) == 0
        (event,) = AuditEvent.objects.of(admin).filter(verb="account.reset-factors")
        (reason,) = pseudonyms.in_words([event.detail["reason"]])
        assert (event.actor, reason) == (None, "Ponsel hilang, dikenal lewat telepon")
        assert [letter.to for letter in mailoutbox] == [[admin.email]]

    def test_the_other_one_of_two_has_to_ask_first(self):
        admin, other = b.administrator(), b.administrator()
        TOTP.activate(admin, "A" * 32)

        with pytest.raises(CommandError):
            self.run(admin)
        asked = factor_resets.ask(admin, reason="Hilang", by=other)
        self.run(admin)

        asked.refresh_from_db()
        assert (second_factor.factors_of(admin), asked.outcome) == (0, FactorReset.Outcome.OPERATOR)

    def test_where_two_others_are_the_portal_does_it(self, lost):
        factor_resets.ask(lost, reason="Hilang", by=b.administrator())
        b.administrator()

        with pytest.raises(CommandError):
            self.run(lost)
        assert second_factor.factors_of(lost) == 1


WEIGHTY = re.compile(
    "seal|second|reopen|reset|erasure|announce|withhold|invit|appoint|posting|^seat|export|recap|-link"
)
"""What asking, seconding, reopening, appointing, announcing and taking marks out is called among the addresses."""
ORDINARY = {
    **dict.fromkeys(["seal-withdraw", "erasure-withdraw", "factor-reset-withdraw"], "takes a request back"),
    **dict.fromkeys(["seat-change-withdraw", "invitation-withdraw"], "takes a request back"),
    "candidates-export": "no marks are in it",
    "office-reopen": "an office that was closed by mistake",
    **dict.fromkeys(["invitation", "door-invitation", "agency-link"], "whoever has the link may not be signed in yet"),
}


def test_every_act_of_the_weighty_kinds_asks_for_a_fresh_factor(settings):
    posted = {name for name, rule in POLICY.items() if "POST" in rule.methods and WEIGHTY.search(name)}

    assert posted - settings.STEP_UP == ORDINARY.keys()


@pytest.mark.parametrize("name", ["panel-upload-read", "people-upload-read", "take-back-stage", "addendum-ask"])
def test_ways_to_a_role_or_back_that_are_called_otherwise_are_weighty(settings, name):
    assert name in settings.STEP_UP


def test_a_document_with_every_mark_is_handed_out_after_a_fresh_factor(client, sealed):
    page = reverse("numbered-seal", args=[sealed.selection.slug, 1])
    fresh = client.get(page)
    older(client)

    asked = client.get(page)
    back = client.post(asked.url, {"password": PASSWORD})

    assert (fresh.status_code, asked.status_code) == (200, 302)
    assert (asked.url.startswith(reverse("account_reauthenticate")), back.url) == (True, page)


def test_the_database_refuses_one_administrator_for_two(lost):
    admin = b.administrator()
    asked = factor_resets.ask(lost, reason="Hilang", by=admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=asked.pk).update(outcome="granted", ended_at=asked.asked_at, ended_by=admin)


def test_the_pages_of_a_lost_factor(client, lost):
    first, second = b.administrator(), b.administrator()
    address = reverse("factor-reset", args=[lost.pk])
    client.force_login(first)
    client.post(address, {"reason": "Ponsel hilang"})
    client.force_login(second)

    page = client.get(address)
    client.post(reverse("factor-reset-second", args=[lost.pk]))

    assert (page.context["asked"].asked_by, second_factor.factors_of(lost)) == (first, 0)
