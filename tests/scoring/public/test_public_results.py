import re

import pytest
from django.urls import reverse

from awards.stages import Stage
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def four():
    return plenary.plenary(levels=("perda", "edaran", "tidak-ada", "tidak-ada"))


def seal():
    made = four()
    plenary.sealed(made)
    return made


def announce():
    made = four()
    plenary.announced(made)
    return made


STATES = {"made": four, "sealed": seal, "announced": announce}
built, made, sealed, announced = each_once(STATES)


def said(answer) -> str:
    """The page without what differs anyway: its own address and the token of its forms."""
    return re.sub(r"/hasil/[^/]+/|[A-Za-z0-9]{64}", "", answer.content.decode())


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (Stage.SEALED, Stage.ANNOUNCED)])
def test_nothing_is_public_before_the_seal(client, made, stage):
    plenary.move_to(made.selection, stage)

    assert list(client.get(reverse("public-results")).context["announced"]) == []
    assert client.get(reverse("public-result", args=[made.selection.slug])).status_code == 404


def test_a_sealed_result_is_not_public_and_answers_exactly_like_an_absent_one(client, sealed):
    hidden = client.get(reverse("public-result", args=[sealed.selection.slug]))
    absent = client.get(reverse("public-result", args=["tidak-ada"]))

    assert list(client.get(reverse("public-results")).context["announced"]) == []
    assert (hidden.status_code, said(hidden)) == (404, said(absent))


def test_the_committee_itself_finds_no_public_page_before_the_announcement(client, sealed):
    client.force_login(builders.committee(sealed.selection))

    assert client.get(reverse("public-result", args=[sealed.selection.slug])).status_code == 404


def test_announced_winners_are_public(client, announced):
    listed = client.get(reverse("public-results"))
    page = client.get(reverse("public-result", args=[announced.selection.slug]))

    assert [each.selection for each in listed.context["announced"]] == [announced.selection]
    (group,) = page.context["rankings"][0].winners
    assert [(line.place, line.name) for line in group.lines] == [
        (1, "Kabupaten Nomor 1"),
        (2, "Kabupaten Nomor 2"),
        (3, "Kabupaten Nomor 3"),
        (3, "Kabupaten Nomor 4"),
    ]


def test_who_holds_no_place_is_not_named_in_public(client, made):
    title = plenary.title_of(made)
    title.places = 1
    title.save()
    plenary.announced(made)

    page = client.get(reverse("public-result", args=[made.selection.slug])).content.decode()

    named = [each.candidate.name for each in made.nominations if each.candidate.name in page]
    assert named == ["Kabupaten Nomor 1"]


def test_totals_and_scores_are_not_public(client, announced):
    seal = announced.selection.seal
    totals = {line.total for line in rankings.sealed(seal)[0].lines}

    page = client.get(reverse("public-result", args=[announced.selection.slug])).content.decode()

    assert [t for t in totals if f"{t // 100},{t % 100:02d}" in page or f"{t // 100}.{t % 100:02d}" in page] == []


def test_example_results_are_labelled_in_public(client, made):
    made.selection.edition.is_example = True
    made.selection.edition.save()
    plenary.announced(made)

    for page in (reverse("public-results"), reverse("public-result", args=[made.selection.slug])):
        assert 'data-state="caution"' in client.get(page).content.decode()


def test_the_front_page_is_told_of_announced_selections_only(client, made):
    other = builders.selection(Stage.SEALED, at=builders.province("63", "Kalimantan Selatan"))
    plenary.announced(made)

    told = [each.selection for each in client.get(reverse("home")).context["announced"]]

    assert (told, other.stage) == ([made.selection], Stage.SEALED)
