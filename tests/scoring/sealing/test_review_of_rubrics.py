"""Obstacles before the seal that lie in the rubric: places it leaves shared, rules that can still change."""

import pytest
from django.urls import reverse

from scoring.sealing import actions, review
from tests import builders
from tests.scoring.plenary import plenary
from tests.scoring.sealing.test_review import found

pytestmark = pytest.mark.django_db


def test_places_nobody_wins_may_be_shared():
    made = plenary.plenary(("perda", "edaran", "edaran"))
    plenary.title_of(made).__class__.objects.update(places=1)
    actions.lock_rubrics(made.selection, by=builders.committee(made.selection))

    assert found(made.selection) == {}


def test_a_rubric_that_can_still_be_changed(client):
    made = plenary.plenary()
    committee = builders.committee(made.selection)
    before = found(made.selection)
    client.force_login(committee)

    client.post(reverse("rubrics-lock", args=[made.selection.slug]))

    assert (before, found(made.selection)) == ({"rubric-open": ("blocks", 1)}, {})
    assert not review.review(made.selection).left({})
