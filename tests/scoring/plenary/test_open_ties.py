"""Which shared places wait for the plenary: the same that block the seal."""

import pytest
from django.urls import reverse

from awards.models import Title
from scoring.plenary import turns
from scoring.sealing import review
from scoring.standings import rankings
from scoring.standings.winners import shares_a_place
from tests.once import made_once
from tests.scoring.plenary import plenary
from tests.scoring.plenary.tied import settle

pytestmark = pytest.mark.django_db


def two_ties():
    """Three are first, two are fourth."""
    return plenary.plenary(("perda", "perda", "perda", "edaran", "edaran"))


built, many = made_once(two_ties)


def shared_turns(made):
    """How many places the chair has to decide about, for every turn of that kind."""
    chair, url = made.seats[0].user, reverse("deliberation", args=[made.selection.slug])
    return [each.count for each in turns.turns(chair) if each.url == url]


@pytest.mark.parametrize(("places", "blocks"), [(1, True), (2, True), (3, False), (4, True), (5, False)])
def test_joint_winners_who_are_too_many_block_the_seal_and_are_the_turn_of_the_chair(many, places, blocks):
    Title.objects.update(awarding="joint", places=places)

    assert ("shared-places" in {one.code for one in review.review(many.selection).blockers}) == blocks
    assert shared_turns(many) == ([1] if blocks else [])


def test_joint_winners_behind_the_last_place_are_nobody_s_turn(many):
    Title.objects.update(awarding="joint", places=3)
    (ranking,) = rankings.fresh(many.selection)

    assert [line.place for line in ranking.groups[0].lines] == [1, 1, 1, 4, 4]
    assert not any(shares_a_place(ranking, line) for line in ranking.groups[0].lines)


def test_a_shared_harapan_is_the_turn_of_the_chair_as_it_blocks_the_seal(many):
    Title.objects.update(places=0, harapan=4)

    assert shared_turns(many) == [2]


def test_a_decision_about_one_tie_leaves_the_others_open_and_the_deliberation_leads_to_them(many, client):
    Title.objects.update(places=5)
    settle(many, [[0], [1, 2]])
    client.force_login(many.seats[0].user)

    page = client.get(reverse("deliberation", args=[many.selection.slug])).content.decode()

    assert shared_turns(many) == [1]
    assert reverse("tie", args=[many.selection.slug, 0, 4, "pemerintah-kabupaten-kota/terbaik"]) in page


def test_joint_winners_who_are_not_too_many_are_called_equals_nowhere_tied(many, client):
    Title.objects.update(awarding="joint", places=5)
    client.force_login(many.seats[0].user)
    slug, path = many.selection.slug, "pemerintah-kabupaten-kota/terbaik"
    (ranking,) = rankings.fresh(many.selection)

    page = client.get(reverse("ranking", args=[slug, path])).content.decode()

    assert ("Peringkat bersama" in page, "data-tie" in page) == (False, False)
    assert {ranking.tie_of(line) for line in ranking.lines} == {""}
