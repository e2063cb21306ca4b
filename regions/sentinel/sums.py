"""The rule for figures that must add up: segments to their total, kabupaten/kota to their province."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from regions.sentinel.findings import Finding
from regions.sentinel.repairs import DIGITS, exchanged
from regions.sentinel.view import COLUMNS, NONE, View


def segment_sums(view: View) -> Iterator[Finding]:
    """Segments against the total of their region and year; parts still missing may only leave the total larger."""
    numbers = dict(zip((figure.segment for figure in view.figures), view.segment.tolist(), strict=True))
    for total, names in view.limits.totals.items():
        if total not in numbers:
            continue
        columns = [numbers[name] for name in names if name in numbers]
        for row in np.flatnonzero(view.usable & (view.segment == numbers[total])).tolist():
            parts = [part for part in view.grid[view.block[row], columns].tolist() if part != NONE]
            yield from _compared(view, "segment-sum", row, parts, complete=len(parts) == len(names))


def province_sums(view: View) -> Iterator[Finding]:
    """Kabupaten/kota against their province; where some are missing, they may only add up to less."""
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
            beside = tuple(dict.fromkeys(row for row, _ in suspects if row != whole)) or tuple(parts)
            yield Finding(code, (whole,), (column,), beside, parameters)


def _suspects(view: View, column: str, rows: list[int], lacking: int) -> list[tuple[int, int]]:
    """Figures for which one slip of the hand closes the gap exactly, with the count meant; the whole comes first."""
    places = np.array(rows)
    counts, other = view.counts[column][places], view.counts[COLUMNS[column == COLUMNS[0]]][places]
    needed = np.full(len(rows), lacking)
    needed[0] = -lacking
    guesses = [counts // 10, counts * 10, other]
    guesses += [np.where(possible, meant, counts) for meant, possible in (exchanged(counts, n) for n in range(DIGITS))]
    found = {(rows[n], int(guess[n])) for guess in guesses for n in np.flatnonzero(guess - counts == needed).tolist()}
    return sorted(found)
