"""What the panel did keeps its stage from being taken back; where nothing was done, no standing is left behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.models import StageDate
from awards.selections import taking_back
from awards.stages import Stage
from scoring.models import Conflict, Declaration, Interview, Panel, Standing
from scoring.sealing import review
from scoring.sealing.resting import resting_on
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def test_a_ranking_that_was_readable_before_the_panel_was_closed_keeps_the_plenary():
    made = plenary.plenary()
    assert resting_on(made.selection) == []

    Panel.objects.update(closed_at=None, closed_by=None)

    assert len(resting_on(made.selection)) == 1


def test_attendance_marks_and_a_closed_panel_keep_the_interviews():
    assert len(resting_on(plenary.plenary(stage=Stage.INTERVIEW).selection)) == 2


def test_schedules_and_conflicts_keep_the_verification():
    made = plenary.plenary()
    plenary.move_to(made.selection, Stage.VERIFICATION)
    Conflict.objects.create(
        seat=made.selection.panel.seats.first(),
        nomination=made.nominations[0],
        kind="recusal",
        declared_by=made.selection.panel.seats.first().user,
    )

    assert len(resting_on(made.selection)) == 3
    for model in (Conflict, Declaration, Interview):
        model.objects.all().delete()
    assert resting_on(made.selection) == []


def test_a_decision_of_the_plenary_or_an_asked_seal_keeps_it():
    made = plenary.plenary()
    plenary.asked(made.selection, builders.committee(made.selection))

    with pytest.raises(ValidationError) as caught:
        taking_back.ask(made.selection, reason="Salah", seen=Stage.PLENARY, by=builders.committee(made.selection))
    assert caught.value.code == "rests"


def test_no_standing_is_kept_where_nobody_may_read_it():
    made = plenary.plenary()
    asked = taking_back.ask(made.selection, reason="Salah", seen=Stage.PLENARY, by=builders.committee(made.selection))
    assert Standing.objects.exists()

    taking_back.second(asked, by=builders.committee(made.selection))

    assert not Standing.objects.exists()
    made.selection.refresh_from_db()
    assert made.selection.stage == Stage.INTERVIEW


def test_the_published_day_of_the_plenary_has_not_come():
    made, now = plenary.plenary(), timezone.now()
    day = {"opens_at": now + timedelta(days=3), "closes_at": now + timedelta(days=4)}
    date = StageDate.objects.create(selection=made.selection, stage="pleno", **day)

    found = {one.code: one for one in review.review(made.selection).remarks}
    assert (found["before-plenary"].gravity, found["before-plenary"].is_overridable) == ("blocks", True)

    date.opens_at = now
    date.save()
    assert "before-plenary" not in {one.code for one in review.review(made.selection).remarks}
