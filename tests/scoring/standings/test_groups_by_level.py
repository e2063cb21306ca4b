"""Zones are national: a title grouped by zone has one group in a province, and nothing provincial prints a zone."""

import json

import pytest
from django.urls import reverse

from awards.models import Selection, Title
from awards.stages import Stage
from scoring.documents import certificates, past
from scoring.documents.source import DocumentSource
from scoring.proof import sentences
from scoring.sealing.checks import Situation
from scoring.sealing.document import rules
from scoring.standings import rankings
from tests import builders
from tests.scoring.plenary import plenary
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Bali in its plenary, in a zone of the edition, with a title grouped by zone and three places."""
    found = plenary.plenary(("perda", "perda", "edaran", "edaran", "tidak-ada"))
    builders.zone(found.selection.edition, "Jawa-Bali", found.selection.province)
    Title.objects.update(grouping="zone")
    return found


def ranked(made):
    return rankings.fresh(made.selection)[0]


def test_in_a_province_everybody_competes_together_for_a_title_by_zone(made):
    ranking = ranked(made)

    assert (ranking.grouping, {line.group for line in ranking.lines}) == ("all", {""})
    assert {
        title["grouping"] for title in rules(made.selection, Situation(made.selection))["categories"][0]["titles"]
    } == {"all"}


def test_a_province_in_no_zone_is_ranked_all_the_same(made):
    made.selection.edition.zones.get().memberships.all().delete()

    assert {line.place is None for line in ranked(made).lines} == {False}


def test_what_a_province_ranked_by_zone_before_stays_as_it_was(made):
    Selection.objects.filter(pk=made.selection.pk).update(groups_by_zone=True)
    made.selection.refresh_from_db()

    assert {line.group for line in ranked(made).lines} == {"Jawa-Bali"}


def test_a_rank_that_wins_nothing_is_no_prize(made):
    ranking = ranked(made)
    named = {line.place: sentences.named(ranking, line) for line in ranking.lines}

    assert named[1] == "Juara 1"
    assert named[5] == "Peringkat 5"


@pytest.fixture
def bali():
    selection = builders.selection(Stage.PLENARY, builders.edition(), builders.province())
    builders.zone(selection.edition, "Jawa-Bali", selection.province)
    return selection


def test_a_province_prints_no_zone_of_a_result_sealed_by_zone(bali, client):
    make.announced(bali, make.ranking(make.line("Satu", group="Jawa-Bali"), grouping="zone"))

    (winner,) = client.get(reverse("winners-json")).json()["winners"]
    page = client.get(reverse("public-result", args=[bali.slug])).content.decode()

    assert (winner["zone"], winner["group"]) == (None, None)
    assert "Jawa-Bali" not in page
    document = {"outputs": json.loads(bali.seals.get().payload)["outputs"]}
    (given,) = certificates.winners(DocumentSource(bali, document, None))
    assert given.group == ""


@pytest.mark.parametrize("groups", [["Jasa"], ["Jasa", "Tambang"]])
def test_the_public_page_prints_the_sector_also_where_there_is_only_one(bali, client, groups):
    make.announced(bali, make.ranking(*(make.line(f"PT {len(one)}", group=one) for one in groups), grouping="sector"))

    for page in (reverse("public-result", args=[bali.slug]), reverse("public-results"), reverse("home")):
        html = client.get(page).content.decode()
        assert [one in html for one in groups] == [True] * len(groups)


def test_a_past_award_of_a_province_prints_no_zone():
    award = builders.past_award(builders.province())
    award.zone = "Jawa-Bali"

    assert past.subject(award)["group"] == ""
