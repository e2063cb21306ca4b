"""The rule for what no slip of the hand explains: a step beyond the region's own and its peers' history."""

from collections.abc import Iterator

import numpy as np

from regions.sentinel.findings import Finding
from regions.sentinel.view import COLUMNS, NONE, View


def jump(view: View) -> Iterator[Finding]:
    """A yearly step too large for the region and its peers. A figure that leaps away and back is doubted itself; a
    step that lasts is doubted in the later year, beside the earlier one."""
    for column in COLUMNS:
        yield from _jumps(view, column)


def _jumps(view: View, column: str) -> Iterator[Finding]:
    moves, after = view.histories[column], view.course.after
    most, least = view.limits.jump_scatters[column], view.limits.jump_least
    step, leaving = np.nan_to_num(moves.step), np.where(after == NONE, 0.0, np.nan_to_num(moves.step[after]))
    unusual, returning = _scatters(step, moves.scatter), _scatters(leaving, moves.scatter[after])
    alone = (step * leaving < 0) & (np.maximum(unusual, returning) > most)
    alone &= np.minimum(unusual, returning) > most / 2
    alone &= np.abs(step + leaving) < np.maximum(np.abs(step), np.abs(leaving)) / 2
    alone &= np.maximum(np.abs(step), np.abs(leaving)) > least
    back = np.zeros_like(alone)
    back[after[alone]] = True
    for row in np.flatnonzero(alone | (unusual > most) & (np.abs(step) > least) & ~back).tolist():
        yield _finding(view, column, row, bool(alone[row]))


def _scatters(step: np.ndarray, scatter: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(scatter), 0.0, np.abs(step) / np.where(np.isnan(scatter), 1.0, scatter))


def _finding(view: View, column: str, row: int, alone: bool) -> Finding:
    before = int(view.course.before[row])
    beside = (before, int(view.course.after[row])) if alone else (before,)
    counts = view.counts[column]
    parameters = {
        "column": column,
        "count": int(counts[row]),
        "before": int(counts[before]),
        "year": int(view.year[row]),
        "before_year": int(view.year[before]),
        "common": float(view.histories[column].common[row]),
    }
    return Finding("jump", (row,), (column,), beside, parameters, gain=0.0)
