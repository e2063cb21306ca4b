"""The rule for sums: segments add up to their total, kabupaten/kota to their province."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from regions.plausibility.findings import Finding
from regions.plausibility.history import Floats, Ints, logarithm
from regions.plausibility.repairs import DIGITS, exchanged
from regions.plausibility.view import COLUMNS, NONE, View


def segment_sums(view: View) -> Iterator[Finding]:
    """Segments against the total of their region and year; while some are missing the total may only be larger."""
    numbers = dict(zip((figure.segment for figure in view.figures), view.segment.tolist(), strict=True))
    for total, names in view.limits.totals.items():
        if total not in numbers:
            continue
        columns = [numbers[name] for name in names if name in numbers]
        for row in np.flatnonzero(view.usable & (view.segment == numbers[total])).tolist():
            parts = [part for part in view.grid[view.block[row], columns].tolist() if part != NONE]
            yield from _compared(view, "segment-sum", row, parts, complete=len(parts) == len(names))


def province_sums(view: View) -> Iterator[Finding]:
    """Kabupaten/kota against their province; while some are missing their sum may only be smaller."""
    parts: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    provinces = np.flatnonzero(view.usable & (view.parent == NONE))
    below = np.flatnonzero(view.usable & np.isin(view.parent, view.region[provinces]))
    for row in below.tolist():
        parts[int(view.parent[row]), int(view.year[row]), int(view.segment[row])].append(row)
    for row in provinces.tolist():
        found = parts.get((int(view.region[row]), int(view.year[row]), int(view.segment[row])), [])
        number = view.children.get(view.figures[row].region)
        yield from _compared(view, "province-sum", row, found, complete=len(found) == number)


def _compared(view: View, code: str, whole: int, parts: list[int], complete: bool) -> Iterator[Finding]:
    if not parts:
        return
    for column in COLUMNS:
        counts = view.counts[column]
        total, added = int(counts[whole]), int(counts[parts].sum())
        if added == total or (added < total and not complete):
            continue
        suspects = _suspects(view, column, [whole, *parts], total - added) if complete else []
        parameters = {"column": column, "count": total, "sum": added, "year": int(view.year[whole])}
        if len(suspects) == 1:
            row, meant = suspects[0]
            figure = view.figures[row]
            parameters |= {"suspect": figure.label, "suspect_segment": figure.segment, "meant": meant}
            parameters["suspect_count"] = int(counts[row])
            yield Finding(f"{code}-of", (row,), (column,), (whole,) if row != whole else (), parameters)
        else:
            likely = [row for row, _ in suspects]
            if complete and not suspects:
                likely = _likely(view, column, [whole, *parts], total - added)
            compared = tuple(dict.fromkeys(row for row in likely if row != whole)) or tuple(parts)
            yield Finding(code, (whole,), (column,), compared, parameters)


def _suspects(view: View, column: str, rows: list[int], lacking: int) -> list[tuple[int, int]]:
    """Figures for which one typing error explains the difference exactly, with the intended count; the whole first.

    Of several, only the one whose history fits far better with the change than the others'.
    """
    places = np.array(rows)
    counts, other = view.counts[column][places], view.counts[COLUMNS[column == COLUMNS[0]]][places]
    needed = np.full(len(rows), lacking)
    needed[0] = -lacking
    guesses = [counts // 10, counts * 10, other, *_misplaced(view, column, places)]
    guesses += [np.where(possible, meant, counts) for meant, possible in (exchanged(counts, n) for n in range(DIGITS))]
    found = {(rows[n], int(guess[n])) for guess in guesses for n in np.flatnonzero(guess - counts == needed).tolist()}
    suspects = sorted(found)
    if len(suspects) > 1:
        gains = _gains(view, column, *(np.array(each) for each in zip(*suspects, strict=True)))
        order = np.argsort(-gains, kind="stable")[: view.limits.most_suspects]
        is_clear = gains[order[0]] - gains[order[1]] > view.limits.suspect_nats
        return [suspects[n] for n in (order[:1] if is_clear else sorted(order.tolist()))]
    return suspects


def _misplaced(view: View, column: str, places: Ints) -> Iterator[Ints]:
    """Counts that may have been intended: the region's other segments, and the neighbouring years."""
    others = [view.grid[view.block[places], segment] for segment in range(view.grid.shape[1])]
    for rows in (*others, view.course.before[places], view.course.after[places]):
        yield np.where(rows == NONE, view.counts[column][places], view.counts[column][rows])


def _likely(view: View, column: str, rows: list[int], lacking: int) -> list[int]:
    """Where no typing error explains the difference: the few figures whose histories would gain most by closing it."""
    places = np.array(rows)
    meant = view.counts[column][places] + lacking
    meant[0] = view.counts[column][rows[0]] - lacking
    gains = np.where(meant > 0, _gains(view, column, places, np.maximum(meant, 1)), -np.inf)
    best = np.argsort(-gains)[: view.limits.most_suspects]
    best = best[gains[best] > gains.max() - view.limits.suspect_nats]
    return places[best].tolist() if gains.max() > 0 else []


def _gains(view: View, column: str, places: Ints, meant: Ints) -> Floats:
    """The gain of the histories, in nats, if the counts were those intended."""
    return view.histories[column].gain_of(places, logarithm(meant) - logarithm(view.counts[column][places]))
