"""Workbooks of Excel, and what other programs write as such: every cell with what a person sees in it.

Read by the vocabulary of the format itself: no library tells which rows are hidden, in which format a number is shown
and where a formula stands, and also reads the strict variant and files with spoiled styles (docs/adr/0025). A formula
is never evaluated and its cached value never taken.
"""

import math
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from xml.etree.ElementTree import Element  # nosec B405  (only the type)

from paritrana.workbooks import archive, number_formats, xlsx_parts
from paritrana.workbooks.book import ERROR, FORMULA, SPOILED, SPOILS, UNCALCULATED, ListedSheet, first_filled
from paritrana.workbooks.grid import (
    MOST_ROWS,
    Cells,
    FileLine,
    FileSheet,
    MergedCells,
    RefusedCell,
    Unreadable,
    Value,
    text_of,
)
from paritrana.workbooks.kinds import damaged
from paritrana.workbooks.xlsx_parts import TRUE, ArchiveParts, XlsxBook, text_in, unescaped
from paritrana.workbooks.xml_stream import elements, local, named

_LAST_ROW = re.compile("(?<![0-9])[0-9]{1,9}$")
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_DIGITS = "0123456789"
_FURTHEST = 16_384


def opened(content: bytes) -> FileSheet:
    try:
        parts = ArchiveParts(archive.opened(content))
        book = xlsx_parts.read(parts)
    except SPOILS as error:
        raise Unreadable(damaged()) from error
    return first_filled(book.sheets, lambda listed, sheet: _lines(parts, book, listed, sheet))


def _lines(parts: ArchiveParts, book: XlsxBook, listed: ListedSheet, sheet: FileSheet) -> Iterator[FileLine]:
    """The rows of a sheet that hold something; a row or cell without its number is the next one."""
    number = 0
    with parts.open(listed.part) as part:
        for path, element in elements(part, "dimension", "col", "row", "mergeCell"):
            if path[-1] == "dimension":
                last = _LAST_ROW.search(element.get("ref", ""))
                sheet.claimed = min(int(last[0]) if last else 0, MOST_ROWS)
            elif path[-2:] == ["cols", "col"]:
                sheet.hidden |= _hidden(element)
            elif path[-1] == "mergeCell":
                sheet.merged += _merged(element.get("ref", ""))
            elif path[-2:-1] == ["sheetData"]:
                number = int(element.get("r") or number + 1)
                if cells := _cells(element, book):
                    is_hidden = element.get("hidden") in TRUE or element.get("ht") == "0"
                    yield FileLine(number, cells, is_hidden)


def _hidden(column: Element) -> set[int]:
    """The columns, from 0, that a definition hides or makes invisibly narrow."""
    try:
        is_seen = column.get("hidden") not in TRUE and float(column.get("width") or 1) > 0
        first, last = int(column.get("min", "1")), min(int(column.get("max", "1")), _FURTHEST)
    except ValueError:  # a note to the reader is no reason to refuse the file
        return set()
    return set() if is_seen else set(range(first - 1, last))


def _merged(ref: str) -> list[MergedCells]:
    """``A2:B5``."""
    parts = _RANGE.fullmatch(ref)
    if parts is None:
        return []
    left, top, right, bottom = parts.groups()
    return [MergedCells(int(top), int(bottom), _column(left), _column(right))]


def _cells(row: Element, book: XlsxBook) -> Cells:
    cells: Cells = []
    column = -1
    for cell in named(row, "c"):
        at = cell.get("r")
        column = _column(at.rstrip(_DIGITS)) if at else column + 1
        value = _value(cell, book)
        if value is not None:
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
    return cells


def _value(cell: Element, book: XlsxBook) -> Value | RefusedCell:
    kind, text, is_formula = cell.get("t", "n"), "", False
    for child in cell:
        name = local(child.tag)
        if name == "v":
            text = child.text or ""
        elif name == "is":
            text = text_in(child)
        elif name == "f":
            is_formula = True
    if is_formula:
        return RefusedCell(FORMULA if text else UNCALCULATED)
    if not text:
        return None
    if kind == "n":
        return _number(text, cell, book)
    if kind == "s":
        shared = book.texts
        return text_of(shared[int(text)]) if text.isdecimal() and int(text) < len(shared) else RefusedCell(SPOILED)
    return _other(kind, unescaped(text) if kind == "str" else text)


def _number(text: str, cell: Element, book: XlsxBook) -> Value | RefusedCell:
    try:
        number = float(text)
    except ValueError:
        return RefusedCell(SPOILED)
    if not math.isfinite(number):
        return RefusedCell(SPOILED)
    style = int(cell.get("s") or 0)
    kind = book.kinds[style] if style < len(book.kinds) else number_formats.PLAIN
    return number_formats.shown(number, kind, is_1904=book.is_1904)


def _other(kind: str, text: str) -> Value | RefusedCell:
    if kind == "e":
        return RefusedCell(ERROR)
    if kind == "b":
        return "TRUE" if text.strip() in TRUE else "FALSE"
    if kind == "d":
        try:
            return date.fromisoformat(text.strip()[:10])
        except ValueError:
            return RefusedCell(SPOILED)
    return text_of(text)


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """``A`` is 0, ``AB`` is 27. ValueError beyond the last column there is."""
    at = 0
    for letter in letters.upper():
        at = 26 * at + ord(letter) - 64
    if not 1 <= at <= _FURTHEST:
        raise ValueError(letters)
    return at - 1
