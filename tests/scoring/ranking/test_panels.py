"""The kernel against exact fractions, and against itself, on 20 000 random panels; 100 000 by benchmarks/oracle.py."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.ranking import MISSING
from tests.scoring.ranking import panels

FIELDS, PANELS_EACH = 80, 250


@pytest.fixture(scope="module")
def fields():
    return [panels.field(seed, PANELS_EACH) for seed in range(FIELDS)]


def test_there_are_20_000_panels_with_every_kind_of_trouble(fields):
    ranked = [field.ranked() for field in fields]

    assert sum(len(set(field.panel.tolist())) for field in fields) == 20_000
    assert sum(int(standings.tied.sum()) for _, standings in ranked) > 1_000
    assert sum(int((~result.complete).sum()) for result, _ in ranked) > 1_000
    assert sum(int((~field.eligible).sum()) for field in fields) > 1_000
    assert sum(int((standings.decided_by > 0).sum()) for _, standings in ranked) > 500
    assert sum(int((standings.decided_by > 1).sum()) for _, standings in ranked) > 50
    assert sum(int((field.breakers == MISSING).sum()) for field in fields) > 1_000
    assert sum(int((field.given.sum(axis=2) >= 5).sum()) for field in fields if field.trim) > 1_000


def whole(field):
    """With every figure that breaks ties: where one is missing, a rule asks anew with each change of who is equal."""
    return replace(field, breakers=np.maximum(field.breakers, 0))


def test_every_panel_equals_exact_fractions(fields):
    for field in fields:
        result, standings = field.ranked()
        totals, expected = panels.by_hand(field)

        assert result.total.tolist() == totals
        assert panels.told(standings) == expected


def test_the_order_of_candidates_jurors_and_criteria_does_not_matter(fields):
    for seed, field in enumerate(fields):
        chance = np.random.default_rng(seed)
        rows, criteria, jurors = (chance.permutation(size) for size in field.marks.shape)
        shuffled = panels.Field(
            weights=field.weights[criteria],
            marks=field.marks[rows][:, criteria][:, :, jurors],
            given=field.given[rows][:, criteria][:, :, jurors],
            panel=field.panel[rows],
            eligible=field.eligible[rows],
            breakers=field.breakers[rows],
            trim=field.trim,
        )

        (expected, places), (found, moved) = field.ranked(), shuffled.ranked()

        assert found.total.tolist() == expected.total[rows].tolist()
        assert moved.place.tolist() == places.place[rows].tolist()
        assert moved.tied.tolist() == places.tied[rows].tolist()
        assert moved.decided_by.tolist() == places.decided_by[rows].tolist()


def test_raising_one_mark_never_worsens_the_place(fields):
    for seed, field in enumerate(map(whole, fields)):
        chance = np.random.default_rng(seed)
        first_of_panel = np.unique(field.panel, return_index=True)[1]
        criterion, juror = (chance.integers(0, size) for size in field.marks.shape[1:])
        marks = field.marks.copy()
        marks[first_of_panel, criterion, juror] += chance.integers(1, 5000, first_of_panel.size)

        (before, places), (after, raised) = field.ranked(), replace(field, marks=marks).ranked()

        assert (after.total >= before.total).all()
        assert (raised.place <= places.place)[first_of_panel].all()
        others = np.delete(np.arange(field.panel.size), first_of_panel)
        assert (raised.place >= places.place)[others].all()


def test_a_withdrawn_candidate_moves_up_only_those_behind(fields):
    for field in map(whole, fields):
        result, places = field.ranked()
        names, withdrawn, panel = np.unique(field.panel, return_index=True, return_inverse=True)
        eligible = field.eligible.copy()
        eligible[withdrawn] = False

        _, left = replace(field, eligible=eligible).ranked()

        gone = places.place[withdrawn][panel]
        behind = (gone > 0) & (places.place > gone)
        stays = np.delete(np.arange(panel.size), withdrawn)
        assert left.place[stays].tolist() == (places.place - behind)[stays].tolist()
        assert left.place[withdrawn].tolist() == [0] * len(names)


def test_a_panel_does_not_depend_on_any_other(fields):
    for field in fields:
        _, together = field.ranked()
        alone = field.panel % 3 == 0
        part = replace(
            field,
            marks=field.marks[alone],
            given=field.given[alone],
            panel=field.panel[alone],
            eligible=field.eligible[alone],
            breakers=field.breakers[alone],
        )

        _, apart = part.ranked()

        assert apart.place.tolist() == together.place[alone].tolist()
        assert apart.tied.tolist() == together.tied[alone].tolist()
        assert apart.decided_by.tolist() == together.decided_by[alone].tolist()


def test_rules_for_ties_move_nobody_past_another_total(fields):
    for field in fields:
        _, without = replace(field, breakers=field.breakers[:, :0]).ranked()
        _, broken = field.ranked()

        assert not without.decided_by.any()
        assert (broken.place >= without.place).all()
        same = ~without.tied
        assert (broken.place[same] == without.place[same]).all()
        assert not broken.tied[same].any()


def test_a_better_figure_never_worsens_the_place(fields):
    for seed, field in enumerate(fields):
        chance = np.random.default_rng(seed)
        if not field.breakers.size:
            continue
        rows = np.unique(field.panel, return_index=True)[1]
        breakers = field.breakers.copy()
        rule = chance.integers(0, breakers.shape[1])
        breakers[rows, rule] += np.where(breakers[rows, rule] == MISSING, 0, 1 + chance.integers(0, 3, rows.size))

        (_, before), (_, after) = field.ranked(), replace(field, breakers=breakers).ranked()

        assert (after.place <= before.place)[rows].all()


def test_a_mark_that_was_not_given_never_counts(fields):
    for field in fields:
        other = replace(field, marks=np.where(field.given, field.marks, -(10**15)))

        (expected, places), (found, same) = field.ranked(), other.ranked()

        assert found.total.tolist() == expected.total.tolist()
        assert same.place.tolist() == places.place.tolist()


def test_ranking_changes_nothing_it_was_given(fields):
    for field in fields:
        before = {name: np.copy(array) for name, array in vars(field).items()}

        (_, first), (_, again) = field.ranked(), field.ranked()

        assert all(np.array_equal(array, before[name]) for name, array in vars(field).items())
        assert again.place.tolist() == first.place.tolist()
