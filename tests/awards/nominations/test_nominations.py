"""Nominating and answering: only what is one's own, only while it is open, never over somebody else's words."""

import pytest
from django.core.exceptions import ValidationError

from awards.models import Answer, Candidate, Nomination
from awards.nominations import actions
from awards.nominations.actions import government, nominable
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at


def refusal(verb, *args, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        verb(*args, **options)
    return caught.value.code


def test_the_government_is_made_a_candidate_when_it_is_first_nominated(bali, staff, jembrana):
    nomination = actions.nominate(bali, b.category(), government(jembrana), by=staff)

    assert (nomination.state, nomination.nominated_by) == (NominationState.DRAFT, staff)
    candidate = Candidate.objects.get()
    assert (candidate.kind, candidate.region) == ("regency", jembrana)
    assert AuditEvent.objects.get(verb="nomination.create").actor == staff


def test_a_government_stays_one_candidate_over_the_editions(bali, staff, jembrana):
    b.candidate(jembrana)

    actions.nominate(bali, b.category(), government(jembrana), by=staff)

    assert Candidate.objects.count() == 1


def test_a_branch_nominates_only_from_its_own_working_area(bali, staff, jembrana, tabanan):
    assert list(nominable(bali, b.category(), staff)) == [jembrana]
    assert refusal(actions.nominate, bali, b.category(), government(tabanan), by=staff) == "not-nominable"


def test_a_branch_nominates_only_inside_the_province_of_the_selection(bali, jembrana):
    lamandau = b.regency("62.09", "Kabupaten Lamandau")
    staff = b.branch_staff(jembrana, lamandau, name="Dua Provinsi")

    assert list(nominable(bali, b.category(), staff)) == [jembrana]


def test_nobody_is_nominated_twice_in_a_category(bali, staff, jembrana):
    actions.nominate(bali, b.category(), government(jembrana), by=staff)

    assert list(nominable(bali, b.category(), staff)) == []
    assert refusal(actions.nominate, bali, b.category(), government(jembrana), by=staff) == "not-nominable"


def test_a_category_the_selection_does_not_have_takes_no_nomination(bali, staff, jembrana):
    other = b.category(slug="lain")

    assert refusal(actions.nominate, bali, other, government(jembrana), by=staff) == "not-nominable"


def test_the_national_selection_takes_every_province(db):
    category = b.category(slug="pemerintah-provinsi", kind="province")
    national = b.selection(national=True)
    bali, aceh = b.province("51"), b.province("11", "Aceh")
    b.regency("51.01")

    assert list(nominable(national, category, b.person())) == [aceh, bali]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.NOMINATION])
def test_nominating_is_open_in_its_stage_only(bali, staff, jembrana, stage):
    at(bali, stage)

    assert refusal(actions.nominate, bali, b.category(), government(jembrana), by=staff) == "stage"


def test_answers_are_kept_with_their_note_and_raise_the_version(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)

    changed = actions.answer(nomination, {regulation: ({"level": "perda"}, " Perda 1/2023 ")}, version=1, by=staff)

    answer = Answer.objects.get()
    assert (changed, answer.value, answer.note, nomination.version) == (True, {"level": "perda"}, "Perda 1/2023", 2)
    detail = AuditEvent.objects.get(verb="nomination.answer").detail
    after = {"regulasi": [{"level": "perda"}, "Perda 1/2023"]}
    assert detail == {"before": {"regulasi": [None, ""]}, "after": after}


def test_the_same_answers_again_leave_no_trace(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    actions.answer(nomination, {regulation: ({"level": "perda"}, "")}, by=staff)

    changed = actions.answer(nomination, {regulation: ({"level": "perda"}, "")}, by=staff)

    assert (changed, nomination.version) == (False, 2)
    assert AuditEvent.objects.filter(verb="nomination.answer").count() == 1


def test_an_empty_level_takes_the_answer_back(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    actions.answer(nomination, {regulation: ({"level": "perda"}, "")}, by=staff)

    actions.answer(nomination, {regulation: (None, "catatan tanpa jawaban")}, by=staff)

    assert Answer.objects.count() == 0


def test_answers_based_on_an_older_version_are_refused(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    actions.answer(nomination, {regulation: ({"level": "perda"}, "")}, version=1, by=staff)

    code = refusal(actions.answer, nomination, {regulation: ({"level": "tidak-ada"}, "")}, version=1, by=staff)

    assert (code, Answer.objects.get().value) == ("conflict", {"level": "perda"})


def test_a_level_the_criterion_does_not_have_is_refused(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)

    assert refusal(actions.answer, nomination, {regulation: ({"level": "seratus"}, "")}, by=staff) == "level"


@pytest.mark.parametrize("state", [s for s in NominationState if s not in {"draf", "dikembalikan"}])
def test_what_was_sent_is_not_answered_again(bali, jembrana, staff, regulation, state):
    nomination = b.nomination(bali, jembrana, state, by=staff)

    assert refusal(actions.answer, nomination, {regulation: ({"level": "perda"}, "")}, by=staff) == "not-editable"
    assert Answer.objects.count() == 0


def test_a_rubric_locks_once_and_keeps_who_did_it(bali):
    rubric = b.category().current_rubric
    first = b.person()

    actions.lock_rubric(rubric, bali, by=first)
    actions.lock_rubric(rubric, bali, by=b.person())

    assert rubric.locked_by == first
    assert AuditEvent.objects.filter(verb="rubric.lock").count() == 1


def test_the_current_rubric_is_the_latest_version(bali):
    newer = b.rubric(b.category())

    assert b.category().current_rubric == newer
    assert Nomination.objects.count() == 0
