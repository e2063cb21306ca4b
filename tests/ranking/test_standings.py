import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import LIMIT, MISSING, rank
from tests.ranking import oracle

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")  # no division by zero, even where masked

FAR = 2**62
"""Group numbers so far apart that group, total and row no longer fit into one integer."""

few = st.integers(0, 4)
totals = few | st.integers(0, 10_000) | st.integers(0, LIMIT - 1)
groups = few | st.sampled_from([-FAR, 0, FAR, -(2**63), 2**63 - 1]) | st.integers(-(2**63), 2**63 - 1)
rows = st.lists(st.tuples(totals, groups, st.booleans() | st.just(True)), max_size=12)


def places(table):
    """(place, tied) of each (total, group, eligible)."""
    total, group, eligible = zip(*table, strict=True) if table else ([], [], [])
    standings = rank(np.array(total, np.int64), np.array(group, np.int64), np.array(eligible, bool))
    return list(zip(standings.place.tolist(), standings.tied.tolist(), strict=True))


def one_group(*totals, group=0):
    return places([(total, group, True) for total in totals])


def test_more_is_better():
    assert one_group(7000, 9000, 8000) == [(3, False), (1, False), (2, False)]


def test_equal_totals_share_the_place_and_the_next_is_skipped():
    assert one_group(9000, 8000, 9000, 7000) == [(1, True), (3, False), (1, True), (4, False)]
    assert one_group(9000, 8000, 8000, 8000, 7000) == [(1, False), (2, True), (2, True), (2, True), (5, False)]


def test_when_all_are_equal_all_are_first():
    assert one_group(0, 0, 0) == [(1, True)] * 3


def test_a_hundredth_decides():
    assert one_group(8750, 8749) == [(1, False), (2, False)]


@pytest.mark.parametrize("far", [1, FAR])
def test_each_group_has_its_own_places(far):
    table = [(5, far, True), (9, -far, True), (7, far, True), (5, -far, True), (9, far, True), (9, -far, True)]

    assert places(table) == [(3, False), (1, True), (2, False), (3, False), (1, False), (1, True)]


@pytest.mark.parametrize("far", [1, FAR])
def test_the_last_total_of_a_group_is_not_tied_with_the_first_of_the_next(far):
    assert places([(5, -far, True), (5, 0, True), (5, far, True)]) == [(1, False)] * 3


@pytest.mark.parametrize("far", [1, FAR])
def test_who_is_not_eligible_has_no_place_and_takes_none(far):
    table = [(9, far, False), (8, far, True), (8, -far, False), (8, -far, True), (7, far, True), (7, far, False)]

    assert places(table) == [(0, False), (1, False), (0, False), (1, False), (2, False), (0, False)]


@pytest.mark.parametrize("debris", [MISSING, -(2**63), LIMIT, 2**63 - 1])
def test_the_total_of_who_is_not_eligible_is_not_looked_at(debris):
    assert places([(debris, 0, False), (1, 0, True), (0, 0, True)]) == [(0, False), (1, False), (2, False)]


def test_nobody_eligible_means_no_places():
    assert places([(5, 0, False), (6, 0, False)]) == [(0, False), (0, False)]
    assert places([]) == []


def test_one_alone_is_first():
    assert places([(0, 2**63 - 1, True)]) == [(1, False)]
    assert places([(5, 0, False), (LIMIT - 1, -(2**63), True)]) == [(0, False), (1, False)]


@given(rows)
def test_places_follow_their_definition(table):
    assert places(table) == oracle.places(table)


@pytest.mark.parametrize("row_bits", range(1, 6))
@pytest.mark.parametrize("total_bits", [0, 1, 39])
@pytest.mark.parametrize("spare", [-2, -1, 0, 1, 2])
def test_sorting_is_the_same_on_both_sides_of_what_fits_into_one_integer(row_bits, total_bits, spare):
    far = min(2 ** (63 + spare - row_bits - total_bits), 2**64) - 1
    most = 2**total_bits - 1
    table = [(most * (row % 3 == 1), far * (row % 2) - 2**63, True) for row in range(2**row_bits)]

    assert places(table) == oracle.places(table)


def test_the_sign_of_an_integer_is_not_used_for_sorting():
    rows = [0, 2**23]  # 24 bits for the row and 40 for the total: one too many
    total, eligible = np.zeros(rows[-1] + 1, np.int64), np.zeros(rows[-1] + 1, bool)
    total[rows] = [0, LIMIT - 1]
    eligible[rows] = True

    assert rank(total, np.zeros_like(total), eligible).place[rows].tolist() == [2, 1]
