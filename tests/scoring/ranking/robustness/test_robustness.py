"""The firmness of a first place: whatever brute force finds is found, and no smaller change is claimed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking import MISSING, mean, points, totals
from scoring.ranking.robustness import (
    NEVER,
    Decision,
    PanelMarks,
    changes_first,
    least_marks,
    least_score,
    smallest_mark_change,
    smallest_weight_change,
    without_each_juror,
)
from scoring.ranking.robustness.contest import shown_totals
from scoring.ranking.robustness.weights import turned
from tests.scoring.ranking.robustness.contests import contest_of, decided, first_by_kernel


def weighting_by_hand(weights, criterion, value):
    """One turned weighting by whole-number reasoning: shares, floors, then the largest remainders."""
    others = [0 if k == criterion else int(w) for k, w in enumerate(weights)]
    rest, whole = 10_000 - value, sum(others)
    made = [rest * w // whole for w in others]
    made[criterion] = value
    by_remainder = sorted(
        (k for k in range(len(weights)) if k != criterion), key=lambda k: (-(rest * others[k] % whole), k)
    )
    for k in by_remainder[: 10_000 - sum(made)]:
        made[k] += 1
    return made


@pytest.mark.parametrize("criterion", [0, 1, 2])
@pytest.mark.parametrize("value", [0, 1, 3333, 9999, 10_000])
def test_a_turned_weighting_is_whole_and_gives_way_in_proportion(criterion, value):
    weights = np.array([3700, 1300, 5000])

    assert turned(weights, criterion, np.array([value])).tolist() == [weighting_by_hand(weights, criterion, value)]


scores_of = st.lists(st.lists(st.integers(5000, 9900), min_size=3, max_size=3), min_size=2, max_size=4)
close_scores = st.lists(st.lists(st.sampled_from([7000, 7100, 7200]), min_size=3, max_size=3), min_size=2, max_size=4)
rules_of = st.sampled_from([[], [[10_000, 0, 0]], [[0, 3000, 2000], [10_000, 0, 0]]])


@settings(max_examples=25, deadline=None)
@given(
    st.one_of(scores_of, close_scores),
    st.sampled_from([(3000, 3000, 4000), (100, 9800, 100), (3334, 3333, 3333), (0, 5000, 5000)]),
    rules_of,
)
def test_no_smaller_change_of_one_weight_moves_the_first_place(rows, weights, rules):
    contest = contest_of(rows, weights, rules)
    present = first_by_kernel(contest)

    change = smallest_weight_change(contest)

    sizes = [
        abs(value - weights[k])
        for k in range(3)
        for value in range(0, 10_001, 100)
        if weights[k] and first_by_kernel(contest_of(rows, weighting_by_hand(weights, k, value), rules)) != present
    ]
    assert (change is None) <= (not sizes)
    if change is not None:
        turned_so = weighting_by_hand(weights, change.criterion, change.after)
        assert first_by_kernel(contest_of(rows, turned_so, rules)) != present
        assert all(change.size <= size for size in sizes)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(scores_of, close_scores, st.lists(st.sampled_from([[7000] * 3, [7001] * 3]), min_size=2, max_size=4)),
    st.sampled_from([(3000, 3000, 4000), (100, 9800, 100), (3334, 3333, 3333), (0, 5000, 5000), (1, 1, 9998)]),
    rules_of,
    st.permutations([1, 1, 2, 3]),
    st.booleans(),
)
def test_the_nearest_weight_that_moves_the_first_is_the_one_found_by_trying_all(rows, weights, rules, order, agreed):
    contest = contest_of(rows, weights, rules)
    contest = decided(contest, np.array(order)) if agreed else contest
    values, expected = np.arange(10_001), []
    for criterion in range(3):
        if weights[criterion]:
            totals_of_all = shown_totals(contest.scores, turned(contest.weights, criterion, values))
            moved = values[(contest.first_under(totals_of_all) != contest.first).any(axis=1)]
            expected += [(abs(int(v) - weights[criterion]), criterion, int(v)) for v in moved]

    change = smallest_weight_change(contest)

    found = change and (change.size, change.criterion, change.after)
    assert found == min(expected, default=None)


def test_a_decision_of_the_plenary_holds_while_exactly_these_are_equal_at_exactly_this_total():
    equals = contest_of([[8000, 8000], [8000, 8000], [7000, 7000]], [4000, 6000])
    agreed = replace(equals, decisions=(Decision(8000, np.array([2, 1, 0])),))
    other_total = replace(equals, decisions=(Decision(8001, np.array([2, 1, 0])),))
    others = replace(equals, decisions=(Decision(8000, np.array([2, 1, 3])),))

    firsts = [each.first.tolist() for each in (equals, agreed, other_total, others)]

    assert firsts == [[True, True, False], [False, True, False], [True, True, False], [True, True, False]]


def test_a_title_of_one_criterion_has_no_weight_to_change():
    assert smallest_weight_change(contest_of([[9000], [8000]], [10_000])) is None


def panel_of(rows, gaps, trims):
    marks = np.array(rows).reshape(len(rows), 2, -1)
    given = ~np.array(gaps[: marks.size]).reshape(marks.shape)
    given[:, :, 0] = True
    return PanelMarks(marks, given, np.array([0, 1]), trims)


def scored_by(panel, third):
    """The scores of two marked criteria and one more; the third only breaks ties."""
    columns = [mean(panel.marks[:, part], panel.given[:, part], trim=panel.trims)[0] for part in (0, 1)]
    return np.column_stack([*columns, third[: len(panel.marks)]])


def brute_force(contest, panel):
    """Every mark to every value: the sizes of the changes that move the first, by mean, totals and rank of the kernel.

    Who stands first depends on the changed total only by whether it lies below, at or above the best of the others,
    and on the figures of the rules only where it is equal, so each of these cases is ranked once.
    """
    present, sizes = first_by_kernel(contest), []
    weighed = contest.weights > 0
    for candidate, part, juror in zip(*np.nonzero(panel.given), strict=True):
        values = np.arange(10_001)
        rows = np.repeat(panel.marks[candidate, part][None, :], len(values), axis=0)
        rows[:, juror] = values
        given = np.repeat(panel.given[candidate, part][None, :], len(values), axis=0)
        own = np.repeat(contest.scores[candidate][None, :], len(values), axis=0)
        own[:, part] = mean(rows, given, trim=panel.trims)[0]
        total = totals(own[:, weighed], own[:, weighed] >= 0, contest.weights[weighed]).total
        side = np.sign(total - np.delete(contest.totals, candidate).max())
        figures = [np.where(side == 0, points(own, own >= 0, rule), 0) for rule in contest.rules]
        cases, which = np.unique(np.stack([side, *figures], axis=1), axis=0, return_inverse=True)
        which = which.reshape(-1)
        scores = own[[int(np.argmax(which == case)) for case in range(len(cases))], part]
        moved = np.array([first_by_kernel(contest.scored(candidate, part, int(s))) != present for s in scores])
        sizes += np.abs(values - panel.marks[candidate, part, juror])[moved[which]].tolist()
    return sizes


@settings(max_examples=20, deadline=None)
@given(
    st.one_of(
        st.lists(st.lists(st.integers(0, 10_000), min_size=6, max_size=6), min_size=2, max_size=3),
        st.lists(st.lists(st.sampled_from([8000, 8010, 8020]), min_size=6, max_size=6), min_size=2, max_size=3),
        st.lists(st.sampled_from([[8000] * 6, [8000] * 5 + [8001]]), min_size=2, max_size=3),
    ),
    st.lists(st.booleans(), min_size=18, max_size=18),
    st.sampled_from([(5000, 5000, 0), (1, 9999, 0), (9000, 1000, 0), (3333, 6667, 0), (10_000, 0, 0)]),
    st.sampled_from([[], [[0, 0, 10_000]], [[0, 10_000, 0], [10_000, 0, 0]]]),
    st.lists(st.sampled_from([MISSING, 7000, 7100]), min_size=3, max_size=3),
    st.permutations([1, 1, 2]),
)
def test_on_any_panel_the_smallest_change_of_a_mark_is_that_of_brute_force(rows, gaps, weights, rules, third, order):
    panel = panel_of(rows, gaps, trims=False)
    contest = decided(contest_of(scored_by(panel, third), weights, rules), np.array(order))

    change = smallest_mark_change(contest, panel)

    sizes = brute_force(contest, panel)
    assert (None if change is None else change.size) == min(sizes, default=None)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.lists(st.integers(6000, 9500), min_size=12, max_size=12), min_size=2, max_size=3),
    st.lists(st.booleans(), min_size=36, max_size=36),
)
def test_where_the_highest_and_the_lowest_are_left_out_brute_force_agrees_too(rows, gaps):
    panel = panel_of(rows, [gap and n % 5 == 0 for n, gap in enumerate(gaps)], trims=True)
    contest = contest_of(scored_by(panel, [7000] * 3), (5000, 5000, 0))

    change = smallest_mark_change(contest, panel)

    assert (None if change is None else change.size) == min(brute_force(contest, panel), default=None)


def test_a_mark_that_carries_no_weight_moves_nothing():
    panel = panel_of([[8000] * 6, [7000] * 6], [False] * 12, trims=False)

    assert smallest_mark_change(contest_of(scored_by(panel, [9000, 8000]), (0, 0, 10_000)), panel) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 10_000), min_size=7, max_size=7),
    st.lists(st.booleans(), min_size=7, max_size=7),
    st.integers(0, 10_100),
    st.booleans(),
)
def test_the_mark_needed_for_a_score_is_the_smallest_that_gives_it(marks, present, score, trims):
    panel = PanelMarks(np.array([[marks]]), np.array([[present]]), np.array([0]), trims)

    found = least_marks(panel, np.array(marks), np.array(present), score)

    expected = []
    for juror in range(7):
        rows = np.repeat(np.array([marks]), 10_001, axis=0)
        rows[:, juror] = np.arange(10_001)
        reached = mean(rows, np.repeat(np.array([present]), 10_001, axis=0), trim=trims)[0] >= score
        expected.append(int(np.argmax(reached)) if present[juror] and reached.any() else NEVER)
    assert found.tolist() == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10_000), min_size=3, max_size=3),
    st.sampled_from([(3000, 3000, 4000), (1, 9998, 1), (3334, 3333, 3333)]),
    st.integers(0, 2),
    st.integers(0, 10_000),
)
def test_the_score_needed_for_a_total_is_the_smallest_that_gives_it(scores, weights, criterion, total):
    needed = least_score(np.array(scores), np.array(weights), criterion, total)

    def reached(score):
        row = np.array([scores])
        row[0, criterion] = score
        return totals(row, row >= 0, np.array(weights)).total[0] >= total

    assert needed <= 0 or (not reached(needed - 1) and reached(needed))


def test_without_a_juror_the_means_are_made_of_the_others():
    chance = np.random.default_rng(5)
    panel = panel_of(chance.integers(6000, 9500, size=(3, 6)).tolist(), [False] * 18, trims=False)
    contest = contest_of(scored_by(panel, [7000, 7400, 7200]), (3000, 2500, 4500))
    expected = []
    for juror in range(3):
        kept = np.ones(panel.given.shape, dtype=bool)
        kept[:, :, juror] = False
        fewer = PanelMarks(panel.marks, kept, panel.criteria)
        expected.append(first_by_kernel(contest_of(scored_by(fewer, [7000, 7400, 7200]), (3000, 2500, 4500))))

    found = without_each_juror(contest, panel)

    assert [frozenset(np.flatnonzero(first).tolist()) for first in found] == expected
    assert [changes_first(contest, first) for first in found] == [each != first_by_kernel(contest) for each in expected]


def test_nothing_is_said_where_a_juror_was_the_only_one():
    panel = panel_of([[8000] * 6, [7000] * 6], [False] * 12, trims=False)
    panel.given[1, 0] = [True, False, False]
    contest = contest_of(scored_by(panel, [7000, 7000]), (3000, 2500, 4500))

    assert [first is None for first in without_each_juror(contest, panel)] == [True, False, False]
