import pytest

from awards.models import Appointment, Criterion, Nomination, Sector, Title
from awards.stages import NominationState
from scoring import standings
from scoring.models import Conflict, Standing
from tests import builders
from tests.scoring import plenary

pytestmark = pytest.mark.django_db


def tallied(title: Title, selection) -> dict[str, Standing]:
    """region code -> standing"""
    ((_title, rows),) = standings.fresh(selection, [title])
    return {row.nomination.candidate.region.code: row for row in rows}


class Fielded:
    """A selection whose rubric is one criterion of coverage or growth over PU and BPU."""

    def __init__(self, kind, *regions, grouping="all", **rules):
        edition = builders.edition()
        category = builders.category(edition)
        rubric = builders.rubric(category, ("cakupan", kind, 10_000))
        criterion = Criterion.objects.get(aspect__rubric=rubric)
        criterion.rules = rules
        criterion.save()
        criterion.segments.set([builders.segment("PU"), builders.segment("BPU")])
        self.title = builders.title(rubric, grouping=grouping)
        self.selection = builders.selection(of=edition, national=True)
        for region in regions:
            builders.nomination(self.selection, region, NominationState.VERIFIED)

    def tally(self):
        return tallied(self.title, self.selection)

    def only(self):
        (row,) = self.tally().values()
        return row


def test_coverage_is_the_participants_of_all_segments_over_the_workers_of_all_segments_half_up():
    region = builders.province()
    builders.coverage(region, 2023, "PU", workers=1, participants=0)
    builders.coverage(region, 2023, "BPU", workers=1999, participants=1001)

    row = Fielded("coverage", region).only()

    assert row.total == 5005
    assert row.evidence["cakupan"] == {"participants": 1001, "workers": 2000, "year": 2023, "definitions": ["province"]}


def test_a_half_hundredth_of_coverage_goes_up():
    region = builders.province()
    builders.coverage(region, 2023, "PU", workers=19_999, participants=0)
    builders.coverage(region, 2023, "BPU", workers=1, participants=1)

    assert Fielded("coverage", region).only().total == 1


def test_a_missing_figure_leaves_the_candidate_unranked_and_is_named():
    region = builders.province()
    builders.coverage(region, 2023, "PU")

    row = Fielded("coverage", region).only()

    assert (row.place, row.total, row.scores) == (None, None, {"cakupan": None})
    assert row.reasons == [["coverage-missing", "BPU", 2023]]


def test_no_participants_is_a_score_of_zero():
    region = builders.province()
    builders.coverage(region, 2023, "PU", participants=0)
    builders.coverage(region, 2023, "BPU", participants=0)

    row = Fielded("coverage", region).only()

    assert (row.place, row.total, row.reasons) == (1, 0, [])


def two_years(region, before, now, **fields):
    """Participants of 10000 workers in PU and none of 10000 in BPU, in 2022 and 2023."""
    for year, participants in ((2022, before), (2023, now)):
        builders.coverage(region, year, "PU", workers=10_000, participants=participants, **fields)
        builders.coverage(region, year, "BPU", workers=10_000, participants=0, **fields)


@pytest.mark.parametrize(
    ("before", "now", "points"), [(2000, 3000, 5000), (2000, 4000, 10_000), (2000, 9000, 10_000), (3000, 2000, 0)]
)
def test_growth_earns_points_between_nothing_and_ten_percentage_points(before, now, points):
    region = builders.province()
    two_years(region, before, now)

    assert Fielded("growth", region, full=1000).only().total == points


def test_growth_is_the_difference_of_the_two_percentages_as_shown():
    region = builders.province()
    builders.coverage(region, 2022, "PU", workers=30_000, participants=1)
    builders.coverage(region, 2022, "BPU", workers=30_000, participants=1)
    builders.coverage(region, 2023, "PU", workers=30_000, participants=2)
    builders.coverage(region, 2023, "BPU", workers=30_000, participants=2)

    row = Fielded("growth", region, full=1000).only()

    # 0.00333 % is shown as 0.00 and 0.00666 % as 0.01: a hundredth of a point of growth, a tenth of a point of score
    assert row.total == 10
    assert (row.evidence["cakupan"]["before"]["share"], row.evidence["cakupan"]["now"]["share"]) == (0, 1)


