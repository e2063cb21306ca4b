"""The page on which the plenary's decision on a tie is recorded."""

import re

import pytest
from django.urls import reverse

from awards.models import Role
from scoring.models import TieDecision
from tests import builders as b
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """51.01 and 51.02 are equal in everything, 51.03 is behind."""
    return plenary.plenary(("perda", "perda", "edaran"))


def test_the_tie_is_decided_on_its_page_from_the_ranking(made, client):
    client.force_login(b.appointed(Role.CHAIR, made.selection))
    path = "pemerintah-kabupaten-kota/terbaik"
    ranking = client.get(reverse("ranking", args=[made.selection.slug, path])).content.decode()
    page = reverse("tie", args=[made.selection.slug, 0, 1, path])
    typed = {"version": 0, "votes_for": "5", "votes_against": "0", "votes_abstaining": "0", "reason": "Inovasi"}
    ranks = {f"rank_{made.nominations[n].pk}": rank for n, rank in ((0, 2), (1, 1))}

    shown = client.get(page)
    answered = client.post(page, typed | ranks)
    after = client.get(answered.url).content.decode()

    assert ranking.count(f'href="{page}"') == 2
    assert shown.context["tie"].keys == [each.pk for each in made.nominations[:2]]
    assert [row.agreed for row in TieDecision.objects.all()] == [[[made.nominations[1].pk], [made.nominations[0].pk]]]
    assert re.findall(r'data-tie="(\w+)"', after) == ["plenary", "plenary"]
    assert after.count(f'href="{page}"') == 2


def test_a_later_save_shows_both_orders(made, client):
    client.force_login(b.appointed(Role.CHAIR, made.selection))
    settle(made, [[0], [1]])
    page = reverse("tie", args=[made.selection.slug, 0, 1, "terbaik"])
    typed = {"version": 0, "votes_for": "5", "votes_against": "0", "votes_abstaining": "0", "reason": "Inovasi"}
    ranks = {f"rank_{made.nominations[n].pk}": rank for n, rank in ((0, 2), (1, 1))}

    answered = client.post(page, typed | ranks)

    assert answered.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in answered.context["conflict"]["rows"]] == [(2, 1), (1, 2)]
    assert TieDecision.objects.count() == 1


def test_where_nothing_is_tied_the_page_says_so_and_records_nothing(made, client):
    client.force_login(b.appointed(Role.CHAIR, made.selection))
    page = reverse("tie", args=[made.selection.slug, 0, 3, "terbaik"])

    assert [client.get(page).status_code, client.post(page, {}).status_code] == [200, 200]
    assert client.get(reverse("tie", args=[made.selection.slug, 0, 1, "tidak-ada"])).status_code == 404
    assert TieDecision.objects.count() == 0
