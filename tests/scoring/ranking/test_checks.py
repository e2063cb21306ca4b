"""What the kernel refuses, and that the refusal names the array."""

import subprocess
import sys

import numpy as np
import pytest

from scoring.ranking import LIMIT, MISSING, growth_points, half_up, mean, points, rank, rescale, share, totals
from scoring.ranking.arithmetic import MOST_JURORS

ONE = np.array([1])
TWO = np.array([1, 2])
TABLE = np.array([[1, 2]])
WEIGHTS = np.array([4000, 6000])
YES = np.array([True])
CELLS = np.array([[True, True]])
WRONG = [np.array([1.0]), np.array([True]), np.array([1], dtype=np.int32), np.array(["1"]), np.array([1], dtype=object)]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("numerator", lambda wrong: half_up(wrong, 2)),
        ("denominator", lambda wrong: half_up(ONE, wrong)),
        ("participants", lambda wrong: share(wrong, ONE)),
        ("workers", lambda wrong: share(ONE, wrong)),
        ("now", lambda wrong: growth_points(wrong, ONE)),
        ("before", lambda wrong: growth_points(ONE, wrong)),
        ("marks", lambda wrong: mean(wrong.reshape(1, 1), YES.reshape(1, 1))),
        ("scores", lambda wrong: totals(wrong.reshape(1, 1), YES.reshape(1, 1), np.array([10_000]))),
        ("weights", lambda wrong: totals(ONE.reshape(1, 1), YES.reshape(1, 1), wrong)),
        ("weights", lambda wrong: rescale(wrong, YES)),
        ("totals", lambda wrong: rank(wrong, ONE, YES)),
        ("groups", lambda wrong: rank(ONE, wrong, YES)),
        ("breakers", lambda wrong: rank(ONE, ONE, YES, wrong.reshape(1, 1))),
        ("scores", lambda wrong: points(wrong.reshape(1, 1), YES.reshape(1, 1), ONE)),
        ("weights", lambda wrong: points(ONE.reshape(1, 1), YES.reshape(1, 1), wrong)),
    ],
)
def test_only_int64_is_calculated_with(wrong, name, call):
    with pytest.raises(ValueError, match=f"^{name} must be int64, not {wrong.dtype}"):
        call(wrong)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("given", lambda: mean(TABLE, TABLE)),
        ("known", lambda: totals(TABLE, TABLE, WEIGHTS)),
        ("known", lambda: points(TABLE, TABLE, WEIGHTS)),
        ("keep", lambda: rescale(WEIGHTS, TWO)),
        ("eligible", lambda: rank(ONE, ONE, ONE)),
    ],
)
def test_only_booleans_are_flags(name, call):
    with pytest.raises(ValueError, match=f"^{name} must be bool, not int64"):
        call()


@pytest.mark.parametrize(
    ("complaint", "call"),
    [
        ("workers must have the shape", lambda: share(ONE, TWO)),
        ("before must have the shape", lambda: growth_points(ONE, TWO)),
        ("given must have the shape", lambda: mean(TABLE, CELLS.T)),
        ("known must have the shape", lambda: totals(TABLE, CELLS.T, WEIGHTS)),
        ("weights must have the shape", lambda: totals(TABLE, CELLS, np.array([10_000]))),
        ("keep must have the shape", lambda: rescale(WEIGHTS, YES)),
        ("groups must have the shape", lambda: rank(ONE, TWO, YES)),
        ("eligible must have the shape", lambda: rank(TWO, TWO, YES)),
        ("participants must have 1 axes, not 2", lambda: share(TABLE, TABLE)),
        ("workers must have 1 axes, not 2", lambda: share(ONE, TABLE)),
        ("now must have 1 axes, not 2", lambda: growth_points(TABLE, TABLE)),
        ("before must have 1 axes, not 2", lambda: growth_points(ONE, TABLE)),
        ("marks must have 2 axes, not 1", lambda: mean(ONE, YES)),
        ("scores must have 2 axes, not 1", lambda: totals(TWO, CELLS[0], WEIGHTS)),
        ("weights must have 1 axes, not 2", lambda: totals(TABLE, CELLS, TABLE)),
        ("weights must have 1 axes, not 2", lambda: rescale(TABLE, CELLS)),
        ("totals must have 1 axes, not 2", lambda: rank(TABLE, TABLE, CELLS)),
        ("groups must have 1 axes, not 0", lambda: rank(ONE, np.array(1), YES)),
        ("breakers must have 2 axes, not 1", lambda: rank(TWO, TWO, CELLS[0], TWO)),
        ("breakers must have 2 rows, not 1", lambda: rank(TWO, TWO, CELLS[0], TABLE)),
        ("known must have the shape", lambda: points(TABLE, CELLS.T, WEIGHTS)),
        ("weights must have the shape", lambda: points(TABLE, CELLS, np.array([10_000]))),
        ("scores must have 2 axes, not 1", lambda: points(TWO, CELLS[0], WEIGHTS)),
    ],
)
def test_shapes_must_fit(complaint, call):
    with pytest.raises(ValueError, match=f"^{complaint}"):
        call()


