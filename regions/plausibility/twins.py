"""The rule for figures entered twice: two regions or two years so equal that it cannot be chance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from regions.plausibility.findings import Finding
from regions.plausibility.history import Floats, Ints, logarithm
from regions.plausibility.view import COLUMNS, NONE, View

MANY = 6
"""If more rows than this are equal it is a habit, such as everybody entering 100, and not a copy."""


def twins(view: View) -> Iterator[Finding]:
    """Equal figures in one year, in both or one column; and whole years of a region equal to another region-year."""
    pairs: dict[tuple[int, int], dict[tuple[int, int], float]] = defaultdict(dict)
    chances = {column: _chance(view, column) for column in COLUMNS}
    workers, participants = (view.counts[column] for column in COLUMNS)
    again = np.where(workers == participants, 1.0, 1 / np.maximum(participants, 1))
    for one, two in _equal(view, view.year, workers, participants):
        chance = float(chances["workers"][one] * again[one])
        pairs[int(view.block[one]), int(view.block[two])][one, two] = chance
    known: set[tuple[int, int]] = set()
    for found in pairs.values():
        if np.prod(list(found.values())) < np.exp(-view.limits.twin_nats):
            known |= found.keys()
            yield _twin(view, list(found), COLUMNS)
    for column in COLUMNS:
        rare = np.flatnonzero(chances[column] < np.exp(-view.limits.twin_nats))
        for one, two in _equal(view, view.year, view.segment, view.counts[column], among=rare):
            if (one, two) not in known:
                yield _twin(view, [(one, two)], (column,))
    yield from _other_years(view)


def _chance(view: View, column: str) -> Floats:
    """The probability that another figure of that year, segment and level has the same count, from nearby counts."""
    level = logarithm(view.counts[column])
    place = view.course.peers * 10_000 + view.year
    mixed = np.unique(place, return_inverse=True)[1].reshape(-1) * 64 + level
    ordered = np.sort(mixed)
    near = np.searchsorted(ordered, mixed + 1) - np.searchsorted(ordered, mixed - 1) - 1
    return np.minimum(np.maximum(near, 1) / (2 * np.exp(level)), 1.0)


def _equal(view: View, *columns: Ints, among: Ints | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of usable figures of one level that are equal in all `columns`."""
    rows = np.flatnonzero(view.usable) if among is None else among[view.usable[among]]
    keys = np.stack([view.course.peers[rows] % 2, *(column[rows] for column in columns)])
    order = np.lexsort(keys)
    same = (keys[:, order[1:]] == keys[:, order[:-1]]).all(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], same.astype(np.int8), [0]])))
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start < MANY:
            yield from combinations(sorted(rows[order[start : end + 1]].tolist()), 2)


def _twin(view: View, pairs: Iterable[tuple[int, int]], columns: tuple[str, ...]) -> Finding:
    """The side that fits its own history worse is doubted, both when neither does."""
    left, right = (list(side) for side in zip(*pairs, strict=True))
    difference = _misfit(view, left) - _misfit(view, right)
    doubted, compared = (left, right) if difference > 0 else (right, left)
    other = view.figures[compared[0]]
    parameters = {"columns": columns, "other": other.label, "other_year": other.year, "number": len(left)}
    parameters |= {"other_segment": other.segment, "segment": view.figures[doubted[0]].segment}
    parameters |= {column: int(view.counts[column][doubted[0]]) for column in COLUMNS}
    rows, compared = ((*doubted, *compared), []) if difference == 0 else (tuple(doubted), compared)
    return Finding("twin", rows, columns, tuple(compared), parameters)


def _misfit(view: View, rows: list[int]) -> float:
    places = np.array(rows)
    steps = np.concatenate([places, view.course.after[places]])
    return -float(sum(view.histories[column].plausibility(steps).sum() for column in COLUMNS))


def _other_years(view: View) -> Iterator[Finding]:
    """Region-years of two segments or more equal to one of another year; `frozen` covers the year before."""
    seen: dict[bytes, list[int]] = defaultdict(list)
    rows = np.where(view.grid == NONE, 0, view.grid)
    content = np.stack([np.where(view.grid == NONE, NONE, view.counts[column][rows]) for column in COLUMNS], axis=-1)
    for block in np.flatnonzero((view.grid != NONE).sum(axis=1) > 1).tolist():
        seen[content[block].tobytes()].append(block)
    for blocks in seen.values():
        for one, two in combinations(blocks, 2):
            pairs = [(int(a), int(b)) for a, b in zip(view.grid[one], view.grid[two], strict=True) if a != NONE]
            left, right = pairs[0]
            gap = abs(int(view.year[left] - view.year[right]))
            if gap > 1 or (gap and view.region[left] != view.region[right]):
                yield _twin(view, pairs, COLUMNS)
