"""The kernel against exact fractions, and against itself, on 20 000 random panels."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.ranking import MISSING
from tests.ranking import oracle, panels

FIELDS, PANELS_EACH = 80, 250


@pytest.fixture(scope="module")
def fields():
    return [panels.field(seed, PANELS_EACH) for seed in range(FIELDS)]


def by_hand(field):
    """(totals, [(place, tied)]) of a field by the oracle, candidate by candidate and panel by panel."""
    weights = field.weights.tolist()
    totals = []
    for marks, given in zip(field.marks.tolist(), field.given.tolist(), strict=True):
        sheets = [
            [mark if was_given else None for mark, was_given in zip(*cell, strict=True)]
            for cell in zip(marks, given, strict=True)
        ]
        totals.append(oracle.total([oracle.mean(sheet) for sheet in sheets], weights))
    rows = list(zip(totals, field.panel.tolist(), field.eligible.tolist(), strict=True))
    rows = [(total, panel, eligible and total is not None) for total, panel, eligible in rows]
    places = {}
    for panel in set(field.panel.tolist()):
        members = [number for number, row in enumerate(rows) if row[1] == panel]
        places |= dict(zip(members, oracle.places([rows[number] for number in members]), strict=True))
    return totals, [places[number] for number in range(len(rows))]


def test_there_are_20_000_panels_with_every_kind_of_trouble(fields):
    ranked = [field.ranked() for field in fields]

    assert sum(len(set(field.panel.tolist())) for field in fields) == 20_000
    assert sum(int(standings.tied.sum()) for _, standings in ranked) > 1_000
    assert sum(int((~result.complete).sum()) for result, _ in ranked) > 1_000
    assert sum(int((~field.eligible).sum()) for field in fields) > 1_000


def test_every_panel_equals_exact_fractions(fields):
    for field in fields:
        result, standings = field.ranked()
        totals, places = by_hand(field)

        assert result.total.tolist() == [MISSING if total is None else total for total in totals]
        assert list(zip(standings.place.tolist(), standings.tied.tolist(), strict=True)) == places


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
        )

        (expected, places), (found, moved) = field.ranked(), shuffled.ranked()

        assert found.total.tolist() == expected.total[rows].tolist()
        assert moved.place.tolist() == places.place[rows].tolist()
        assert moved.tied.tolist() == places.tied[rows].tolist()


def test_raising_one_mark_never_worsens_the_place(fields):
    for seed, field in enumerate(fields):
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
    for field in fields:
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
        )

        _, apart = part.ranked()

        assert apart.place.tolist() == together.place[alone].tolist()
        assert apart.tied.tolist() == together.tied[alone].tolist()


def test_a_mark_that_was_not_given_never_counts(fields):
    for field in fields:
        other = replace(field, marks=np.where(field.given, field.marks, -(10**15)))

        (expected, places), (found, same) = field.ranked(), other.ranked()

        assert found.total.tolist() == expected.total.tolist()
        assert same.place.tolist() == places.place.tolist()


def test_ranking_changes_nothing_it_was_given(fields):
    for field in fields:
        before = {name: array.copy() for name, array in vars(field).items()}

        (_, first), (_, again) = field.ranked(), field.ranked()

        assert all(np.array_equal(array, before[name]) for name, array in vars(field).items())
        assert again.place.tolist() == first.place.tolist()
