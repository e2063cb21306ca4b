"""What a map says: readings, steps of colour, places, doubts."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions import rules
from regions.atlas import doubts, readings, scales, tiles
from regions.atlas.readings import CoverageReading, Goal, SegmentCount
from regions.atlas.scales import Shown
from regions.models import Coverage, Justification, State, Target
from tests import builders as make

REGIONS = Path(__file__).resolve().parents[3] / "fixtures" / "regions"


def read(region, chosen="", year=2023):
    known = readings.read(Coverage.objects.handed_over(), Target.objects.all(), chosen, year)
    return known.of(region.pk)


@given(workers=st.integers(1, 5_000_000), value=st.integers(1, 10_000))
def test_the_participants_a_target_needs_are_the_fewest_that_show_it(workers, value):
    needed = Goal(value).participants(workers)

    assert rules.share(needed, workers) >= value
    assert needed == 0 or rules.share(needed - 1, workers) < value


def test_a_region_at_its_target_lacks_nobody_and_one_below_lacks_the_difference():
    reached = CoverageReading(SegmentCount(400, 1000, (1,)), goal=Goal(4000))
    below = CoverageReading(SegmentCount(340, 1000, (1,)), goal=Goal(4000))

    assert (reached.lacking, reached.gap) == (0, 0)
    assert (below.lacking, below.gap) == (60, -600)


def test_a_target_in_people_is_counted_in_people():
    reading = CoverageReading(SegmentCount(340, 1000, (1,)), goal=Goal(433, is_people=True))

    assert (reading.lacking, reading.goal_share, reading.gap) == (93, 4330, -930)


def test_without_figures_nothing_is_said():
    reading = CoverageReading(goal=Goal(4000))

    assert [reading.share, reading.growth.value, reading.gap, reading.lacking, reading.quality] == [None] * 5


@pytest.mark.django_db
def test_pu_and_bpu_count_together_only_where_both_are_reported():
    both, one = make.regency("51.01"), make.regency("51.02", "Kabupaten Tabanan")
    make.coverage(both, 2023, "PU", 1000, 500)
    make.coverage(both, 2023, "BPU", 3000, 300)
    make.coverage(one, 2023, "PU", 1000, 500)

    assert (read(both).share, read(one).share) == (2000, None)


@pytest.mark.django_db
def test_growth_is_the_difference_of_the_shares_shown_and_needs_one_definition():
    region = make.regency()
    make.coverage(region, 2022, participants=333)
    make.coverage(region, 2023, participants=400)
    make.coverage(region, 2022, "BPU")
    make.coverage(region, 2023, "BPU", definition=make.definition("province", "BPS"))

    assert read(region, "PU").growth.value == 670
    assert read(region, "BPU").growth.value is None
    assert read(region).growth.value is None


@pytest.mark.django_db
def test_drafts_and_returned_figures_are_not_counted():
    region = make.regency()
    make.coverage(region, 2023, "PU", state=State.DRAFT)

    assert read(region, "PU").now is None


@pytest.mark.django_db
def test_of_two_kinds_of_target_the_share_is_shown():
    region = make.regency()
    make.coverage(region, 2023)
    for kind, value in (("peserta", 700), ("persen", 6000)):
        Target.objects.create(region=region, year=2023, segment=make.segment(), value_kind=kind, value=value)

    assert read(region, "PU").goal == Goal(6000)


@pytest.mark.parametrize("shown", Shown.values)
def test_each_step_begins_at_its_break_and_the_legend_counts_every_region_once(shown):
    breaks = scales.BREAKS[shown]
    values = [None, breaks[0] - 1, *breaks]

    assert [scales.step(shown, value) for value in values] == list(range(8))
    assert [(line.number, line.regions) for line in scales.legend(shown, values)] == [
        *((number, 1) for number in range(1, 8)),
        (0, 1),
    ]


def test_every_province_has_a_place_and_a_short_name_of_its_own():
    with (REGIONS / "provinces.csv").open() as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    places = tiles.places()

    assert places.keys() == codes
    assert len({(place.column, place.row) for place in places.values()}) == 38
    assert len({place.letters for place in places.values()}) == len({place.short for place in places.values()}) == 38
    assert max(place.column for place in places.values()) < tiles.COLUMNS
    assert max(place.row for place in places.values()) < tiles.ROWS


@pytest.mark.django_db
def test_a_doubted_figure_counts_against_its_region_until_it_is_justified():
    region = make.regency()
    make.coverage(region, 2023, "PU", 1000, 500)
    doubted = make.coverage(region, 2023, "BPU", 1000, 1500)

    def found():
        return doubts.by_region(Coverage.objects.all(), 2023, "", adding=True)

    before = found()
    note = {"coverage": doubted, "note": "Bekerja di dua daerah", "by": make.person(), "version": doubted.version}
    for code in ("excess", "columns-swapped"):
        Justification.objects.create(code=code, **note)
    Coverage.objects.filter(pk=doubted.pk).update(version=2)
    stale = found()
    Coverage.objects.filter(pk=doubted.pk).update(version=1)

    assert before == stale == {region.pk: (1, 2), region.parent_id: (1, 2)}
    assert found() == {region.pk: (2, 2), region.parent_id: (2, 2)}
