from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import FULL_MARK, LIMIT, MISSING, at_most_full, growth_points, half_up, mean, share
from tests.scoring.ranking import oracle

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")  # no division by zero, even where masked

LARGEST = LIMIT - 1
counts = st.integers(0, LARGEST) | st.integers(0, 300)
percentages = st.none() | st.integers(0, 20_000) | st.integers(0, LARGEST)
marks = st.none() | st.integers(0, 10_000) | st.integers(0, LARGEST)


def column(*values):
    """int64 [n], MISSING for None."""
    return np.array([MISSING if value is None else value for value in values], dtype=np.int64)


def sheets():
    """Rows of marks of one panel, None for a mark not given."""
    panel = st.integers(0, 8)
    return panel.flatmap(lambda jurors: st.lists(st.lists(marks, min_size=jurors, max_size=jurors), min_size=1))


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 7, 0), (1, 2, 1), (-1, 2, -1), (5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (6, 10, 1), (-6, 10, -1)]
    + [(1, 3, 0), (2, 3, 1), (-1, 3, 0), (-2, 3, -1), (3, 1, 3), (-3, 1, -3), (267_500, 1000, 268), (5, 2, 3)],
)
def test_a_half_goes_away_from_zero(numerator, denominator, expected):
    assert half_up(column(numerator), denominator).tolist() == [expected]


def test_rounding_is_that_of_decimal_and_of_spreadsheets():
    eighths = range(-4000, 4001)

    expected = [int((Decimal(n) / 8).quantize(Decimal(1), ROUND_HALF_UP)) for n in eighths]
    assert half_up(column(*eighths), 8).tolist() == expected


@given(st.integers(-8 * 10**18, 8 * 10**18), st.integers(1, 10**18) | st.integers(1, 20))
def test_rounding_is_exact_up_to_its_limits(numerator, denominator):
    expected = oracle.half_up(Fraction(numerator, denominator))

    assert half_up(column(numerator), column(denominator)).tolist() == [expected]


@pytest.mark.parametrize("numerator", [-8 * 10**18, 8 * 10**18])
@pytest.mark.parametrize("denominator", [1, 3, 10**18])
def test_rounding_at_its_limits_does_not_overflow(numerator, denominator):
    expected = oracle.half_up(Fraction(numerator, denominator))

    assert half_up(column(numerator), denominator).tolist() == [expected]


def test_rounding_keeps_the_shape_and_broadcasts():
    table = np.array([[1, 2], [3, 4]], dtype=np.int64)

    assert half_up(table, column(2, 4)).tolist() == [[1, 1], [2, 1]]
    assert half_up(column(), 3).tolist() == []
    assert half_up(column(), column()).tolist() == []


def test_a_share_is_in_hundredths_of_a_percent():
    percent, computable = share(column(935_079, 1, 2, 0, 700), column(1_873_899, 3, 3, 9, 500))

    assert percent.tolist() == [4990, 3333, 6667, 0, 14000]
    assert computable.tolist() == [True] * 5


def test_a_share_of_nobody_is_missing_not_zero():
    percent, computable = share(column(0, 5, 5), column(0, 0, 5))

    assert percent.tolist() == [MISSING, MISSING, 10000]
    assert computable.tolist() == [False, False, True]


def test_a_share_that_ends_in_a_half_is_rounded_up():
    percent, _ = share(column(49_995, 50_005, 5, 15), column(100_000, 100_000, 100_000, 100_000))

    assert percent.tolist() == [5000, 5001, 1, 2]


@given(st.lists(st.tuples(counts, counts), max_size=8))
def test_shares_equal_exact_fractions(rows):
    percent, computable = share(column(*[p for p, _ in rows]), column(*[w for _, w in rows]))

    expected = [oracle.share(p, w) for p, w in rows]
    assert percent.tolist() == column(*expected).tolist()
    assert computable.tolist() == [figure is not None for figure in expected]


def test_the_largest_counts_do_not_overflow():
    percent, _ = share(column(LARGEST, LARGEST, 1), column(1, LARGEST, LARGEST))

    assert percent.tolist() == [LARGEST * FULL_MARK, FULL_MARK, 0]


def test_growth_is_linear_between_nothing_and_ten_points():
    before = column(4000, 4000, 4000, 4000, 4000, 4000, 4000)
    now = column(3000, 4000, 4001, 4500, 4999, 5000, 9000)

    assert growth_points(now, before).tolist() == [0, 0, 10, 5000, 9990, 10000, 10000]


def test_growth_is_the_difference_of_the_percentages_shown():
    shown, _ = share(column(49_994, 49_995), column(100_000, 100_000))  # 49.99 and 50.00, though a hair apart

    assert growth_points(shown[1:], shown[:1]).tolist() == [10]


def test_growth_points_that_end_in_a_half_are_rounded_up():
    assert growth_points(column(1, 3, 5), column(0, 0, 0), full=16).tolist() == [625, 1875, 3125]
    assert growth_points(column(1, 3), column(0, 0), full=32).tolist() == [313, 938]


def test_growth_from_or_to_a_missing_percentage_is_missing():
    assert growth_points(column(None, 5000, None), column(5000, None, None)).tolist() == [MISSING] * 3


def test_full_growth_may_be_one_hundredth_or_the_largest_number():
    assert growth_points(column(1), column(0), full=1).tolist() == [FULL_MARK]
    assert growth_points(column(LARGEST), column(0), full=LARGEST).tolist() == [FULL_MARK]