def test_there_is_no_growth_between_two_definitions_of_a_segment():
    region = builders.province()
    two_years(region, 1000, 2000)
    redefined = region.coverage.get(year=2022, segment__code="BPU")
    redefined.definition = builders.definition("before the split")
    redefined.save()

    row = Fielded("growth", region, full=1000).only()

    assert (row.place, row.reasons) == (None, [["definition-differs", "BPU", 2022, 2023]])


def test_growth_inside_another_definition_counts():
    region = builders.province()
    two_years(region, 1000, 2000, definition=builders.definition("before the split"))

    row = Fielded("growth", region, full=1000).only()

    assert (row.place, row.total, row.reasons) == (1, 5000, [])


def test_growth_without_the_year_before_names_what_is_missing():
    region = builders.province()
    builders.coverage(region, 2023, "PU")
    builders.coverage(region, 2023, "BPU")

    row = Fielded("growth", region, full=1000).only()

    assert row.reasons == [["coverage-missing", "PU", 2022], ["coverage-missing", "BPU", 2022]]


def covered(region, participants):
    builders.coverage(region, 2023, "PU", participants=participants)
    builders.coverage(region, 2023, "BPU", participants=participants)
    return region


def test_equal_totals_share_the_place_and_the_next_one_is_skipped():
    regions = [
        covered(builders.province(code, f"Provinsi {code}"), participants)
        for code, participants in (("51", 500), ("52", 700), ("53", 500), ("61", 100))
    ]

    rows = Fielded("coverage", *regions).tally()

    assert {code: (row.place, row.is_tied) for code, row in rows.items()} == {
        "51": (2, True),
        "52": (1, False),
        "53": (2, True),
        "61": (4, False),
    }


def test_a_title_per_zone_ranks_inside_each_zone_of_the_edition():
    bali, ntb, kalsel, papua = (
        covered(builders.province(code, f"Provinsi {code}"), participants)
        for code, participants in (("51", 500), ("52", 700), ("63", 100), ("91", 900))
    )
    builders.zone(builders.edition(), "Timur", bali, ntb)
    builders.zone(builders.edition(), "Kalimantan", kalsel)

    rows = Fielded("coverage", bali, ntb, kalsel, papua, grouping="zone").tally()

    assert {code: (row.group, row.group_order, row.place) for code, row in rows.items()} == {
        "51": ("Timur", 0, 2),
        "52": ("Timur", 0, 1),
        "63": ("Kalimantan", 1, 1),
        "91": ("", 0, None),
    }
    assert rows["91"].reasons == [["group-missing", "zone"]]


def test_a_title_per_province_ranks_regencies_inside_their_province():
    regions = [
        covered(builders.regency(code, f"Kabupaten {code}"), participants)
        for code, participants in (("51.01", 500), ("51.02", 700), ("63.01", 100))
    ]

    rows = Fielded("coverage", *regions, grouping="province").tally()

    assert {code: (row.group, row.group_order, row.place) for code, row in rows.items()} == {
        "51.01": ("Bali", 51, 2),
        "51.02": ("Bali", 51, 1),
        "63.01": ("Provinsi 63", 63, 1),
    }


def test_a_title_per_sector_leaves_those_without_a_sector_apart():
    with_sector, without = (covered(builders.regency(code, f"Kabupaten {code}"), 500) for code in ("51.01", "51.02"))
    field = Fielded("coverage", with_sector, without, grouping="sector")
    sector = Sector.objects.create(category=builders.category(), slug="jasa", name="Jasa")
    Nomination.objects.filter(candidate__region=with_sector).update(sector=sector)

    rows = field.tally()

    assert {code: (row.group, row.place, row.reasons) for code, row in rows.items()} == {
        "51.01": ("Jasa", 1, []),
        "51.02": ("", None, [["group-missing", "sector"]]),
    }


@pytest.mark.parametrize("state", [state for state in NominationState if state not in ("terverifikasi", "wawancara")])
def test_without_interviews_only_verified_nominations_compete(state):
    region = covered(builders.province(), 500)
    field = Fielded("coverage", region)
    other = builders.nomination(field.selection, covered(builders.province("52", "NTB"), 900), NominationState.VERIFIED)
    Nomination.objects.filter(pk=other.pk).update(state=state)

    assert set(field.tally()) == {"51"}


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
