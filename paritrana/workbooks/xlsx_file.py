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

from paritrana.workbooks import archive, number_formats, xlsx_parts, xml_stream
from paritrana.workbooks.book import ERROR, FORMULA, SPOILED, SPOILS, UNCALCULATED, ListedSheet, first_filled
from paritrana.workbooks.grid import MOST_ROWS, Cells, FileLine, FileSheet, RefusedCell, Unreadable, Value, text_of
from paritrana.workbooks.kinds import damaged
from paritrana.workbooks.xlsx_parts import ArchiveParts, XlsxBook, unescaped
from paritrana.workbooks.xml_stream import Attributes, XmlHandler

TRUE = {"1", "true"}
_LAST_ROW = re.compile("[0-9]+$")
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
    with parts.open(listed.part) as part:
        yield from xml_stream.stream(part, _SheetRows(book, sheet))


class _SheetRows(XmlHandler):
    """The rows of a sheet that hold something; a row or cell without its number is the next one."""

    def __init__(self, book: XlsxBook, sheet: FileSheet) -> None:
        super().__init__()
        self.book, self.sheet = book, sheet
        self.number, self.is_hidden, self.is_over = 0, False, False
        self.cells: Cells = []
        self.column = -1
        self.cell: Attributes = {}
        self.pieces: list[str] = []
        self.is_formula, self.is_content, self.aside = False, False, 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self.is_over:
            return
        if name == "c":
            at = attributes.get("r")
            self.column = _column(at.rstrip(_DIGITS)) if at else self.column + 1
            self.cell, self.pieces, self.is_formula = attributes, [], False
        elif name in {"v", "t"}:
            self.is_content = not self.aside
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            self.number = int(attributes.get("r") or self.number + 1)
            self.is_hidden = attributes.get("hidden") in TRUE or attributes.get("ht") == "0"
            self.cells, self.column = [], -1
        elif name == "rPh":
            self.aside += 1
        elif name == "dimension":
            last = _LAST_ROW.search(attributes.get("ref", ""))
            self.sheet.claimed = min(int(last[0]) if last else 0, MOST_ROWS)

    def text(self, text: str) -> None:
        if self.is_content:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.is_content = False
        elif name == "c" and not self.is_over:
            value = self._value("".join(self.pieces))
            if value is not None:
                self.cells.extend([None] * (self.column + 1 - len(self.cells)))
                self.cells[self.column] = value
        elif name == "row" and self.cells:
            self.found.append(FileLine(self.number, self.cells, self.is_hidden))
        elif name == "rPh":
            self.aside -= 1
        elif name == "sheetData":
            self.is_over, self.cells = True, []

    def _value(self, text: str) -> Value | RefusedCell:
        kind = self.cell.get("t", "n")
        if self.is_formula:
            return RefusedCell(FORMULA if text else UNCALCULATED)
        if not text:
            return None
        if kind == "n":
            return self._number(text)
        if kind == "s":
            shared = self.book.texts
            return text_of(shared[int(text)]) if text.isdecimal() and int(text) < len(shared) else RefusedCell(SPOILED)
        return _other(kind, text)

    def _number(self, text: str) -> Value | RefusedCell:
        try:
            number = float(text)
        except ValueError:
            return RefusedCell(SPOILED)
        if not math.isfinite(number):
            return RefusedCell(SPOILED)
        style, kinds = int(self.cell.get("s") or 0), self.book.kinds
        kind = kinds[style] if style < len(kinds) else number_formats.PLAIN
        return number_formats.shown(number, kind, is_1904=self.book.is_1904)


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
    return text_of(unescaped(text))


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """``A`` is 0, ``AB`` is 27. ValueError beyond the last column there is."""
    at = 0
    for letter in letters.upper():
        at = 26 * at + ord(letter) - 64
    if not 1 <= at <= _FURTHEST:
        raise ValueError(letters)
    return at - 1
