"""Whose workers a branch may type, and until when, is one rule."""

import pytest
from django.core.exceptions import ValidationError

from regions.coverage import actions, workers
from regions.coverage.actions import FigureEntry
from regions.models import Denominator, State
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixed():
    known = {"definition": b.definition(), "set_by": b.head_officer()}
    return Denominator.objects.create(region=b.regency(), year=2023, segment=b.segment(), workers=900, **known)


@pytest.mark.parametrize(("state", "may"), [(State.DRAFT, True), (State.SENT, True), (State.VERIFIED, False)])
def test_a_branch_types_them_until_the_figure_is_verified(state, may):
    signed = {"verified_at": "2024-05-01T00:00Z", "verified_by": b.person()} if state == State.VERIFIED else {}
    b.coverage(b.regency(), state=state, **signed)

    assert workers.may_be_typed(None, b.regency().coverage.get()) is may


def test_a_branch_types_them_until_an_office_sets_them(fixed):
    assert (workers.may_be_typed(None, None), workers.may_be_typed(fixed, None)) == (True, False)


def test_entering_others_is_refused_in_the_words_of_the_rule(fixed):
    entry = FigureEntry(segment=fixed.segment, participants=1, workers=901, definition=fixed.definition)

    with pytest.raises(ValidationError) as caught:
        actions.check_denominator(fixed, entry)

    assert caught.value.code == "denominator"
    assert workers.refusal(fixed) in caught.value.messages[0]
    assert "900" in caught.value.messages[0]
