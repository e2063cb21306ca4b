"""The firmness of a first place: whatever brute force finds is found, and no smaller change is claimed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking import mean, totals
from scoring.robustness import first_places, smallest_mark_change, smallest_weight_change, without_each_juror
from scoring.robustness.panel import changes_first
from scoring.robustness.weights import turned

ALL = np.array([0, 1])


def first_by_kernel(scores, weights):
    """The set of those who stand first, by the kernel and not by the module under test."""
    total = totals(scores, np.ones(scores.shape, dtype=bool), weights).total
    return frozenset(np.flatnonzero(total == total.max()).tolist())


def weighting_by_hand(weights, criterion, value):
    """One turned weighting by whole-number reasoning: shares, floors, then the largest remainders."""
    others = [0 if k == criterion else int(w) for k, w in enumerate(weights)]
    if not any(others):
        others = [0 if k == criterion else 1 for k in range(len(weights))]
    rest, whole = 10_000 - value, sum(others)
    made = [rest * w // whole for w in others]
    made[criterion] = value
    by_remainder = sorted(
        (k for k in range(len(weights)) if k != criterion), key=lambda k: (-(rest * others[k] % whole), k)
    )
    for k in by_remainder[: 10_000 - sum(made)]:
        made[k] += 1
    return made


@pytest.fixture
def field():
    """Three candidates, three criteria (two of them marked by three jurors)."""
    chance = np.random.default_rng(5)
    marks = chance.integers(6000, 9500, size=(3, 2, 3))
    given = np.ones(marks.shape, dtype=bool)
    given[1, 0, 2] = False
    scores = np.column_stack([mean(marks[:, 0], given[:, 0])[0], mean(marks[:, 1], given[:, 1])[0], [7000, 7400, 7200]])
    return scores, np.array([3000, 2500, 4500]), marks, given


@pytest.mark.parametrize("criterion", [0, 1, 2])
@pytest.mark.parametrize("value", [0, 1, 3333, 9999, 10_000])
def test_a_turned_weighting_is_whole_and_gives_way_in_proportion(criterion, value):
    weights = np.array([3700, 1300, 5000])

    assert turned(weights, criterion)[value].tolist() == weighting_by_hand(weights, criterion, value)


def test_a_single_criterion_that_carries_everything_leaves_the_rest_equal():
    assert turned(np.array([10_000, 0, 0]), 0)[4000].tolist() == [4000, 3000, 3000]


scores_of = st.lists(st.lists(st.integers(5000, 9900), min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=25, deadline=None)
@given(scores_of, st.sampled_from([(3000, 3000, 4000), (100, 9800, 100), (3334, 3333, 3333), (0, 5000, 5000)]))
def test_no_smaller_change_of_one_weight_moves_the_first_place(rows, weights):
    scores, weights = np.array(rows), np.array(weights)
    present = first_by_kernel(scores, weights)

    change = smallest_weight_change(scores, weights)

    sizes = [
        abs(value - weights[k])
        for k in range(3)
        for value in range(0, 10_001, 50)
        if first_by_kernel(scores, np.array(weighting_by_hand(weights, k, value))) != present
    ]
    assert (change is None) <= (not sizes)
    if change is not None:
        turned_so = np.array(weighting_by_hand(weights, change.criterion, change.after))
        assert first_by_kernel(scores, turned_so) != present
        assert all(change.size <= size for size in sizes)


def test_the_smallest_change_of_a_mark_is_that_of_brute_force(field):
    scores, weights, marks, given = field

    change = smallest_mark_change(scores, weights, marks, given, ALL)

    assert change.size == min(brute_force(scores, weights, marks, given))


def brute_force(scores, weights, marks, given):
    """Every mark to every value, by mean and totals of the kernel: the sizes of the changes that move the first."""
    present = first_by_kernel(scores, weights)
    values = np.arange(10_001)
    sizes = []
    for candidate, part, juror in zip(*np.nonzero(given), strict=True):
        rows = np.repeat(marks[candidate, part][None, :], len(values), axis=0)
        rows[:, juror] = values
        score = mean(rows, np.repeat(given[candidate, part][None, :], len(values), axis=0))[0]
        total = np.repeat(totals(scores, np.ones(scores.shape, bool), weights).total[None, :], len(values), axis=0)
        own = np.repeat(scores[candidate][None, :], len(values), axis=0)
        own[:, part] = score
        total[:, candidate] = totals(own, np.ones(own.shape, bool), weights).total
        first = total == total.max(axis=1, keepdims=True)
        moved = (first != [k in present for k in range(len(scores))]).any(axis=1)
        sizes += np.abs(values[moved] - marks[candidate, part, juror]).tolist()
    return sizes


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 10_000), min_size=6, max_size=6), min_size=2, max_size=4),
    st.lists(st.booleans(), min_size=24, max_size=24),
    st.sampled_from([(5000, 5000), (1, 9999), (9000, 1000), (3333, 6667)]),
)
def test_on_any_panel_the_smallest_change_of_a_mark_is_that_of_brute_force(rows, gaps, weights):
    marks = np.array(rows).reshape(-1, 2, 3)
    given = ~np.array(gaps[: marks.size]).reshape(marks.shape)
    given[:, :, 0] = True
    scores = np.column_stack([mean(marks[:, part], given[:, part])[0] for part in (0, 1)])

    change = smallest_mark_change(scores, np.array(weights), marks, given, ALL)

    sizes = brute_force(scores, np.array(weights), marks, given)
    assert (None if change is None else change.size) == min(sizes, default=None)


def test_a_mark_that_carries_no_weight_moves_nothing(field):
    scores, _weights, marks, given = field

    assert smallest_mark_change(scores, np.array([0, 0, 10_000]), marks, given, ALL) is None


def test_without_a_juror_the_means_are_made_of_the_others(field):
    scores, weights, marks, given = field
    expected = []
    for juror in range(3):
        kept = given.copy()
        kept[:, :, juror] = False
        made = scores.copy()
        made[:, 0], made[:, 1] = mean(marks[:, 0], kept[:, 0])[0], mean(marks[:, 1], kept[:, 1])[0]
        expected.append(first_by_kernel(made, weights))

    found = without_each_juror(scores, weights, marks, given, ALL)

    assert [frozenset(np.flatnonzero(first).tolist()) for first in found] == expected
    assert [changes_first(scores, weights, first) for first in found] == [
        each != first_by_kernel(scores, weights) for each in expected
    ]


def test_nothing_is_said_where_a_juror_was_the_only_one(field):
    scores, weights, marks, given = field
    given[1, 0] = [True, False, False]

    assert [first is None for first in without_each_juror(scores, weights, marks, given, ALL)] == [True, False, False]


def test_a_clear_winner_wins_every_draw_and_equals_share_every_draw():
    weights = np.array([4000, 6000])

    assert first_places(np.array([[9000, 9000], [5000, 5000]]), weights, draws=500).tolist() == [500, 0]
    assert first_places(np.array([[8000, 8000], [8000, 8000]]), weights, draws=500).tolist() == [500, 500]


def test_draws_are_the_same_for_everybody_and_stay_near_the_weights():
    scores = np.array([[8000, 7000], [7000, 8010]])
    close, weights = first_places(scores, np.array([5000, 5000])), np.array([9000, 1000])

    assert close.tolist() == first_places(scores, np.array([5000, 5000])).tolist()
    assert 3000 < close[0] < 7000
    assert first_places(scores, weights).tolist() == [10_000, 0]  # no wobble of a tenth turns nine to one around
