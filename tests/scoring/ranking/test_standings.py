import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import LIMIT, MISSING, rank
from tests.scoring.ranking import oracle, panels

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


@pytest.mark.parametrize("size", [127, 128, 32_767, 32_768])
def test_the_last_of_a_field_has_its_place_where_small_numbers_end(size):
    assert one_group(*range(size, 0, -1)) == [(place, False) for place in range(1, size + 1)]


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


def broken(*table):
    """(place, tied, rule) of each (total, figures of the rules) in one group; None for a figure that is missing."""
    breakers = np.array([[MISSING if one is None else one for one in figures] for _, figures in table], np.int64)
    total = np.array([total for total, _ in table], np.int64)
    standings = rank(total, np.zeros_like(total), np.ones(total.size, bool), breakers)
    return panels.told(standings)


def test_the_first_rule_that_tells_equals_apart_decides():
    assert broken((9, [3, 1]), (9, [5, 0]), (8, [9, 9])) == [(2, False, 1), (1, False, 1), (3, False, 0)]
    assert broken((9, [5, 0]), (9, [5, 1])) == [(2, False, 2), (1, False, 2)]


def test_only_who_is_still_equal_asks_the_next_rule():
    assert broken((9, [5, 0]), (9, [3, 1]), (9, [3, 2]), (9, [3, 1])) == [
        (1, False, 1),
        (3, True, 2),
        (2, False, 2),
        (3, True, 2),
    ]


def test_what_no_rule_tells_apart_shares_the_place_and_the_next_is_skipped():
    assert broken((9, [5, 5]), (9, [5, 5]), (8, [5, 5])) == [(1, True, 0), (1, True, 0), (3, False, 0)]


def test_a_rule_that_lacks_one_figure_leaves_the_tie_to_the_next():
    assert broken((9, [5, 1]), (9, [None, 2]), (9, [3, 3])) == [(3, False, 2), (2, False, 2), (1, False, 2)]
    assert broken((9, [5]), (9, [None])) == [(1, True, 0), (1, True, 0)]


def test_a_figure_missing_in_one_tie_does_not_hold_up_another():
    assert broken((9, [5]), (9, [None]), (8, [2]), (8, [1])) == [
        (1, True, 0),
        (1, True, 0),
        (3, False, 1),
        (4, False, 1),
    ]


def test_a_figure_of_nothing_is_a_figure():
    assert broken((9, [0]), (9, [1])) == [(2, False, 1), (1, False, 1)]


def test_no_rule_decides_across_groups_or_for_who_is_not_eligible():
    total, groups = np.array([9, 9, 9]), np.array([0, 1, 0])

    standings = rank(total, groups, np.array([True, True, False]), np.array([[1], [2], [3]]))

    assert panels.told(standings) == [(1, False, 0), (1, False, 0), (0, False, 0)]


@pytest.mark.parametrize("debris", [-2, LIMIT, -(2**63)])
def test_the_figures_of_who_has_no_equal_are_not_looked_at(debris):
    assert broken((9, [debris]), (8, [debris])) == [(1, False, 0), (2, False, 0)]
    with pytest.raises(ValueError, match="^breakers must lie between"):
        broken((9, [debris]), (9, [1]))


@given(st.lists(st.tuples(few, groups, st.booleans(), st.lists(st.none() | few, min_size=3, max_size=3)), max_size=9))
def test_broken_ties_follow_their_definition(table):
    rows, figures = [row[:3] for row in table], [row[3] for row in table]
    breakers = np.array([[MISSING if one is None else one for one in row] for row in figures], np.int64).reshape(-1, 3)
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    total, group, eligible = (
        np.array(values, kind) for values, kind in zip(columns, (np.int64, np.int64, bool), strict=True)
    )

    assert panels.told(rank(total, group, eligible, breakers)) == oracle.standings(rows, figures)


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