@pytest.mark.parametrize("stray", [-1, -2, LIMIT, -(2**63), 2**63 - 1])
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("participants", lambda stray: share(np.array([1, stray]), TWO)),
        ("workers", lambda stray: share(TWO, np.array([1, stray]))),
        ("marks", lambda stray: mean(np.array([[1, stray]]), CELLS)),
        ("scores", lambda stray: totals(np.array([[1, stray]]), CELLS, WEIGHTS)),
        ("scores", lambda stray: points(np.array([[1, stray]]), CELLS, WEIGHTS)),
        ("totals", lambda stray: rank(np.array([1, stray]), TWO, CELLS[0])),
    ],
)
def test_nothing_negative_and_nothing_too_large_is_calculated_with(stray, name, call):
    with pytest.raises(ValueError, match=f"^{name} must lie between 0 and {LIMIT - 1}"):
        call(stray)


@pytest.mark.parametrize("stray", [-2, LIMIT, -(2**63), 2**63 - 1])
def test_growth_knows_no_negative_percentage_but_missing(stray):
    with pytest.raises(ValueError, match="^now must lie"):
        growth_points(np.array([1, stray]), TWO)
    with pytest.raises(ValueError, match="^before must lie"):
        growth_points(TWO, np.array([MISSING, stray]))


@pytest.mark.parametrize(("full", "zero"), [(0, 0), (-1, 0), (LIMIT, 0), (5, 5), (4, 5), (1, -LIMIT)])
def test_full_growth_is_more_than_none_and_both_are_small(full, zero):
    with pytest.raises(ValueError, match=f"^zero must be less than full, and both must lie within {LIMIT - 1} of 0"):
        growth_points(ONE, ONE, full, zero)


@pytest.mark.parametrize("denominator", [0, -1, 10**18 + 1, np.array([1, 0]), np.array([-5, 1])])
def test_a_denominator_is_positive_and_not_too_large(denominator):
    with pytest.raises(ValueError, match=r"^denominator must lie between 1 and 10\*\*18"):
        half_up(TWO, denominator)


@pytest.mark.parametrize("numerator", [8 * 10**18 + 1, -8 * 10**18 - 1, 2**63 - 1, -(2**63)])
def test_a_numerator_is_not_too_large(numerator):
    with pytest.raises(ValueError, match=r"^numerator must lie between -8 \* 10\*\*18 and 8 \* 10\*\*18"):
        half_up(np.array([0, numerator]), 1)


@pytest.mark.parametrize("weights", [[4000, 5999], [4000, 6001], [0, 0]])
def test_weights_add_up_to_100_percent(weights):
    with pytest.raises(ValueError, match=f"^weights must add up to 10000 basis points, not {sum(weights)}"):
        totals(TABLE, CELLS, np.array(weights))


def test_no_criteria_are_no_weight():
    with pytest.raises(ValueError, match="^weights must add up to 10000 basis points, not 0"):
        totals(TABLE[:, :0], CELLS[:, :0], WEIGHTS[:0])
    with pytest.raises(ValueError, match="^none of the weight is kept"):
        rescale(WEIGHTS[:0], YES[:0])


@pytest.mark.parametrize("weights", [[-1, 10_001], [10_001, -1], [-(2**63), 2**63 - 1], [-1, 9999]])
def test_a_weight_is_neither_negative_nor_more_than_the_whole(weights):
    for call in (lambda: totals(TABLE, CELLS, np.array(weights)), lambda: rescale(np.array(weights), CELLS[0])):
        with pytest.raises(ValueError, match="^weights must lie between 0 and 10000 basis points"):
            call()


def test_a_single_weight_above_the_whole_is_refused():
    with pytest.raises(ValueError, match="^weights must lie"):
        rescale(np.array([10_001]), YES)


def test_what_is_not_kept_has_no_weight():
    with pytest.raises(ValueError, match="^none of the weight is kept"):
        rescale(WEIGHTS, ~CELLS[0])


def test_more_jurors_than_add_up_safely_are_refused():
    assert mean(np.zeros((0, MOST_JURORS), dtype=np.int64), np.zeros((0, MOST_JURORS), dtype=bool))[0].size == 0
    with pytest.raises(ValueError, match="^marks of more than 1000000 jurors"):
        mean(np.zeros((0, MOST_JURORS + 1), dtype=np.int64), np.zeros((0, MOST_JURORS + 1), dtype=bool))


def test_the_limit_is_a_million_million():
    assert LIMIT == 10**12


def test_every_figure_is_int64_and_every_flag_bool():
    percent, computable = share(TWO, TWO)
    average, scored = mean(TABLE, CELLS)
    result = totals(TABLE, CELLS, WEIGHTS)
    standings = rank(TWO, TWO, CELLS[0])
    figures = [half_up(TWO, 2), percent, growth_points(TWO, TWO), average, result.total, result.contributions]
    figures += [rescale(WEIGHTS, CELLS[0]), standings.place, standings.decided_by, points(TABLE, CELLS, WEIGHTS)]
    figures += [mean(TABLE, CELLS, trim=True)[0]]
    marked = [computable, scored, result.complete, standings.tied]

    assert {figure.dtype for figure in figures} == {np.dtype(np.int64)}
    assert {flag.dtype for flag in marked} == {np.dtype(np.bool_)}


def test_the_kernel_comes_without_django():
    imported = "import sys, scoring.ranking; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", imported], capture_output=True, text=True, check=True).stdout

    assert said == "False\n"
