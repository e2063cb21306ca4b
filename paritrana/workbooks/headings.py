"""Finds the row of headings and the column names of a sheet that may have titles above or next to its table."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

from paritrana.display import invisible
from paritrana.workbooks.grid import Cells, FileLine, RefusedCell, Value

LOOKED_AT = 30
"""Rows among which the headings are looked for."""
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


def _names_columns(start: list[FileLine], at: int) -> bool:
    own = [cell for cell in start[at].cells if cell is not None]
    widest = max((_filled(line) for line in start[at + 1 : at + 1 + FOLLOWING]), default=0)
    is_title = 2 * len(own) < widest or len(own) == 1 < widest
    return not is_title and all(isinstance(cell, str | RefusedCell) for cell in own)


def _filled(line: FileLine) -> int:
    return sum(cell is not None for cell in line.cells)


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
