"""Severity of jurors: what was put in is found again, and too little to tell is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking.agreement import TooLittle, severity
from scoring.ranking.agreement.severity import quantile

FULL = np.ones((6, 4), dtype=bool)


def panel(candidates, jurors, noise=None):
    marks = np.add.outer(np.array(candidates, dtype=float), np.array(jurors, dtype=float))
    return marks if noise is None else marks + noise


def test_effects_without_chance_are_found_exactly_even_with_missing_cells():
    marks = panel([60, 65, 70, 75, 80, 85], [-6, -2, 0, 8])
    given = FULL.copy()
    given[0, 0] = given[3, 2] = given[5, 3] = False

    report = severity(np.where(given, marks, -999), given)

    assert [round(one.effect, 6) for one in report.jurors] == [-6, -2, 0, 8]
    assert [round(level, 6) for level in report.candidates] == [60, 65, 70, 75, 80, 85]
    assert (round(report.spread, 6), report.freedom, [one.marks for one in report.jurors]) == (0, 12, [5, 6, 5, 5])


def test_an_interval_holds_the_simulated_severity_about_ninety_five_times_in_a_hundred():
    chance = np.random.default_rng(20240501)
    truth = np.array([-5.0, 0.0, 1.0, 4.0, 0.0])
    held = 0
    for _round in range(400):
        marks = panel(chance.normal(75, 6, 8), truth, chance.normal(0, 3, (8, 5)))
        given = chance.random((8, 5)) > 0.15
        given[:, 0] = True
        report = severity(marks, given)
        held += sum(one.low <= effect <= one.high for one, effect in zip(report.jurors, truth, strict=True))

    assert 0.93 < held / 2000 < 0.97


def test_a_severe_juror_stands_out_and_a_usual_one_does_not():
    chance = np.random.default_rng(7)
    report = severity(panel([60, 65, 70, 75, 80, 85], [-12, 4, 4, 4], chance.normal(0, 1, (6, 4))), FULL)

    assert [one.is_telling for one in report.jurors] == [True, True, True, True]
    even = severity(panel([60, 65, 70, 75, 80, 85], [0, 0, 0, 0], chance.normal(0, 3, (6, 4))), FULL)
    assert [one.is_telling for one in even.jurors] == [False, False, False, False]


def test_one_strange_mark_is_named_and_the_rest_is_not():
    chance = np.random.default_rng(11)
    marks = panel([60, 65, 70, 75, 80, 85], [-1, 0, 1, 0], chance.normal(0, 0.5, (6, 4)))
    marks[2, 1] -= 25

    assert [(row, column) for row, column, _size in severity(marks, FULL).outliers] == [(2, 1)]


def test_equal_marks_everywhere_have_no_outlier_and_no_severity():
    report = severity(np.full((6, 4), 80.0), FULL)

    assert (report.outliers, [round(one.effect, 9) for one in report.jurors]) == ([], [0, 0, 0, 0])


@pytest.mark.parametrize("shape", [(2, 9), (9, 2), (3, 3)])
def test_a_small_panel_is_refused(shape):
    given = np.ones(shape, dtype=bool)
    if shape == (3, 3):
        given[0, 0] = False  # three degrees of freedom are left

    with pytest.raises(TooLittle) as refused:
        severity(np.full(shape, 80.0), given)
    assert refused.value.code == "too-small"


def test_jurors_without_a_common_candidate_are_refused():
    given = np.zeros((8, 6), dtype=bool)
    given[:4, :3] = given[4:, 3:] = True

    with pytest.raises(TooLittle) as refused:
        severity(np.full((8, 6), 80.0), given)
    assert refused.value.code == "not-linked"


def test_one_common_candidate_links_two_halves():
    given = np.zeros((9, 6), dtype=bool)
    given[:5, :3] = given[4:, 3:] = True

    report = severity(panel(range(60, 69), [3, 0, -3, 5, 0, -5]), given)

    assert [round(one.effect, 6) for one in report.jurors] == [3, 0, -3, 5, 0, -5]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.permutations(range(4)))
def test_the_order_of_candidates_and_jurors_does_not_matter(rows, columns):
    marks = panel([60, 65, 70, 75, 80, 85], [-6, -2, 0, 8]) + np.sin(np.arange(24)).reshape(6, 4)
    usual = severity(marks, FULL)

    shuffled = severity(marks[np.ix_(rows, columns)], FULL)

    effects = [round(usual.jurors[column].effect, 6) for column in columns]
    assert [round(one.effect, 6) for one in shuffled.jurors] == effects
    assert round(shuffled.spread, 6) == round(usual.spread, 6)


@pytest.mark.parametrize(("freedom", "known"), [(1, 12.706), (30, 2.042), (40, 2.021), (120, 1.980)])
def test_the_quantile_follows_the_table_and_beyond_it(freedom, known):
    assert abs(quantile(freedom) - known) < 0.01


def dense(marks, given):
    """The same model solved as a textbook does, with a column for every candidate and juror."""
    rows, columns = np.nonzero(given)
    design = np.zeros((len(rows), sum(given.shape)))
    design[np.arange(len(rows)), rows] = design[np.arange(len(rows)), given.shape[0] + columns] = 1
    inverse = np.linalg.pinv(design.T @ design)
    fitted = inverse @ design.T @ marks[given]
    centre = np.eye(given.shape[1]) - 1 / given.shape[1]
    jurors = fitted[given.shape[0] :]
    variance = np.diag(centre @ inverse[given.shape[0] :, given.shape[0] :] @ centre.T)
    residuals = marks[given] - design @ fitted
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    return centre @ jurors, variance, fitted[: given.shape[0]] + jurors.mean(), residuals, leverage


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(4, 40), st.integers(3, 9))
def test_eliminating_the_candidates_gives_what_the_whole_system_gives(seed, candidates, jurors):
    chance = np.random.default_rng(seed)
    marks = chance.normal(75, 9, (candidates, jurors))
    given = chance.random((candidates, jurors)) > 0.3
    given[0] = given[:, 0] = True
    try:
        report = severity(marks, given)
    except TooLittle:
        return

    effects, variance, levels, residuals, leverage = dense(marks, given)

    spread = np.sqrt(residuals @ residuals / report.freedom)
    assert np.allclose([one.effect for one in report.jurors], effects, atol=1e-9)
    assert np.allclose([one.error for one in report.jurors], spread * np.sqrt(variance), atol=1e-9)
    assert np.allclose(report.candidates, levels, atol=1e-9)
    sizes = residuals / (spread * np.sqrt(np.clip(1 - leverage, 1e-12, None)))
    named = sorted(abs(size) for size, free in zip(sizes, 1 - leverage, strict=True) if free > 1e-9 and abs(size) > 2.5)
    assert np.allclose(sorted(abs(size) for *_cell, size in report.outliers), named, atol=1e-6)


def test_what_is_solved_is_as_small_as_the_panel_however_many_candidates(monkeypatch):
    solved, pinv = [], np.linalg.pinv
    monkeypatch.setattr(np.linalg, "pinv", lambda matrix, **more: solved.append(matrix.shape) or pinv(matrix, **more))
    chance = np.random.default_rng(5)

    severity(chance.normal(75, 5, (2_000, 7)), np.ones((2_000, 7), dtype=bool))

    assert solved == [(7, 7)]
