"""The trail is read by administrators and auditors, narrowed, page by page, with the end of the chain in sight."""

import pytest
from django.db import transaction
from django.urls import reverse

from awards.models import Role
from paritrana.accounts import trail
from scoring.models import Panel
from tests import builders as b

pytestmark = pytest.mark.django_db


@transaction.atomic
def happened(by, verb, obj, **detail):
    return trail.record(by, verb, obj, **detail)


@pytest.fixture
def auditor():
    return b.appointed(Role.AUDITOR, b.edition())


def rows(page):
    return [row["event"].verb for row in page.context["rows"]]


def test_for_everybody_else_there_is_no_trail(client):
    selection = b.selection()
    for user in (b.committee(selection), b.person(), b.head_officer(), b.appointed(Role.CHAIR, selection)):
        client.force_login(user)
        assert client.get(reverse("trail")).status_code == 404


def test_an_ended_auditor_reads_nothing(client, auditor):
    auditor.appointments.update(ended_at="2024-01-01T00:00Z")
    client.force_login(auditor)

    assert client.get(reverse("trail")).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"verb": "posting"}, ["posting.grant"]),
        ({"actor": "ketut"}, ["edition.load"]),
        ({"object": "Paritrana Award"}, ["edition.load"]),
        ({"object": "accounts.user"}, ["posting.grant"]),
        ({"verb": "nothing"}, []),
    ],
)
def test_the_trail_is_narrowed_by_act_person_and_object(client, auditor, query, expected):
    client.force_login(auditor)
    happened(b.person("Ketut"), "edition.load", b.edition())
    happened(None, "posting.grant", b.person("Made"))

    found = rows(client.get(reverse("trail"), query))

    assert [verb for verb in found if not verb.startswith("account.sign-in")] == expected


def test_the_end_of_the_chain_is_shown(client, auditor):
    client.force_login(auditor)

    page = client.get(reverse("trail"))

    assert page.context["head"] == trail.head()


def test_details_of_judging_are_for_auditors_not_for_administrators(client, auditor):
    panel = Panel.objects.create(selection=b.selection())
    happened(None, "sheet.save", panel, after={"pemahaman": 8550})

    def withheld(user):
        client.force_login(user)
        page = client.get(reverse("trail"), {"verb": "sheet"})
        return [row["is_withheld"] for row in page.context["rows"]], "8550" in page.content.decode()

    assert withheld(auditor) == ([False], True)
    assert withheld(b.administrator()) == ([True], False)


def test_a_long_trail_is_read_page_by_page(client, auditor):
    client.force_login(auditor)
    for _number in range(26):
        happened(None, "edition.load", b.edition())

    first, second = (client.get(reverse("trail"), {"page": number}).context["rows"] for number in (1, 2))

    assert (len(first), first[0]["event"].pk - second[0]["event"].pk) == (25, 25)
