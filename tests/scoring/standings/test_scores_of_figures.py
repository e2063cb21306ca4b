import pytest
from django.utils import timezone

from awards.models import Criterion, Nomination, Sector
from awards.stages import NominationState
from scoring.standings import explanations
from tests import builders
from tests.scoring.plenary.plenary import tallied

pytestmark = pytest.mark.django_db


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


def test_vulnerable_workers_are_a_segment_a_criterion_of_governments_can_use():
    region = builders.province()
    fielded = Fielded("coverage", region)
    Criterion.objects.get().segments.set([builders.segment("RENTAN")])
    builders.coverage(region, 2023, "RENTAN", workers=8_000, participants=1_000)

    assert fielded.only().total == 1250


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
    builders.nomination(field.selection, covered(builders.province("52", "NTB"), 900), state)

    assert set(field.tally()) == {"51"}


@pytest.mark.parametrize("state", ["draf", "dikembalikan"])
def test_a_figure_nobody_has_sent_is_never_ranked_and_is_named_as_such(state):
    region = builders.regency()
    builders.coverage(region, 2023, "PU")
    signs = {"returned_at": timezone.now(), "return_reason": "Salah"} if state == "dikembalikan" else {}
    builders.coverage(region, 2023, "BPU", state=state, **signs)

    row = Fielded("coverage", region).only()

    assert (row.total, row.reasons) == (None, [["coverage-unsent", "BPU", 2023]])


def test_a_draft_of_the_year_before_gives_no_growth():
    region = builders.regency()
    for year in (2022, 2023):
        builders.coverage(region, year, "PU", state="draf" if year == 2022 else "terkirim")
        builders.coverage(region, year, "BPU")

    assert Fielded("growth", region, full=1_000).only().reasons == [["coverage-unsent", "PU", 2022]]


def test_a_lock_does_not_make_a_draft_count():
    region = builders.regency()
    builders.coverage(region, 2023, "PU")
    locked = {"locked_at": timezone.now(), "locked_by": builders.person()}
    builders.coverage(region, 2023, "BPU", state="draf", **locked)

    assert Fielded("coverage", region).only().reasons == [["coverage-unsent", "BPU", 2023]]


def above_full(**rules):
    region = builders.province()
    builders.coverage(region, 2023, "PU", workers=500, participants=600)
    builders.coverage(region, 2023, "BPU", workers=400, participants=400)
    return Fielded("coverage", region, **rules).only()


def test_a_share_above_full_earns_full_points_and_keeps_the_share_beside_them():
    row = above_full()

    assert (row.total, row.scores, row.evidence["cakupan"]["share"]) == (10_000, {"cakupan": 10_000}, 11_111)
    assert "111,11" in explanations.evidence("coverage", row.evidence["cakupan"])


def test_a_share_above_full_counts_as_it_is_where_the_rubric_says_so():
    row = above_full(above_full=True)

    assert (row.total, "share" in row.evidence["cakupan"]) == (11_111, False)


def test_two_regions_above_full_are_equal():
    regions = [builders.regency("51.01"), builders.regency("51.02")]
    for region, participants in zip(regions, (901, 1_800), strict=True):
        builders.coverage(region, 2023, "PU", workers=900, participants=participants)
        builders.coverage(region, 2023, "BPU", workers=1, participants=1)

    rows = Fielded("coverage", *regions).tally().values()

    assert [(row.place, row.is_tied, row.total) for row in rows] == [(1, True, 10_000)] * 2


def test_growth_is_measured_between_the_shares_as_they_are_also_above_full():
    region = builders.province()
    two_years(region, 21_000, 21_200)

    row = Fielded("growth", region, full=1000).only()

    assert (row.total, row.evidence["cakupan"]["now"]["share"]) == (1_000, 10_600)
