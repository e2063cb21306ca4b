"""The figures of one row are those of the columns, to the digit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import LIMIT, half_up, least_part, mean, percentage, quotient, score, share, weighted

parts = st.integers(0, LIMIT // 10_000 - 1) | st.integers(0, 300)
wholes = st.integers(1, LIMIT - 1) | st.integers(1, 300)


@given(parts, wholes)
def test_a_quotient_and_a_percentage_are_those_of_a_column(part, whole):
    one = np.array([part])

    assert quotient(part, whole) == half_up(one, whole)[0]
    assert percentage(part, whole) == share(one, np.array([whole]))[0][0]


@given(st.integers(0, 20_000), st.integers(1, 20_000))
def test_the_least_part_is_the_first_that_reaches_its_figure(figure, whole):
    least = least_part(figure, whole)

    assert least > 0 or figure == 0
    assert quotient(max(least, 0), whole) == figure
    assert figure == 0 or quotient(least - 1, whole) == figure - 1


@given(st.lists(st.integers(0, 10_000), max_size=8), st.booleans())
def test_the_score_of_one_row_is_the_mean_of_a_table_with_that_row(marks, trim):
    table = np.array([marks], dtype=np.int64).reshape(1, -1)
    values, known = mean(table, np.ones(table.shape, dtype=bool), trim=trim)

    assert score(marks, trim=trim) == (values[0] if known[0] else None)


def test_a_score_is_trimmed_only_where_it_is_asked_for():
    marks = [0, 9000, 9000, 9000, 9600]

    assert score(marks) == 7320
    assert score(marks, trim=True) == 9000
    assert score([]) is None


@pytest.mark.parametrize(("parts", "total"), [([(8000, 5000), (9001, 5000)], 8501), ([(9000, 10_000)], 9000), ([], 0)])
def test_weighted_scores_are_summed_exactly_and_rounded_once(parts, total):
    assert weighted(parts) == total


def test_weights_may_have_another_whole():
    assert weighted([(8000, 1), (9000, 1)], 2) == 8500
