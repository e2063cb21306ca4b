"""Titles: places and Harapan, joint winners, a title that follows another, special awards outside the ranking."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from awards.models import Answer, Sector, Title
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import SpecialAward
from scoring.plenary import special_awards
from scoring.sealing import review
from scoring.standings import prizes, store
from scoring.standings import rankings as standing_rankings
from tests import builders as b
from tests.once import each_once
from tests.scoring.plenary import plenary

LEVELS = ("perda", "edaran", "tidak-ada", "perda", "edaran")


@pytest.mark.parametrize(
    ("awarding", "places", "harapan", "place", "kind"),
    [
        ("ranked", 3, 3, 1, "Place 1"),
        ("ranked", 3, 3, 3, "Place 3"),
        ("ranked", 3, 3, 4, "Harapan 1"),
        ("ranked", 3, 3, 6, "Harapan 3"),
        ("ranked", 3, 3, 7, ""),
        ("ranked", 1, 0, 2, ""),
        ("joint", 2, 0, 2, "Joint winner"),
        ("joint", 2, 0, 3, ""),
        ("ranked", 3, 0, None, ""),
        ("special", 1, 0, None, "Special award"),
    ],
)
def test_a_place_is_called_by_its_prize(settings, awarding, places, harapan, place, kind):
    from django.utils import translation

    with translation.override("en"):
        assert prizes.prize(awarding, places, harapan, place) == kind


def test_places_after_the_podium_are_harapan_and_win_too(five):
    Title.objects.update(places=1, harapan=2)

    (ranking,) = standing_rankings.fresh(five.selection)

    assert [line.place for group in ranking.winners for line in group.lines] == [1, 1, 3, 3]


def test_a_shared_second_place_leaves_no_third(tied):
    (ranking,) = standing_rankings.fresh(tied.selection)

    assert [(line.place, line.is_tied) for line in ranking.winners[0].lines] == [(1, False), (2, True), (2, True)]


def rank_across():
    """First by sector, then the best of each sector across the sectors; five contenders in two sectors."""
    made = plenary.plenary(LEVELS)
    first = plenary.title_of(made)
    sectors = [Sector.objects.create(category=first.rubric.category, slug=s, name=s.title()) for s in ("jasa", "tani")]
    for number, nomination in enumerate(made.nominations):
        nomination.sector = sectors[number % 2]
        nomination.save()
    Title.objects.filter(pk=first.pk).update(grouping="sector", places=3)
    last = b.title(first.rubric, "lintas-sektor")
    Title.objects.filter(pk=last.pk).update(among=first, among_places=1, order=2)
    store.refresh(made.selection)
    return made, Title.objects.get(pk=last.pk)


def honour():
    made = plenary.plenary()
    special_title = Title.objects.create(
        rubric=plenary.title_of(made).rubric, slug="khusus", name="Terbaik Khusus", grouping="all", awarding="special"
    )
    return made, special_title, b.committee(made.selection)


def tie():
    return plenary.plenary(("perda", "edaran", "edaran", "tidak-ada"))


STATES = {"across": rank_across, "honours": honour, "five": lambda: plenary.plenary(LEVELS), "tied": tie}
built, across, honours, five, tied = each_once(STATES)


def test_across_the_sectors_only_the_best_of_each_sector_compete(across):
    made, last = across

    ranked = plenary.tallied(last, made.selection)

    # jasa: 1, 3, 5 (perda, tidak-ada, edaran) and tani: 2, 4 (edaran, perda)
    assert {code: row.place for code, row in ranked.items()} == {
        "51.01": 1, "51.02": None, "51.03": None, "51.04": 1, "51.05": None,
    }  # fmt: skip
    assert ranked["51.02"].reasons == [["not-qualified", "Terbaik", 1]]
    assert "not-ranked" not in {one.code for one in review.review(made.selection).remarks}


def test_a_title_that_follows_another_is_the_same_asked_for_alone_or_with_all(across):
    made, last = across

    alone = plenary.tallied(last, made.selection)
    stored = {row.nomination.candidate.region.code: row.place for row in last.standings.all()}

    assert stored == {code: row.place for code, row in alone.items()}


def test_whoever_loses_the_sector_loses_the_place_across_the_sectors(across):
    made, last = across
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    store.refresh(made.selection)

    assert {row.nomination.candidate.region.code for row in last.standings.filter(place__gt=0)} == {"51.04", "51.05"}


def test_a_special_award_stands_outside_the_ranking_with_its_reason(honours):
    made, title, committee = honours

    special_awards.grant(made.selection, title, made.nominations[2], reason=" Perlindungan nelayan ", by=committee)

    rankings = {ranking.slug: ranking for ranking in standing_rankings.fresh(made.selection)}
    ((_name, ((line, _prize),)),) = rankings["khusus"].awarded
    assert (line.code, line.place, line.total, line.honour) == ("51.03", None, None, "Perlindungan nelayan")
    assert rankings["khusus"].unranked == []
    assert [line.place for line in rankings["terbaik"].winners[0].lines] == [1, 2, 3]


def test_a_special_award_is_sealed_with_the_rest(honours):
    made, title, committee = honours
    special_awards.grant(made.selection, title, made.nominations[1], reason="Alasan pleno", by=committee)

    seal = plenary.sealed(made, by=committee)

    outputs = {output["slug"]: output for output in json.loads(seal.payload)["outputs"]}
    assert [line["honour"] for line in outputs["khusus"]["lines"]] == ["Alasan pleno"]
    assert standing_rankings.sealed(seal)[1].awarded == standing_rankings.Ranking.read(outputs["khusus"]).awarded


@pytest.mark.parametrize("fault", ["not-special", "not-eligible", "reason", "granted"])
def test_a_special_award_needs_a_special_title_a_candidate_and_a_reason(honours, fault):
    made, title, committee = honours
    special_awards.grant(made.selection, title, made.nominations[0], reason="Alasan", by=committee)
    wanted = {"title": title, "nomination": made.nominations[1], "reason": "Alasan"} | {
        "not-special": {"title": plenary.title_of_slug(made, "terbaik")},
        "not-eligible": {"nomination": b.nomination(b.selection(Stage.PLENARY, b.edition(2030)), b.regency("51.09"))},
        "reason": {"reason": "  "},
        "granted": {"nomination": made.nominations[0]},
    }[fault]

    with pytest.raises(ValidationError) as refused:
        special_awards.grant(made.selection, by=committee, **wanted)

    assert (refused.value.code, SpecialAward.objects.count()) == (fault, 1)


def test_nothing_is_given_or_taken_after_the_seal(honours):
    made, title, committee = honours
    award = special_awards.grant(made.selection, title, made.nominations[0], reason="Alasan", by=committee)
    plenary.sealed(made, by=committee)

    with pytest.raises(PermissionDenied):
        special_awards.grant(made.selection, title, made.nominations[1], reason="Alasan", by=committee)
    with pytest.raises(PermissionDenied):
        special_awards.take_back(award, by=committee)


def test_a_special_award_is_given_and_taken_back_on_its_page(honours, client):
    made, title, committee = honours
    client.force_login(committee)
    page = reverse("special-awards", args=[made.selection.slug])

    client.post(page, {"title": title.pk, "nomination": made.nominations[0].pk, "reason": "Alasan"})
    award = SpecialAward.objects.get()
    shown = client.get(page)
    client.post(reverse("special-award-take-back", args=[made.selection.slug, award.pk]))

    assert list(shown.context["given"]) == [award]
    assert SpecialAward.objects.count() == 0
    told = AuditEvent.objects.filter(verb__startswith="special-award.").values_list("verb", "actor")
    assert list(told.order_by("pk")) == [
        ("special-award.grant", committee.pk),
        ("special-award.take-back", committee.pk),
    ]
