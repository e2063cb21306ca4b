"""Standings computed before their turn: right when nothing came between, computed again when something did."""

import pytest

from paritrana.accounts import trail
from scoring import standings
from scoring.models import Mark, ScoreSheet, Standing
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.own import given, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    """One sheet that counts, its title of the one criterion that is marked on it first."""
    made = bench(nominations=2)
    made.seat()
    title = builders.title(made.marked[0].aspect.rubric)
    title.weights.exclude(criterion=made.marked[0]).delete()
    title.weights.update(weight=10_000)
    handed_in(made, 8000, 7000, 6000)
    return made


def totals():
    return list(Standing.objects.order_by("nomination").values_list("total", flat=True))


def overwrite(value):
    Mark.objects.filter(sheet=ScoreSheet.objects.get(), criterion__slug="inovasi").update(value=value)


def test_what_was_foreseen_is_written(judged):
    overwrite(9000)

    standings.refresh(judged.selection, standings.foreseen(judged.selection))

    assert totals() == [9000, None]


@pytest.mark.parametrize(("verb", "found"), [("coverage.enter", 5000), ("sheet.reopen", 5000), ("sheet.save", 9000)])
def test_it_is_computed_again_once_another_input_may_have_moved(judged, verb, found):
    overwrite(9000)
    outcome = standings.foreseen(judged.selection)
    overwrite(5000)
    trail.record(None, verb, judged.selection)

    standings.refresh(judged.selection, outcome)

    assert totals() == [found, None]


def test_a_draft_moves_nothing(judged):
    given(judged, 1000, 1000, 1000, nomination=1)

    assert standings.refresh(judged.selection, standings.foreseen(judged.selection)) == 0
