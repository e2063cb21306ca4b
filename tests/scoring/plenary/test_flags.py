"""What the chair asks about: small rules over plain marks."""

import pytest

from scoring.plenary import flags


@pytest.mark.parametrize(
    ("values", "found"), [([5_000, 6_500], []), ([5_000, 6_501], [1_501]), ([9_000], []), ([], [])]
)
def test_a_spread_is_pointed_out_beyond_the_limit_not_at_it(values, found):
    assert [flag.size for flag in flags.spread({7: values}, 1_500)] == found


@pytest.mark.parametrize(
    ("given", "flagged"),
    [([80, 80, 80], True), ([80, 80, 81], False), ([80, 80], False), ([], False)],
)
def test_all_marks_equal_is_asked_about_from_three_criteria_on(given, flagged):
    assert [flag.where for flag in flags.all_equal({3: given})] == ([3] if flagged else [])


def habit(*values, about=0):
    given = dict(enumerate(values))
    return [flag.size for flag in flags.out_of_habit(given.get(about), flags.habit(values), seat=3)]


def test_a_value_far_from_the_jurors_own_others_is_out_of_habit():
    assert habit(4_000, 8_000, 8_100, 7_900, 8_050) == [4_000]


def test_an_even_handed_juror_is_not_asked_about_a_few_points():
    assert habit(7_100, 8_000, 8_000, 8_000, 8_000) == []


def test_a_juror_of_wide_range_has_a_wide_habit():
    assert habit(5_000, 6_000, 7_000, 8_000, 9_000) == []


def test_four_candidates_make_no_habit():
    assert habit(4_000, 8_000, 8_100, 7_900) == []


def test_a_candidate_the_juror_did_not_mark_is_not_out_of_habit():
    assert habit(4_000, 8_000, 8_100, 7_900, 8_050, about=9) == []


def test_every_code_has_words():
    assert flags.WORDS.keys() == {"spread", "all-equal", "out-of-habit", "missing"}
    assert [flag.code for flag in flags.missing([4])] == ["missing"]


@pytest.mark.parametrize(
    ("sizes", "bound"),
    [
        ([], 1_500),
        ([4_000] * 3, 1_500),  # too few to call anything usual
        ([500, 900, 1_000, 2_800], 1_500),
        ([1_000, 1_800, 2_000, 2_800], 2_000),
        ([5_000] * 8, 3_000),  # never more than twice the limit
    ],
)
def test_what_three_quarters_of_a_category_stay_within_is_usual(sizes, bound):
    assert flags.bound(sizes, 1_500) == bound
