"""A nomination moves by the table only: from the right state, at an open stage, by the right eyes."""

import pytest
from django.core.exceptions import ValidationError

from awards.models import Nomination
from awards.nominations import transitions
from awards.selections import actions
from awards.signals import selection_changed
from awards.stages import MOVES, OPEN_IN, REASON_NEEDED, NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at
from tests.once import taken_back

S = NominationState


@pytest.fixture
def complete(jembrana, regulation):
    """A nomination of Jembrana in the given state, with its answer and its figure."""
    b.coverage(jembrana, 2023, "PU")

    def make(selection, state=S.DRAFT, by=None):
        nomination = b.nomination(selection, jembrana, state, by=by)
        nomination.answers.create(criterion=regulation, value={"level": "perda"})
        return nomination

    return make


def refusal(verb, nomination, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        transitions.move(verb, nomination, **{"by": b.person(), "reason": "alasan"} | options)
    return caught.value.code


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("state", S)
def test_a_move_happens_exactly_when_state_and_stage_allow_it(bali, complete, verb, state):
    complete(bali, state)
    origins, target, permission = MOVES[verb]
    expected, found = {}, {}

    for stage in Stage:
        too_late = verb == "submit" and state == S.DRAFT and stage != Stage.NOMINATION
        allowed = state in origins and permission in OPEN_IN[stage] and not too_late
        expected[stage] = (None, target or S.SENT, 1) if allowed else ("moved-on", state, 0)
        with taken_back():
            at(bali, stage)
            found[stage] = moved(verb)

    assert found == expected


def moved(verb):
    """(code of the refusal if any, state afterwards, events in the trail)"""
    try:
        transitions.move(verb, Nomination.objects.get(), by=b.person(), reason="alasan")
        code = None
    except ValidationError as error:
        code = error.code
    return code, Nomination.objects.get().state, AuditEvent.objects.filter(verb=f"nomination.{verb}").count()


def test_each_move_is_signed_counted_and_announced_in_its_transaction(bali, complete, staff):
    heard = []
    selection_changed.connect(
        lambda **told: heard.append((told["selection"], told["by"])), weak=False, dispatch_uid="t"
    )
    nomination = complete(bali, by=staff)

    transitions.submit(nomination, by=staff)
    selection_changed.disconnect(dispatch_uid="t")

    assert (nomination.state, nomination.submitted_by, nomination.version) == (S.SENT, staff, 2)
    event = AuditEvent.objects.get(verb="nomination.submit")
    assert (event.actor, event.detail) == (staff, {"before": "draf", "after": "terkirim"})
    assert heard == [(bali, staff)]


def test_who_nominated_may_not_verify(bali, complete):
    nominator, sender = b.person(), b.person()
    nomination = complete(bali, S.DRAFT, by=nominator)
    transitions.submit(nomination, by=sender)

    assert refusal("verify", nomination, by=nominator) == "four-eyes"
    assert refusal("verify", nomination, by=sender) == "four-eyes"
    transitions.verify(nomination, by=b.person())
    assert nomination.state == S.VERIFIED


def test_figures_that_do_not_exist_do_not_hold_up_verifying(bali, jembrana):
    nomination = b.nomination(bali, jembrana, S.SENT)

    transitions.verify(nomination, by=b.person())

    assert nomination.state == S.VERIFIED


def test_sending_without_answers_is_refused_and_names_them(bali, jembrana):
    nomination = b.nomination(bali, jembrana)

    with pytest.raises(ValidationError) as caught:
        transitions.submit(nomination, by=b.person())

    assert (caught.value.code, caught.value.params["criteria"]) == ("unanswered", "Regulasi")


@pytest.mark.parametrize("verb", sorted(REASON_NEEDED))
def test_a_move_that_needs_a_reason_is_refused_with_blanks(bali, complete, verb):
    state = next(iter(MOVES[verb][0]))
    nomination = complete(at(bali, Stage.VERIFICATION), state)

    assert refusal(verb, nomination, reason="   ") == "reason"
    assert Nomination.objects.get().state == state


def test_what_changed_since_it_was_looked_at_is_not_moved(bali, complete):
    nomination = complete(bali, S.SENT)
    Nomination.objects.update(version=5)

    assert refusal("verify", nomination, version=4) == "conflict"
    assert Nomination.objects.get().state == S.SENT


def test_of_two_people_moving_the_same_nomination_one_wins(bali, complete):
    nomination = complete(bali, S.SENT)
    seen_by_both = nomination.version

    transitions.verify(nomination, by=b.person(), version=seen_by_both)

    assert refusal("return", nomination, version=seen_by_both) == "conflict"
    assert Nomination.objects.get().state == S.VERIFIED


def test_a_returned_nomination_tells_the_reason_until_it_is_sent_again(bali, complete):
    nomination = complete(bali, S.SENT)

    transitions.return_for_repair(nomination, by=b.person(), reason=" Perda belum dilampirkan ")
    assert (nomination.state, nomination.remark) == (S.RETURNED, "Perda belum dilampirkan")

    transitions.submit(nomination, by=b.person())
    assert (nomination.state, nomination.remark) == (S.SENT, "")


def test_the_stages_follow_one_another_up_to_the_plenary(bali):
    at(bali, Stage.PREPARATION)
    opened = [actions.open_next_stage(bali, by=b.person()) for _ in range(4)]

    assert opened == [Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW, Stage.PLENARY]
    with pytest.raises(ValidationError) as caught:
        actions.open_next_stage(bali, by=b.person())
    assert caught.value.code == "last-stage"


def test_a_stage_is_opened_once_however_often_the_button_is_pressed(bali):
    actions.open_next_stage(bali, by=b.person(), present=Stage.NOMINATION)

    with pytest.raises(ValidationError) as caught:
        actions.open_next_stage(bali, by=b.person(), present=Stage.NOMINATION)

    bali.refresh_from_db()
    assert (caught.value.code, bali.stage) == ("moved-on", Stage.VERIFICATION)
    assert AuditEvent.objects.filter(verb="selection.open-stage").count() == 1
