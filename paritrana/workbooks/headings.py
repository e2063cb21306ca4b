"""Finds the row of headings and the column names of a sheet that may have titles above or next to its table."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from paritrana.display import invisible
from paritrana.workbooks.book import LOOKED_AT
from paritrana.workbooks.grid import Cells, FileLine, RefusedCell, Value

FOLLOWING = 3


def found(lines: Iterator[FileLine]) -> tuple[FileLine | None, list[FileLine], Iterator[FileLine]]:
    """The row of headings, the rows above it, and those below.

    A title fills one cell, or less than half the cells of the rows below it, and a row of headings has no numbers. If
    no row qualifies it is the first one.
    """
    start = list(islice(lines, LOOKED_AT))
    at = next((at for at in range(len(start)) if _names_columns(start, at)), 0)
    if not start:
        return None, [], lines
    return start[at], start[:at], chain(start[at + 1 :], lines)


def on_two_lines(upper: FileLine, below: Iterator[FileLine]) -> tuple[FileLine, int, Iterator[FileLine]]:
    """The headings where some stand in groups ("Number" over "Workers" and "Participants"), with the row of the lower
    line, 0 where there is one line only."""
    lower = next(below, None)
    if lower is None:
        return upper, 0, below
    if lower.number != upper.number + 1 or not _divides(upper.cells, lower.cells):
        return upper, 0, chain([lower], below)
    cells = [low or up for up, low in zip_longest(upper.cells, lower.cells)]
    return upper._replace(cells=cells, parts=max(upper.parts, lower.parts)), lower.number, below


def _divides(upper: Cells, lower: Cells) -> bool:
    """Whether the lower line holds words alone, and only under headings that span several columns.

    As a row of the table it would be refused, since it has cells without a heading.
    """
    grouped = [cell is None for cell in [*upper[1:], *[None] * len(lower)]]
    for at, cell in enumerate(lower):
        if cell is None:
            continue
        spans = at >= len(upper) or upper[at] is None or grouped[at] and lower[at + 1 : at + 2] not in ([], [None])
        if not (isinstance(cell, str) and any(map(str.isalpha, cell)) and spans):
            return False
        if (at >= len(upper) or upper[at] is None) and (at == 0 or lower[at - 1] is None):
            return False
    return any(cell is not None for cell in lower)


def _names_columns(start: list[FileLine], at: int) -> bool:
    own = [cell for cell in start[at].cells if cell is not None]
    widest = max((line.filled for line in start[at + 1 : at + 1 + FOLLOWING]), default=0)
    is_title = 2 * len(own) < widest or len(own) == 1 < widest
    return not is_title and all(isinstance(cell, str | RefusedCell) for cell in own)


def names_of(cells: Cells) -> dict[int, str]:
    """The headings by position: lower case, single spaces, no line breaks or invisible characters."""
    return {at: _name(cell) for at, cell in enumerate(cells) if cell is not None}


def _name(cell: Value | RefusedCell) -> str:
    if isinstance(cell, RefusedCell):
        return ""
    return " ".join(invisible.without(unicodedata.normalize("NFC", str(cell))).split()).lower()


def likened(name: str) -> str:
    """The normalised form of a heading: "Region code", "region_code", "region-code" and "Region code *" are equal."""
    return " ".join(name.replace("_", " ").replace("-", " ").rstrip(" *:").split())


def letter(at: int) -> str:
    """The letters of a column in spreadsheets: 0 is A, 27 is AB."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
