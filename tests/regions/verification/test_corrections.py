"""A verified figure changes only by a correction, and a correction takes two people."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from regions.coverage import actions
from regions.models import Correction, Coverage, CoverageVersion, State
from regions.verification import corrections
from tests.builders import coverage, definition, person, regency, segment

pytestmark = pytest.mark.django_db
YEAR = 2024
SIGNED = "2025-01-01T00:00Z"


@pytest.fixture
def figure():
    return coverage(regency(), YEAR, verified_at=SIGNED, verified_by=person())


def propose(figure, participants=600, reason="Salah ketik", by=None, based_on=1, workers=1000):
    entry = actions.FigureEntry(segment(), workers, participants, definition(), based_on=based_on)
    return corrections.propose(figure, entry, reason=reason, by=by or person())


def test_a_proposal_changes_nothing_yet(figure):
    propose(figure)

    assert Coverage.objects.values_list("participants", "version", "state").get() == (500, 1, State.VERIFIED)
    assert AuditEvent.objects.get().verb == "coverage.propose"


def test_an_accepted_correction_is_a_new_verified_version_with_its_reason(figure):
    clerk, officer = person(), person()

    corrections.decide(propose(figure, by=clerk), accept=True, by=officer)

    now = Coverage.objects.with_notes().get()
    assert (now.participants, now.version, now.state, now.verified_by) == (600, 2, State.VERIFIED, officer)
    assert [(note.note, note.by) for note in now.notes] == [("Salah ketik", clerk)]
    assert CoverageVersion.objects.values_list("version", "participants", "written_by").first() == (2, 600, clerk.pk)
    assert list(trail.faults()) == []


def test_a_refused_correction_leaves_the_figure_and_keeps_the_answer(figure):
    correction = propose(figure)

    corrections.decide(correction, accept=False, answer="Sumbernya lain", by=person())

    correction.refresh_from_db()
    assert (correction.accepted, correction.answer) == (False, "Sumbernya lain")
    assert Coverage.objects.values_list("participants", "version").get() == (500, 1)


def test_a_refusal_needs_an_answer(figure):
    with pytest.raises(ValidationError) as refused:
        corrections.decide(propose(figure), accept=False, answer=" ", by=person())

    assert refused.value.code == "reason"


def test_whoever_proposed_does_not_decide(figure):
    clerk = person()
    correction = propose(figure, by=clerk)

    with pytest.raises(ValidationError) as refused:
        corrections.decide(correction, accept=True, by=clerk)

    assert refused.value.code == "four-eyes"
    assert Coverage.objects.get().participants == 500


def test_the_database_too_wants_two_people(figure):
    clerk = person()
    correction = propose(figure, by=clerk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(accepted=True, decided_at=SIGNED, decided_by=clerk)


def test_a_correction_is_decided_once(figure):
    correction = propose(figure)
    corrections.decide(correction, accept=True, by=person())

    with pytest.raises(ValidationError) as refused:
        corrections.decide(correction, accept=False, answer="Tidak", by=person())

    assert refused.value.code == "decided"
    assert Coverage.objects.get().participants == 600


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"participants": 500}, "same"), ({"reason": "  "}, "reason"), ({"based_on": 2}, "conflict")],
)
def test_a_proposal_that_says_nothing_new_or_not_why_is_refused(figure, wrong, code):
    with pytest.raises(ValidationError) as refused:
        propose(figure, **wrong)

    assert refused.value.code == code


def test_a_second_proposal_waits_for_the_first(figure):
    propose(figure)

    with pytest.raises(ValidationError) as refused:
        propose(figure, participants=700)

    assert refused.value.code == "waiting"


@pytest.mark.parametrize("state", [State.DRAFT, State.SENT])
def test_a_figure_that_is_not_verified_needs_no_correction(state):
    with pytest.raises(ValidationError) as refused:
        propose(coverage(regency(), YEAR, state=state))

    assert refused.value.code == "not-verified"


def test_a_lock_refuses_the_proposal_and_the_acceptance(figure):
    correction = propose(figure)
    Coverage.objects.update(locked_at=SIGNED, locked_by=person())

    with pytest.raises(ValidationError) as acceptance:
        corrections.decide(correction, accept=True, by=person())
    with pytest.raises(ValidationError) as proposal:
        propose(figure, participants=700)

    assert (acceptance.value.code, proposal.value.code) == ("locked", "locked")
    assert Correction.objects.get().accepted is None
