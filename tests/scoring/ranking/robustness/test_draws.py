"""Ten thousand draws of the weights: who stands first how often."""

from dataclasses import replace

import numpy as np

from scoring.ranking.robustness import Decision, first_places
from tests.scoring.ranking.robustness.contests import contest_of


def test_a_clear_winner_wins_every_draw_and_equals_share_every_draw():
    weights = [4000, 6000]

    assert first_places(contest_of([[9000, 9000], [5000, 5000]], weights), draws=500).tolist() == [500, 0]
    assert first_places(contest_of([[8000, 8000], [8000, 8000]], weights), draws=500).tolist() == [500, 500]


def test_equals_that_a_rule_tells_apart_share_no_draw():
    contest = contest_of([[8000, 8000, 1], [8000, 8000, 2]], [4000, 6000, 0], [[0, 0, 10_000]])

    assert first_places(contest, draws=500).tolist() == [0, 500]


def test_equals_the_plenary_set_apart_share_no_draw_that_leaves_them_the_total_they_had():
    contest = contest_of([[8000, 8000], [8000, 8000]], [4000, 6000])
    agreed = replace(contest, decisions=(Decision(8000, np.array([2, 1])),))

    assert first_places(agreed, draws=500).tolist() == [0, 500]


def test_draws_are_the_same_for_everybody_and_stay_near_the_weights():
    scores = [[8000, 7000], [7000, 8010]]
    close = first_places(contest_of(scores, [5000, 5000]))

    assert close.tolist() == first_places(contest_of(scores, [5000, 5000])).tolist()
    assert 3000 < close[0] < 7000
    assert first_places(contest_of(scores, [9000, 1000])).tolist() == [10_000, 0]  # a tenth turns no nine to one around
