import pytest

from awards.models import Appointment, Nomination
from awards.stages import NominationState
from scoring.models import Conflict
from tests.scoring.plenary import plenary
from tests.scoring.plenary.plenary import tallied

pytestmark = pytest.mark.django_db


def scores(made, nomination=0):
    rows = tallied(plenary.title_of(made), made.selection)
    return rows[made.nominations[nomination].candidate.region.code]


def test_with_interviews_only_the_interview_list_competes():
    made = plenary.plenary()
    Nomination.objects.filter(pk=made.nominations[0].pk).update(state=NominationState.VERIFIED)

    rows = tallied(plenary.title_of(made), made.selection)

    assert set(rows) == {"51.02", "51.03"}


def test_each_kind_of_criterion_gives_its_score_and_the_total_is_their_weighted_sum():
    row = scores(plenary.plenary())

    assert row.scores == {"inovasi": 7500, "pemahaman": 7500, "komitmen": 7500, "kehadiran": 10_000, "regulasi": 10_000}
    assert row.total == 9250  # 75 x 30 % + 100 x 5 % + 100 x 65 %
    assert row.reasons == []


def test_the_mean_of_the_marks_given_is_rounded_half_up():
    made = plenary.plenary()
    plenary.hand_in(made.seat(), made.nominations[0], made.marks(7_501, 7_502, 7_503))

    assert [scores(made).scores[slug] for slug in ("inovasi", "pemahaman", "komitmen")] == [7500, 7501, 7501]


def test_a_sheet_that_is_not_handed_in_does_not_count():
    made = plenary.plenary()
    plenary.hand_in(made.seat(), made.nominations[0], made.marks(100, 100, 100), at=None)

    assert scores(made).scores["inovasi"] == 7500


def test_the_marks_of_a_seat_with_a_conflict_do_not_count_for_that_candidate_only():
    made = plenary.plenary()
    seat = made.seats[0]
    Conflict.objects.create(
        seat=seat, nomination=made.nominations[0], kind="recusal", reason="keluarga", declared_by=seat.user
    )

    assert (scores(made, 0).scores["inovasi"], scores(made, 1).scores["inovasi"]) == (7000, 7500)


def test_the_marks_of_an_ended_seat_do_not_count():
    made = plenary.plenary()
    Appointment.objects.filter(seat=made.seats[0]).update(ended_at=plenary.NOW)

    assert scores(made).scores["inovasi"] == 7000


def test_a_candidate_without_any_mark_that_counts_is_not_scored_yet():
    made = plenary.plenary()
    Appointment.objects.filter(seat__in=made.seats).update(ended_at=plenary.NOW)

    row = scores(made)

    assert (row.place, row.scores["inovasi"]) == (None, None)
    assert row.reasons == [["marks-missing", name] for name in ("Inovasi", "Pemahaman", "Komitmen")]


def test_an_answer_not_given_is_missing_and_not_zero():
    made = plenary.plenary()
    made.nominations[0].answers.all().delete()

    row = scores(made)

    assert (row.place, row.scores["regulasi"], row.reasons) == (None, None, [["answer-missing", "Regulasi"]])


def test_attendance_not_recorded_is_missing_and_not_zero():
    made = plenary.plenary()
    made.nominations[0].interview.delete()

    row = scores(made)

    assert (row.place, row.scores["kehadiran"], row.reasons) == (None, None, [["attendance-missing"]])


@pytest.mark.parametrize(("level", "points"), [("head", 9000), ("deputy", 7000)])
def test_an_interview_on_line_costs_points(level, points):
    made = plenary.plenary()
    made.nominations[0].interview.delete()
    plenary.attend(made.nominations[0], level, online=True)

    assert scores(made).scores["kehadiran"] == points


def test_attendance_on_line_never_falls_below_zero():
    made = plenary.plenary()
    made.attended.rules = {"levels": [{"code": "head", "label": "Kepala", "points": 500}], "online": -1_000}
    made.attended.save()
    made.nominations[0].interview.delete()
    plenary.attend(made.nominations[0], "head", online=True)

    assert scores(made).scores["kehadiran"] == 0


def test_a_criterion_without_weight_in_the_title_is_not_missed():
    made = plenary.plenary()
    title = plenary.title_of(made)
    title.weights.exclude(criterion__slug="regulasi").delete()
    title.weights.update(weight=10_000)
    made.nominations[0].interview.delete()

    row = scores(made)

    assert (row.place, row.total, row.scores) == (1, 10_000, {"regulasi": 10_000})