def test_growth_may_have_to_pass_a_threshold_and_a_small_decline_may_still_earn_something():
    assert growth_points(column(99, 100, 101, 600, 1100), column(0, 0, 0, 0, 0), 1100, 100).tolist() == [
        0, 0, 10, 5000, 10000
    ]  # fmt: skip
    assert growth_points(column(0, 50, 100, 200), column(100, 100, 100, 100), 100, -100).tolist() == [
        0, 2500, 5000, 10000
    ]  # fmt: skip


@given(
    st.lists(st.tuples(percentages, percentages), max_size=8),
    st.integers(1, 3000) | st.integers(1, LARGEST),
    st.integers(-3000, 0) | st.integers(-LARGEST, 0),
)
def test_growth_points_equal_exact_fractions(rows, above, zero):
    full = min(zero + above, LARGEST)
    points = growth_points(column(*[now for now, _ in rows]), column(*[before for _, before in rows]), full, zero)

    assert points.tolist() == column(*[oracle.growth_points(now, before, full, zero) for now, before in rows]).tolist()


def test_an_absent_juror_is_not_a_zero():
    average, scored = mean(np.array([[8000, 9000, 0]]), np.array([[True, True, False]]))

    assert (average.tolist(), scored.tolist()) == ([8500], [True])


def test_a_given_zero_is_a_zero():
    average, scored = mean(np.array([[8000, 9000, 0], [0, 0, 0]]), np.ones((2, 3), dtype=bool))

    assert (average.tolist(), scored.tolist()) == ([5667, 0], [True, True])


def test_without_marks_there_is_no_mean():
    average, scored = mean(np.array([[8000, 9000], [8000, 9000]]), np.array([[False, False], [False, True]]))

    assert (average.tolist(), scored.tolist()) == ([MISSING, 9000], [False, True])


def test_a_panel_without_jurors_has_no_mean():
    average, scored = mean(np.zeros((2, 0), dtype=np.int64), np.zeros((2, 0), dtype=bool))

    assert (average.tolist(), scored.tolist()) == ([MISSING] * 2, [False] * 2)


def test_means_that_end_in_a_half_are_rounded_up():
    table = np.array([[267, 268], [0, 1], [8733, 8734]])

    assert mean(table, np.ones((3, 2), dtype=bool))[0].tolist() == [268, 1, 8734]


def test_ten_marks_of_a_tenth_have_the_mean_of_a_tenth():
    assert mean(np.full((1, 10), 10), np.ones((1, 10), dtype=bool))[0].tolist() == [10]


def trimmed(*marks, given=None):
    return mean(np.array([marks]), np.array([given or [True] * len(marks)]), trim=True)[0].tolist()[0]


def test_from_five_marks_on_one_highest_and_one_lowest_are_left_out():
    assert trimmed(0, 8000, 8100, 8200, 10_000) == 8100
    assert trimmed(0, 0, 8000, 10_000, 10_000) == 6000
    assert trimmed(9000, 9000, 9000, 9000, 9000) == 9000


def test_four_marks_all_count_however_many_jurors_there_are():
    assert trimmed(0, 8000, 8000, 10_000) == 6500
    assert trimmed(0, 8000, 8000, 10_000, 77, given=[True, True, True, True, False]) == 6500


def test_a_mark_not_given_is_neither_the_highest_nor_the_lowest():
    assert trimmed(99, 1, 2, 3, 4, 5, 0, given=[False, True, True, True, True, True, False]) == 3


def test_each_row_is_trimmed_for_itself():
    table = np.array([[1, 2, 3, 4, 100], [1, 2, 3, 4, 100]])
    cells = np.array([[True] * 5, [True] * 4 + [False]])

    assert mean(table, cells, trim=True)[0].tolist() == [3, 3]
    assert mean(table, cells)[0].tolist() == [22, 3]


@given(sheets(), st.booleans())
def test_means_equal_exact_fractions(rows, trim):
    table = np.array([[0 if mark is None else mark for mark in row] for row in rows], dtype=np.int64)
    cells = np.array([[mark is not None for mark in row] for row in rows], dtype=bool)
    average, scored = mean(table, cells, trim=trim)

    expected = [oracle.mean(row, trim) for row in rows]
    assert average.tolist() == column(*expected).tolist()
    assert scored.tolist() == [figure is not None for figure in expected]


def test_more_than_everybody_earns_full_points_and_what_is_missing_stays_missing():
    assert at_most_full(column(0, 9_999, FULL_MARK, 11_111, None)).tolist() == [0, 9_999, FULL_MARK, FULL_MARK, MISSING]


@given(st.lists(st.tuples(counts, counts), max_size=8))
def test_points_of_a_share_never_pass_full_and_never_change_an_order_below_it(rows):
    percent, computable = share(column(*[p for p, _ in rows]), column(*[w for _, w in rows]))

    earned = at_most_full(percent)

    assert (earned <= FULL_MARK).all()
    assert (earned[percent <= FULL_MARK] == percent[percent <= FULL_MARK]).all()
    assert ((earned == MISSING) == ~computable).all()
    for a in range(len(rows)):
        for b in range(len(rows)):
            assert not (percent[a] >= percent[b] and earned[a] < earned[b])
