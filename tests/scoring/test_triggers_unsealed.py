"""What the guards of a seal do not hinder: nothing is sealed here."""

import pytest

from awards.models import Answer, TitleWeight
from scoring.models import Mark, Standing
from tests.scoring.plenary import plenary
from tests.scoring.test_triggers import emptied

pytestmark = pytest.mark.django_db


def test_before_the_seal_everything_is_open():
    made = plenary.plenary()

    Mark.objects.update(value=1)
    Answer.objects.all().delete()
    Standing.objects.update(total=1)
    TitleWeight.objects.update(weight=1)

    assert set(Mark.objects.values_list("value", flat=True)) == {1}
    assert made.selection.seals.count() == 0


def test_what_may_be_taken_away_may_be_emptied():
    plenary.plenary()
    assert Standing.objects.exists()

    emptied(Standing)

    assert not Standing.objects.exists()
