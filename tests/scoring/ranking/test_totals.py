import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import LIMIT, MISSING, WHOLE, points, rescale, totals
from scoring.ranking.totals import BLOCK
from tests.scoring.ranking import oracle

THIRDS = [3333, 3333, 3334]


def weigh(rows, weights):
    """Totals of rows of hundredths, None for an unknown score."""
    scores = np.array([[MISSING if score is None else score for score in row] for row in rows], dtype=np.int64)
    return totals(scores, scores != MISSING, np.array(weights, dtype=np.int64))


def earned(rows, weights):
    scores = np.array([[MISSING if score is None else score for score in row] for row in rows], dtype=np.int64)
    return points(scores, scores != MISSING, np.array(weights, dtype=np.int64)).tolist()


def keep(weights, *kept):
    return rescale(np.array(weights, dtype=np.int64), np.array(kept, dtype=bool)).tolist()


@st.composite
def tables(draw):
    """A table of scores and weights that add up to the whole, some of them nothing."""
    cuts = draw(st.lists(st.integers(0, WHOLE) | st.just(0), max_size=5))
    weights = np.diff([0, *sorted(cuts), WHOLE]).tolist()
    score = st.none() | st.integers(0, 10_000) | st.integers(0, LIMIT - 1)
    row = st.lists(score, min_size=len(weights), max_size=len(weights))
    return draw(st.lists(row, min_size=1, max_size=6)), weights


def test_a_total_is_what_a_pocket_calculator_says():
    result = weigh([[8750, 6000, 4210]], [3750, 3750, 2500])

    assert result.total.tolist() == [6584]  # 32.8125 + 22.5 + 10.525 = 65.8375
    assert result.contributions.tolist() == [[32_812_500, 22_500_000, 10_525_000]]
    assert result.complete.tolist() == [True]


def test_two_point_six_seven_five_is_two_point_six_eight():
    assert weigh([[535, 0]], [5000, 5000]).total.tolist() == [268]


def test_ten_times_a_tenth_is_a_tenth():
    assert weigh([[10] * 10], [1000] * 10).total.tolist() == [10]


def test_weights_that_do_not_divide_are_exact():
    assert weigh([[1, 1, 1], [10000, 10000, 10000], [5000, 5000, 4999]], THIRDS).total.tolist() == [1, 10000, 5000]


def test_a_row_without_a_score_that_counts_has_no_total():
    result = weigh([[None, 8000], [0, 8000], [None, None]], [1, 9999])

    assert result.total.tolist() == [MISSING, 7999, MISSING]
    assert result.complete.tolist() == [False, True, False]
    assert result.contributions.tolist() == [[MISSING, 79_992_000], [0, 79_992_000], [MISSING, MISSING]]


def test_a_criterion_without_weight_is_never_missed():
    result = weigh([[None, 8000], [7000, None]], [0, WHOLE])

    assert result.total.tolist() == [8000, MISSING]
    assert result.complete.tolist() == [True, False]
    assert result.contributions.tolist() == [[0, 80_000_000], [0, MISSING]]


@pytest.mark.parametrize("debris", [-1, -(2**63), 2**63 - 1, LIMIT, 123])
def test_what_an_unknown_cell_holds_changes_nothing(debris):
    scores = np.array([[debris, 8000], [5000, debris], [5000, 8000]], dtype=np.int64)
    known = np.array([[False, True], [True, False], [True, True]])

    result = totals(scores, known, np.array([0, WHOLE]))

    assert result.total.tolist() == [8000, MISSING, 8000]
    assert result.contributions.tolist() == [[0, 80_000_000], [0, MISSING], [0, 80_000_000]]


def test_the_largest_scores_do_not_overflow():
    assert weigh([[LIMIT - 1] * 3], THIRDS).total.tolist() == [LIMIT - 1]


