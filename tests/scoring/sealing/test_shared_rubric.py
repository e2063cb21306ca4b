"""A rubric several selections share is pinned to each when its result is sealed, whoever locked it first."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from awards.models import Answer, Contest, Criterion, Role
from awards.stages import NominationState, Stage
from paritrana import triggers
from scoring.sealing import announcing
from scoring.sealing.invariants import broken
from scoring.standings import store
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
pin = import_module("scoring.migrations.0002_pin_sealed_rubrics").pin


@pytest.fixture
def rubric():
    """Asked without a mark: no sheet locks it."""
    made = builders.rubric(None, ("regulasi", "band", 10_000))
    Criterion.objects.filter(slug="regulasi").update(rules={"levels": plenary.REGULATIONS})
    builders.title(made)
    return made


def judged(code, name):
    """A province in its plenary with one ranked candidate."""
    at = builders.province(code, name)
    selection = builders.selection(Stage.PLENARY, at=at)
    region = builders.regency(f"{code}.01", f"Kabupaten {code}", parent=at)
    nomination = builders.nomination(selection, region, NominationState.SHORTLISTED)
    regulation = Criterion.objects.get(slug="regulasi")
    Answer.objects.create(nomination=nomination, criterion=regulation, value={"level": "perda"})
    store.refresh(selection)
    return selection


def pinned(selection):
    return selection.contests.get().rubric


def test_the_second_province_is_pinned_to_the_rubric_the_first_one_locked(rubric):
    first, later = judged("51", "Bali"), judged("52", "Nusa Tenggara Barat")

    for selection in (first, later):
        plenary.seal(selection, builders.committee(selection))

    assert [pinned(first), pinned(later)] == [rubric, rubric]
    assert list(broken()) == []


def test_a_seal_that_passes_over_an_open_rubric_still_locks_it(rubric):
    selection = judged("51", "Bali")
    committee = builders.committee(selection)
    asked = plenary.asked(selection, committee)
    Contest.objects.update(rubric=None)

    plenary.actions.second(asked, by=builders.appointed(Role.CHAIR, selection))

    assert pinned(selection) == rubric


def test_what_was_sealed_without_its_rubric_is_mended_by_migrating(rubric):
    selection = judged("51", "Bali")
    committee = builders.committee(selection)
    plenary.seal(selection, committee)
    announcing.announce(selection, by=committee)
    newer = builders.rubric(rubric.category, ("regulasi", "band", 10_000))
    with triggers.lifted(connection):
        Contest.objects.update(rubric=None)

        pin(apps, None)

    assert pinned(selection) == rubric != newer
    call_command("check_invariants")
