"""Saving and handing in a score sheet."""

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Rubric
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from scoring.conflicts import actions as conflict_actions
from scoring.edit_conflicts import EditConflict
from scoring.models import Mark, MarkVersion, ScoreSheet
from scoring.sheets import actions
from tests import builders
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.panel import panels

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    made = bench()
    made.seat()
    return made


def save(judged, *values, version=0, nomination=0, seat=0):
    seat = judged.seats[seat]
    return actions.save_marks(
        seat, judged.nominations[nomination], judged.marks(*values), version=version, by=seat.user
    )


def saved_marks(sheet):
    return list(sheet.marks.values_list("value", flat=True))


def test_the_first_mark_begins_the_sheet_and_locks_the_rubric(judged):
    sheet = save(judged, 8550, None, None)

    assert (sheet.version, saved_marks(sheet)) == (1, [8550])
    assert Rubric.objects.get().locked_by == judged.seats[0].user


def test_a_form_left_empty_begins_no_sheet(judged):
    assert save(judged, None, None, None) is None
    assert ScoreSheet.objects.count() == 0


def test_zero_is_a_mark(judged):
    sheet = save(judged, 0, None, None)

    assert saved_marks(sheet) == [0]


def test_saving_the_same_again_writes_nothing(judged):
    save(judged, 8550, None, None)
    events = AuditEvent.objects.count()

    sheet = save(judged, 8550, None, None, version=1)

    assert (sheet.version, AuditEvent.objects.count()) == (1, events)


def test_every_version_of_a_mark_is_kept_also_of_one_taken_back(judged):
    save(judged, 8550, None, None)
    save(judged, 9000, None, None, version=1)
    save(judged, None, None, None, version=2)

    history = MarkVersion.objects.order_by("version").values_list("version", "value")
    assert list(history) == [(1, 8550), (2, 9000), (3, None)]
    assert list(Mark.objects.values_list("version", "value")) == [(3, None)]


def test_two_devices_that_changed_different_marks_are_merged(judged):
    save(judged, 5000, 6000, None)
    save(judged, 5500, 6000, None, version=1)

    sheet = save(judged, 5000, 6000, 7000, version=1)

    assert saved_marks(sheet) == [5500, 6000, 7000]


def test_two_devices_that_changed_the_same_mark_are_told_both_values(judged):
    save(judged, 5000, None, None)
    save(judged, 5500, None, None, version=1)

    with pytest.raises(EditConflict) as error:
        save(judged, 6000, 7000, None, version=1)

    assert error.value.clashes == {f"mark_{judged.marked[0].pk}": (6000, 5500)}
    assert saved_marks(ScoreSheet.objects.get()) == [5500]


def test_two_devices_that_begin_one_sheet_are_told_both_values(judged):
    save(judged, 5000, None, None)

    with pytest.raises(EditConflict) as error:
        save(judged, 6000, None, None)

    assert error.value.clashes == {f"mark_{judged.marked[0].pk}": (6000, 5000)}


@pytest.mark.parametrize("value", [-1, 10_001])
def test_a_mark_outside_0_to_100_is_refused(judged, value):
    refused("out-of-range", save, judged, value, None, None)


def test_a_criterion_that_jurors_do_not_mark_is_refused(judged):
    seat = judged.seats[0]

    refused(
        "not-marked", actions.save_marks, seat, judged.nominations[0], {judged.attended: 100}, version=0, by=seat.user
    )


def test_nobody_writes_for_another_seat(judged):
    judged.seat()

    refused(
        "not-your-seat",
        actions.save_marks,
        judged.seats[0],
        judged.nominations[0],
        judged.marks(1, 1, 1),
        version=0,
        by=judged.seats[1].user,
    )


def test_nobody_scores_before_declaring(judged):
    judged.seat(declared=False)

    refused("undeclared", save, judged, 1, 1, 1, seat=1)


def test_nobody_scores_a_candidate_they_keep_out_of(judged):
    first = judged.nominations[0]
    conflict_actions.declare(judged.seats[0], reasons={first.pk: "Saudara"}, by=judged.seats[0].user)

    refused("conflict", save, judged, 1, 1, 1)


def test_a_nomination_not_on_the_interview_list_is_not_scored(judged):
    judged.nominations[0].state = NominationState.NOT_SHORTLISTED
    judged.nominations[0].save()

    refused("not-judged", save, judged, 1, 1, 1)


def test_a_provincial_panel_never_scores_the_provincial_government():
    own = bench(nominations=0, slug="pemerintah-provinsi", kind="province")
    nomination = builders.nomination(own.selection, own.selection.province, NominationState.SHORTLISTED)
    own.nominations.append(nomination)
    own.seat()

    refused("not-judged", save, own, 1, 1, 1)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.INTERVIEW])
def test_marks_are_saved_only_in_the_interview_stage(judged, stage):
    judged.selection.stage = stage
    judged.selection.save()

    with pytest.raises(PermissionDenied):
        save(judged, 1, 1, 1)


def test_a_sheet_is_handed_in_whole(judged):
    sheet = save(judged, 8000, 7000, None)

    refused("incomplete", actions.hand_in, sheet, version=1, by=judged.seats[0].user)


def test_a_handed_in_sheet_is_closed(judged):
    sheet = save(judged, 8000, 7000, 6000)
    actions.hand_in(sheet, version=1, by=judged.seats[0].user)

    sheet.refresh_from_db()
    assert sheet.submitted_by == judged.seats[0].user
    refused("handed-in", save, judged, 9000, 7000, 6000, version=1)
    refused("handed-in", actions.hand_in, sheet, version=1, by=judged.seats[0].user)
    assert saved_marks(sheet) == [8000, 7000, 6000]


def test_only_the_marks_looked_at_are_handed_in(judged):
    sheet = save(judged, 8000, 7000, 6000)
    save(judged, 9000, 7000, 6000, version=1)

    refused("changed", actions.hand_in, sheet, version=1, by=judged.seats[0].user)
    assert ScoreSheet.objects.submitted().count() == 0


def test_no_mark_is_written_into_the_trail(judged):
    sheet = save(judged, 8123, 7123, 6123)
    actions.hand_in(sheet, version=1, by=judged.seats[0].user)

    told = " ".join(str(event.detail) for event in AuditEvent.objects.all())
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["rubric.lock", "sheet.save", "sheet.hand-in"]
    assert [value for value in ("8123", "7123", "6123") if value in told] == []


def test_an_ended_seat_no_longer_scores(judged):
    panels.ended(judged.seats[0], builders.committee(judged.selection))

    with pytest.raises(PermissionDenied):
        save(judged, 1, 1, 1)
