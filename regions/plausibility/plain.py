"""Rules that need no history: what is wrong or unlikely by simple comparison."""

from collections.abc import Iterator

import numpy as np

from regions.plausibility.findings import Finding
from regions.plausibility.view import COLUMNS, LARGEST, NONE, View

PEAK = 0.375
"""Density at 0 of a t-distribution with four degrees of freedom."""


def impossible(view: View) -> Iterator[Finding]:
    """No workers, a negative number of participants, or more people than can exist."""
    for row in np.flatnonzero(~view.usable).tolist():
        workers, participants = (int(view.counts[column][row]) for column in COLUMNS)
        parameters = {"workers": workers, "participants": participants, "largest": LARGEST}
        yield Finding("impossible", (row,), COLUMNS, parameters=parameters)


def excess(view: View) -> Iterator[Finding]:
    """More participants than workers."""
    workers, participants = view.counts["workers"], view.counts["participants"]
    for row in np.flatnonzero(view.usable & (participants > workers)).tolist():
        parameters = {"workers": int(workers[row]), "participants": int(participants[row])}
        yield Finding("excess", (row,), COLUMNS, parameters=parameters)


def frozen(view: View) -> Iterator[Finding]:
    """A count exactly equal to the year before's where that is unlikely.

    The usual step decides: 250 village officials may well stay 250, half a million workers do not.
    """
    before = view.course.before
    equal, chance = {}, {}
    for column in COLUMNS:
        moves, counts = view.histories[column], view.counts[column]
        with np.errstate(invalid="ignore"):
            density = PEAK * np.exp(moves.plausibility(np.arange(len(counts)))) / moves.scatter / (counts + 0.5)
        following = (before != NONE) & (view.year - view.year[before] == 1)
        equal[column] = following & (counts == counts[before])
        chance[column] = np.where(equal[column], np.maximum(density, _habit(view, equal[column], following)), 1.0)
    full = view.counts["workers"] == view.counts["participants"]
    chance["participants"] = np.where(full & equal["workers"], 1.0, chance["participants"])
    both = equal["workers"] & equal["participants"]
    for row in np.flatnonzero(chance["workers"] * chance["participants"] < np.exp(-view.limits.frozen_nats)).tolist():
        columns = COLUMNS if both[row] else tuple(column for column in COLUMNS if equal[column][row])
        shown = {column: int(view.counts[column][row]) for column in COLUMNS}
        parameters = {"columns": columns, "year": int(view.year[row]), "before_year": int(view.year[before[row]])}
        yield Finding("frozen", (row,), columns, (int(before[row]),), shown | parameters)


def _habit(view: View, equal: np.ndarray, following: np.ndarray) -> np.ndarray:
    """Share of the peers that repeat their count even in the year with fewest repeats:

    some numbers are set by decree.
    """
    first = int(view.year.min())
    place = view.course.peers * (int(view.year.max()) - first + 1) + view.year - first
    size = (int(view.course.peers.max()) + 1) * (int(view.year.max()) - first + 1)
    steps = np.bincount(place[following], minlength=size).astype(float)
    repeats = np.bincount(place[equal], minlength=size)
    enough = steps >= view.limits.least_siblings
    share = np.where(enough, repeats / np.maximum(steps, 1), 1.0).reshape(int(view.course.peers.max()) + 1, -1)
    least = np.where(enough.reshape(share.shape).any(axis=1), share.min(axis=1), 0.0)
    return least[view.course.peers]


def redefined(view: View) -> Iterator[Finding]:
    """Another definition than the year before, so no growth can be computed."""
    previous = view.previous
    changed = (previous != NONE) & (view.definition != view.definition[previous])
    for row in np.flatnonzero(changed).tolist():
        before = int(previous[row])
        parameters = {"year": int(view.year[row]), "before_year": int(view.year[before])}
        yield Finding("redefined", (row,), compared=(before,), parameters=parameters)


def stale(view: View) -> Iterator[Finding]:
    """An as-of date long before the end of the figure's own year."""
    for row, figure in enumerate(view.figures):
        if figure.as_of is None:
            continue
        months = (figure.year - figure.as_of.year) * 12 + view.period_end.month - figure.as_of.month
        if months > view.limits.stale_months:
            parameters = {"as_of": figure.as_of, "months": months, "year": figure.year}
            yield Finding("stale", (row,), parameters=parameters)