def test_no_rows_have_no_totals():
    result = totals(np.zeros((0, 3), dtype=np.int64), np.zeros((0, 3), dtype=bool), np.array(THIRDS))

    assert (result.total.tolist(), result.complete.tolist()) == ([], [])
    assert result.contributions.shape == (0, 3)


@pytest.mark.parametrize("rows", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_long_tables_are_weighed_to_the_last_row(rows):
    scores = np.arange(2 * rows).reshape(rows, 2) % 10_001
    known = np.arange(2 * rows).reshape(rows, 2) % 7 != 0

    result = totals(scores, known, np.array([4000, 6000]))

    expected = (4 * scores[:, 0] + 6 * scores[:, 1] + 5) // 10
    assert result.complete.tolist() == known.all(axis=1).tolist()
    assert result.total.tolist() == np.where(known.all(axis=1), expected, MISSING).tolist()


@given(tables())
def test_totals_equal_exact_fractions(table):
    rows, weights = table
    result = weigh(rows, weights)

    expected = [oracle.total(row, weights) for row in rows]
    assert result.total.tolist() == [MISSING if total is None else total for total in expected]
    assert result.complete.tolist() == [total is not None for total in expected]


@given(tables())
def test_contributions_add_up_to_the_total_before_rounding(table):
    rows, weights = table
    result = weigh(rows, weights)

    for contributions, total in zip(result.contributions.tolist(), result.total.tolist(), strict=True):
        assert total == MISSING or abs(sum(contributions) - total * WHOLE) * 2 <= WHOLE


def test_rescaled_weights_keep_their_proportion():
    assert keep([1200, 1200, 800, 6800], True, True, True, False) == [3750, 3750, 2500, 0]


def test_a_basis_point_left_over_goes_to_the_largest_remainder():
    # 14.2857..., 28.5714... and 57.1428... percent: the first loses most when rounded down.
    assert keep([100, 200, 400], True, True, True) == [1429, 2857, 5714]
    assert keep([300, 300, 800, 8600], True, True, True, False) == [2143, 2143, 5714, 0]


def test_among_equal_remainders_the_earlier_criterion_gets_it():
    assert keep([10, 10, 10], True, True, True) == [3334, 3333, 3333]
    assert keep([10, 10, 0, 10, 70], True, True, True, True, False) == [3334, 3333, 0, 3333, 0]
    assert keep([1] * 6, *[True] * 6) == [1667, 1667, 1667, 1667, 1666, 1666]


def test_weights_that_are_whole_already_stay():
    assert keep(THIRDS, True, True, True) == THIRDS


@given(st.lists(st.tuples(st.integers(0, WHOLE) | st.integers(0, 5), st.booleans()), min_size=1, max_size=8))
def test_rescaled_weights_equal_the_quota_method_and_add_up(pairs):
    weights, kept = [weight for weight, _ in pairs], [stays for _, stays in pairs]
    if not any(weight for weight, stays in pairs if stays):
        with pytest.raises(ValueError, match="none of the weight"):
            keep(weights, *kept)
        return

    assert keep(weights, *kept) == oracle.rescale(weights, kept)
    assert sum(keep(weights, *kept)) == WHOLE


def test_the_points_of_an_aspect_are_its_part_of_the_rubric():
    assert earned([[4990, 1335, 2740]], [1200, 1200, 800]) == [978]  # 5.988 + 1.602 + 2.192 = 9.782
    assert earned([[5000]], [1]) == [1]  # 0.005, an exact half
    assert earned([[5000, 5000]], [0, 0]) == [0]


def test_an_aspect_lacking_a_score_that_carries_weight_has_no_points():
    assert earned([[5000, None], [5000, 0]], [1000, 1]) == [MISSING, 500]
    assert earned([[5000, None]], [1000, 0]) == [500]


@given(tables(), st.integers(1, 5))
def test_points_equal_exact_fractions(table, share):
    rows, weights = table
    part = [weight // share for weight in weights]

    expected = [oracle.points(row, part) for row in rows]
    assert earned(rows, part) == [MISSING if figure is None else figure for figure in expected]
