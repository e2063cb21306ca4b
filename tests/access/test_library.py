"""The sign-in library's pages against their own policy: closed ones are not there, others ask who one is."""

import pytest
from django.urls import reverse

from tests import builders as b
from tests.access.outcomes import METHODS
from tests.access.policy_library import CLOSED, LIBRARY
from tests.access.visiting import answer

pytestmark = pytest.mark.django_db
GUARDED = [name for name, page in LIBRARY.items() if not page.is_for_everybody and name != "account_logout"]


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_page_answers_as_if_it_did_not_exist(client, name, is_signed_in):
    if is_signed_in:
        client.force_login(b.administrator())

    answers = {client.generic(method, reverse(name, kwargs=CLOSED[name])).status_code for method in METHODS}

    assert answers == {404}


@pytest.mark.parametrize("name", GUARDED)
def test_a_visitor_is_sent_to_the_door(client, name):
    address = reverse(name, kwargs=LIBRARY[name].arguments)

    assert {answer(client, method, address)[0] for method in METHODS} <= {"login", "refused"}


@pytest.mark.parametrize("name", [name for name, page in LIBRARY.items() if page.is_for_everybody])
def test_whoever_is_not_signed_in_opens_what_leads_in(client, name):
    assert answer(client, "GET", reverse(name, kwargs=LIBRARY[name].arguments))[0] == "allowed"


def test_a_visitor_who_signs_out_is_sent_on(client):
    response = client.post(reverse("account_logout"))

    assert (response.status_code, response.url) == (302, reverse("home"))
