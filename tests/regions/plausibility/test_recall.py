"""The benchmark's own promise on one world the limits were not chosen on, with room for bad luck."""

from dataclasses import replace
from math import log

import pytest
from django.utils import translation

from benchmarks.sentinel import END, Tally, measure, milliseconds
from benchmarks.sentinel_errors import PLANTS, plant
from benchmarks.sentinel_series import world
from regions.plausibility import CheckedFigure, Limits, examine
from regions.plausibility.messages import TEXTS
from tests.regions.plausibility.made_series import CHILDREN, quiet, total

SEED = 5000


@pytest.fixture(scope="module")
def tally() -> Tally:
    found = Tally()
    measure(found, world(SEED, years=4), SEED, each=15)
    return found


@pytest.fixture(scope="module")
def planted_flags():
    made = world(SEED, years=4)
    plant(made, SEED, 10)
    return examine(made.figures(), END)


def test_errors_by_half_or_more_are_found(tally):
    sizes = [error for errors in tally.errors.values() for error in errors if error[0] >= log(1.5)]

    assert len(sizes) > 80
    assert sum(found for _, found, _, _ in sizes) >= 0.95 * len(sizes)


@pytest.mark.parametrize("kind", ["impossible", "excess", "redefined", "stale", "slipped"])
def test_what_can_be_told_exactly_is_always_told(tally, kind):
    number, shares = tally.recall(kind)

    assert (number, shares[0]) == (15, 1.0)


def test_few_clean_figures_are_doubted(tally):
    assert 0 < tally.alarmed[0] <= 0.06
    assert 0 < tally.beside[0] <= 0.06


def test_without_rules_nothing_is_found():
    """The measure itself is not what finds."""
    found = Tally()
    measure(found, world(SEED, years=3), SEED, each=1, rules={})

    assert {kind: found.recall(kind)[1][:2] for kind in PLANTS} == {kind: [0, 0] for kind in PLANTS}
    assert found.alarmed == [0]


def test_a_world_is_the_same_whenever_it_is_made():
    assert world(SEED, years=3).figures() == world(SEED, years=3).figures() != world(SEED + 1, years=3).figures()


def test_the_whole_country_is_examined_in_a_few_seconds():
    assert milliseconds(world(SEED, years=8).figures(), repeats=1) < 5000


def flags_of_sums():
    """One flag of each rule that adds up."""
    figures = quiet()
    limits = Limits(totals={"TOTAL": ("PU", "BPU")})
    province = [f for f in figures.values() if f.parent == "51"]
    right = total(figures, "PU", 2024)
    for wrong in (right.participants + 1_000_003, right.participants * 10):
        yield from examine([*province, replace(right, participants=wrong)], END, children=CHILDREN)
    parts = [f for key, f in figures.items() if key[:2] == ("51.03", 2024) and f.segment != "RENTAN"]
    workers, participants = (sum(getattr(part, column) for part in parts) for column in ("workers", "participants"))
    for wrong in (participants + 7, participants * 10):
        whole = CheckedFigure("51.03", 2024, "TOTAL", workers, wrong, "51")
        yield from examine([*parts, whole], END, limits=limits)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_flag_says_what_is_wrong_and_how_to_mend_it(planted_flags, language):
    found = [*planted_flags, *flags_of_sums()]

    with translation.override(language):
        texts = {flag.code: (flag.message, flag.cure) for flag in found}

    assert TEXTS.keys() - texts.keys() == set()
    assert [code for code, said in texts.items() if "%(" in "".join(said) or not all(said)] == []
