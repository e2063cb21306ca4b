"""The kernel's figures one at a time, and the percentage of the floors below: the same as the kernel's arrays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paritrana.display import formats
from regions import rules
from scoring.ranking import (
    LIMIT,
    MISSING,
    half_up,
    least_part,
    mean,
    percentage,
    points,
    quotient,
    score,
    share,
    weighted,
)

counts = st.integers(0, LIMIT - 1) | st.integers(0, 300)
wholes = st.integers(1, LIMIT - 1) | st.integers(1, 300)
hundredths = st.integers(0, 10_000)


@given(counts, wholes)
def test_a_quotient_is_half_up(part, whole):
    assert quotient(part, whole) == half_up(np.array([part]), np.array([whole]))[0]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_least_part_reaches_its_figure_and_one_less_does_not(figure, whole):
    part = least_part(figure, whole)

    assert (quotient(part, whole), quotient(part - 1, whole)) == (figure, figure - 1)


@given(st.lists(hundredths, max_size=9), st.booleans())
def test_the_score_of_one_candidate_is_the_mean_of_many(marks, trim):
    found = score(marks, trim=trim)

    (expected,), _known = mean(np.array([marks], dtype=np.int64), np.ones((1, len(marks)), dtype=bool), trim=trim)
    assert (MISSING if found is None else found) == expected


@given(st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12))
def test_weighted_scores_are_the_points_of_many(parts):
    scores, weights = np.array(parts, dtype=np.int64).T

    assert weighted(parts) == points(scores[None, :], np.ones((1, len(parts)), dtype=bool), weights)[0]


@given(counts, wholes)
def test_a_percentage_of_the_floors_below_is_the_kernels_share(part, whole):
    expected = share(np.array([part]), np.array([whole]))[0][0]

    assert formats.quotient(part, whole) == rules.share(part, whole) == percentage(part, whole) == expected


@given(hundredths, st.integers(1, 10**9))
def test_the_fewest_participants_of_a_share_are_the_first_to_show_it(figure, workers):
    people = rules.least_participants(figure, workers)

    assert percentage(people, workers) >= figure
    assert people == 0 or percentage(people - 1, workers) < figure
