import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.editions.documents import load_edition
from awards.models import Answer, Criterion, Nomination
from awards.signals import selection_changed
from awards.stages import NominationState, Stage
from regions.models import Coverage
from regions.signals import coverage_changed
from scoring.models import Standing
from scoring.standings import store
from tests import builders
from tests.scoring.national import national
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def places(selection) -> dict[str, int | None]:
    return dict(
        Standing.objects.filter(selection=selection).values_list("nomination__candidate__region__code", "place")
    )


def test_refreshing_stores_every_title_of_the_selection():
    made = plenary.plenary()
    builders.title(made.nominations[0].category.current_rubric, "terbaik-inovasi")

    store.refresh(made.selection)

    assert sorted(Standing.objects.values_list("title__slug", "nomination__candidate__region__code", "place")) == [
        (title, code, place)
        for title in ("terbaik", "terbaik-inovasi")
        for code, place in (("51.01", 1), ("51.02", 2), ("51.03", 3))
    ]


def test_refreshing_again_writes_nothing():
    made = plenary.plenary()
    before = list(Standing.objects.order_by("pk").values())

    changed = store.refresh(made.selection)

    assert (changed, list(Standing.objects.order_by("pk").values())) == (0, before)


def test_refreshing_writes_only_the_rows_that_moved():
    made = plenary.plenary()
    Answer.objects.filter(nomination=made.nominations[2]).update(value={"level": "edaran"})

    changed = store.refresh(made.selection)

    # The third now ties with the second, so both rows differ; the first stands as it stood.
    assert (changed, places(made.selection)) == (2, {"51.01": 1, "51.02": 2, "51.03": 2})


def test_who_no_longer_competes_has_no_standing():
    made = plenary.plenary()
    Nomination.objects.filter(pk=made.nominations[0].pk).update(state=NominationState.NOT_SHORTLISTED)

    store.refresh(made.selection)

    assert places(made.selection) == {"51.02": 1, "51.03": 2}


def test_only_the_rubric_in_force_is_ranked():
    made = plenary.plenary()
    newer = builders.rubric(made.nominations[0].category)
    builders.title(newer, "baru")

    store.refresh(made.selection)

    assert set(Standing.objects.values_list("title__slug", flat=True)) == {"baru"}


@pytest.mark.parametrize("stage", [Stage.SEALED, Stage.ANNOUNCED])
def test_nothing_moves_after_the_seal(stage):
    made = plenary.plenary(stage=stage)
    assert store.refresh(made.selection) == 0
    assert places(made.selection) == {}


def test_standings_follow_a_change_in_the_selection():
    made = plenary.plenary()
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    selection_changed.send(sender=None, selection=made.selection, by=None)

    assert places(made.selection) == {"51.01": 2, "51.02": 1, "51.03": 2}


@pytest.fixture
def covered():
    """A selection that ranks two provinces by their coverage."""
    rubric = builders.rubric(builders.category(), ("cakupan", "coverage", 10_000))
    Criterion.objects.get(aspect__rubric=rubric).segments.add(builders.segment())
    builders.title(rubric)
    selection = builders.selection(Stage.PLENARY, national=True)
    for code, participants in (("51", 500), ("52", 400)):
        region = builders.province(code, f"Provinsi {code}")
        builders.coverage(region, participants=participants)
        builders.nomination(selection, region, NominationState.VERIFIED)
    store.refresh(selection)
    return selection


def test_standings_follow_a_figure_of_coverage(covered):
    region = builders.province("52")
    Coverage.objects.filter(region=region).update(participants=900)

    coverage_changed.send(sender=None, regions={region.pk}, by=None)

    assert places(covered) == {"51": 2, "52": 1}


def test_coverage_where_nobody_competes_moves_nothing(covered):
    Coverage.objects.filter(region__code="52").update(participants=900)

    coverage_changed.send(sender=None, regions={builders.province("53", "NTT").pk}, by=None)

    assert places(covered) == {"51": 1, "52": 2}


def test_coverage_no_longer_reaches_a_sealed_selection(covered):
    plenary.move_to(covered, Stage.SEALED)
    region = builders.province("52")
    Coverage.objects.filter(region=region).update(participants=900)

    coverage_changed.send(sender=None, regions={region.pk}, by=None)

    assert places(covered) == {"51": 1, "52": 2}


def test_standings_follow_an_edition_that_is_loaded_again_with_other_weights():
    selection = national.national_selection()
    store.refresh(selection)
    document = copy.deepcopy(national.EDITION)
    document["categories"][0]["titles"][0]["weights"] = {"pu": "100.00"}

    load_edition(document)

    totals = Standing.objects.filter(selection=selection, place__isnull=False).values_list("total", "scores")
    assert len(totals) == 34
    assert [total for total, _scores in totals] == [scores["pu"] for _total, scores in totals]


def refreshing_costs(selection) -> int:
    store.refresh(selection)
    with CaptureQueriesContext(connection) as queries:
        store.refresh(selection)
    return len(queries)


def test_a_tally_costs_the_same_queries_for_one_candidate_and_for_thirty():
    made = plenary.plenary(levels=("perda",))
    alone = refreshing_costs(made.selection)
    for number in range(2, 31):
        plenary.answer(made.shortlist(number), "edaran")

    assert (refreshing_costs(made.selection), Standing.objects.count()) == (alone, 30)
