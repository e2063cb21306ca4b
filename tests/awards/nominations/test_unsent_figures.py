"""Figures nobody has sent count nowhere in a nomination: they are named with their state, and hold it up."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.criteria.completeness import completeness
from awards.models import Nomination
from awards.nominations import shortlisting, transitions
from awards.stages import NominationState, Stage
from regions.models import State
from tests import builders as b
from tests.awards.conftest import put

S = NominationState
NOW = timezone.now()
RETURNED = {"state": State.RETURNED, "returned_at": NOW, "return_reason": "Bukan angka akhir tahun"}
UNSENT = [{"state": State.DRAFT}, RETURNED]
MOVES = [
    ("submit", S.DRAFT, Stage.NOMINATION),
    ("verify", S.SENT, Stage.NOMINATION),
    ("shortlist", S.VERIFIED, Stage.VERIFICATION),
]


def lacking(nomination):
    return completeness([Nomination.objects.with_context().get(pk=nomination.pk)])[nomination.pk]


def counted(nomination):
    found = lacking(nomination)
    return found.figures_given, found.figures_needed


def refusal(verb, nomination):
    with pytest.raises(ValidationError) as caught:
        transitions.move(verb, nomination, by=b.person())
    return caught.value


@pytest.mark.parametrize("fields", UNSENT)
def test_a_figure_nobody_has_sent_does_not_count_as_complete(answered, sent_figure, fields):
    nomination = answered()
    before = counted(nomination)

    put(sent_figure, **fields)

    found = lacking(nomination)
    assert (before, counted(nomination)) == ((1, 1), (0, 1))
    assert ([one.state for one in found.unsent_figures], found.missing_figures) == ([fields["state"]], [])
    assert (found.is_complete, bool(found.to_send)) == (False, True)


@pytest.mark.parametrize("state", [State.SENT, State.VERIFIED])
def test_a_figure_that_was_sent_or_verified_counts(answered, sent_figure, state):
    signed = {"verified_at": NOW, "verified_by": b.person()} if state == State.VERIFIED else {}
    put(sent_figure, state=state, **signed)

    assert counted(answered()) == (1, 1)


@pytest.mark.parametrize("fields", UNSENT)
@pytest.mark.parametrize(("verb", "state", "stage"), MOVES)
def test_a_nomination_is_not_moved_on_figures_nobody_has_sent(answered, sent_figure, verb, state, stage, fields):
    nomination = answered(state, stage)
    put(sent_figure, **fields)

    refused = refusal(verb, nomination)

    assert (refused.code, Nomination.objects.get().state) == ("figures", state)
    words = State(fields["state"]).label
    assert (refused.params["figures"], refused.params["branch"]) == (f"PU 2023 ({words})", "Cabang Bali Denpasar")

    put(sent_figure)
    transitions.move(verb, nomination, by=b.person())
    assert Nomination.objects.get().state != state


@pytest.mark.parametrize(("verb", "state", "stage"), MOVES)
def test_the_year_before_is_asked_for_where_growth_is_judged(
    answered, sent_figure, growth, jembrana, verb, state, stage
):
    before = b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = answered(state, stage)

    refused = refusal(verb, nomination)

    assert (counted(nomination), refused.params["figures"]) == ((1, 2), f"PU 2022 ({State.DRAFT.label})")
    put(before)
    assert counted(nomination) == (2, 2)


def test_figures_the_rubric_does_not_ask_for_hold_nothing_up(answered, sent_figure, jembrana):
    b.coverage(jembrana, 2023, "BPU", state=State.DRAFT)
    b.coverage(jembrana, 2022, "PU", state=State.DRAFT)
    nomination = answered()

    transitions.submit(nomination, by=b.person())

    assert nomination.state == S.SENT


def test_a_draft_that_was_locked_does_not_count_but_nobody_is_asked_to_send_it(answered, sent_figure):
    put(sent_figure, state=State.DRAFT, locked_at=NOW, locked_by=b.person())
    nomination = answered()

    transitions.submit(nomination, by=b.person())

    assert (nomination.state, counted(nomination)) == (S.SENT, (0, 1))


def test_a_figure_returned_after_the_nomination_was_verified_bars_the_interview_list(answered, sent_figure, bali):
    nomination = answered(S.VERIFIED, Stage.VERIFICATION)
    put(sent_figure, **RETURNED)

    with pytest.raises(ValidationError) as caught:
        shortlisting.choose("shortlist", {nomination: nomination.version}, by=b.committee(bali))

    assert (caught.value.code, Nomination.objects.get().state) == ("figures", S.VERIFIED)
