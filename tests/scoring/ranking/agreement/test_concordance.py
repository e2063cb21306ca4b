"""Agreement: published examples, and the two ends of the scale."""

import numpy as np
import pytest

from scoring.ranking.agreement import agreement
from scoring.ranking.agreement.concordance import intraclass, kendall_w

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
"""Shrout and Fleiss (1979), table 2: six targets rated by four judges; ICC(2,1) = 0.29 and ICC(2,4) = 0.62."""


def test_the_published_example_of_shrout_and_fleiss_is_met():
    one, mean = intraclass(SHROUT_FLEISS)

    assert (round(one, 2), round(mean, 2)) == (0.29, 0.62)


def test_equal_orders_have_w_one_whatever_the_level_of_the_marks():
    assert kendall_w(np.array([[60, 70], [65, 71], [90, 99]], dtype=float)) == pytest.approx(1)


def test_opposite_orders_have_w_zero():
    assert kendall_w(np.array([[60, 99], [65, 71], [90, 70]], dtype=float)) == pytest.approx(0)


def test_ties_are_corrected_for():
    # Two judges, both tying the same two of three: they agree entirely.
    assert kendall_w(np.array([[70, 80], [70, 80], [90, 95]], dtype=float)) == pytest.approx(1)


def test_everybody_tied_by_everybody_tells_nothing():
    assert kendall_w(np.full((4, 3), 80.0)) is None
    assert intraclass(np.full((4, 3), 80.0)) == (None, None)


def test_only_candidates_marked_by_everybody_are_compared():
    marks, given = SHROUT_FLEISS.copy(), np.ones((6, 4), dtype=bool)
    given[0, 1] = False
    marks[0, 1] = 1e6

    found = agreement(marks, given)

    assert (found.candidates, found.jurors) == (5, 4)
    assert found.w == kendall_w(SHROUT_FLEISS[1:])


def test_a_juror_without_any_mark_does_not_count_and_too_few_candidates_tell_nothing():
    given = np.ones((6, 4), dtype=bool)
    given[:, 3] = False
    given[2:, 0] = False

    found = agreement(SHROUT_FLEISS, given)

    assert (found.w, found.icc_one, found.icc_mean, found.candidates, found.jurors) == (None, None, None, 2, 3)
