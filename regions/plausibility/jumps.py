"""The rule for unexplained steps: larger than the history of the region and of its peers allows."""

from collections.abc import Iterator

import numpy as np

from regions.plausibility.findings import Finding
from regions.plausibility.history import Floats
from regions.plausibility.limits import Limits
from regions.plausibility.view import COLUMNS, NONE, View


def jump(view: View) -> Iterator[Finding]:
    """A yearly step too large for the region and its peers.

    A figure that jumps away and back is doubted itself; of a lasting step the later year is doubted, compared with the
    earlier one.
    """
    for column in COLUMNS:
        yield from _jumps(view, column)


def _jumps(view: View, column: str) -> Iterator[Finding]:
    moves, after = view.histories[column], view.course.after
    step, leaving = np.nan_to_num(moves.step), np.where(after == NONE, 0.0, np.nan_to_num(moves.step[after]))
    bound = _bound(moves.scatter, view.limits)
    into, out = np.abs(step) / bound, np.abs(leaving) / np.where(after == NONE, np.inf, bound[after])
    large = np.maximum(np.abs(step), np.abs(leaving))
    alone = (step * leaving < 0) & (np.maximum(into, out) > 1) & (np.minimum(into, out) > 0.5)
    alone &= (np.abs(step + leaving) < large / 2) & (large > view.limits.jump_least)
    back = np.zeros_like(alone)
    back[after[alone]] = True
    for row in np.flatnonzero(alone | (into > 1) & (np.abs(step) > view.limits.jump_least) & ~back).tolist():
        yield _finding(view, column, row, bool(alone[row]))


def _bound(scatter: Floats, limits: Limits) -> Floats:
    """The largest acceptable step: where the density of regular steps falls below that of errors of any size.

    So a variable series is allowed fewer of its scatters than a stable one. Infinite without a step.
    """
    rarity = (limits.jump_odds - np.log(scatter)) * 2 / (limits.tail + 1)
    bound = scatter * np.sqrt(limits.tail * np.expm1(np.maximum(rarity, 0.5)))
    return np.where(np.isnan(scatter), np.inf, bound)


def _finding(view: View, column: str, row: int, alone: bool) -> Finding:
    before = int(view.course.before[row])
    compared = view.neighbours(row) if alone else (before,)
    counts, common = view.counts[column], float(view.histories[column].common[row])
    parameters = {
        "column": column,
        "count": int(counts[row]),
        "before": int(counts[before]),
        "year": int(view.year[row]),
        "before_year": int(view.year[before]),
        "common": None if np.isnan(common) else common,
    }
    return Finding("jump", (row,), (column,), compared, parameters, gain=0.0)
