"""Workbooks of LibreOffice and OpenOffice (.ods): each cell says itself whether it is a number, a share or a day."""

import io
import math
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from paritrana.display.numbers import Percentage
from paritrana.workbooks import archive, xml_stream
from paritrana.workbooks.book import FORMULA, SPOILED, SPOILS, UNCALCULATED, ListedSheet, first_filled
from paritrana.workbooks.grid import (
    MOST_ROWS,
    Cells,
    FileLine,
    FileSheet,
    RefusedCell,
    Unreadable,
    Value,
    number_of,
    text_of,
)
from paritrana.workbooks.kinds import ODS, damaged
from paritrana.workbooks.xml_stream import Attributes, XmlHandler, value

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
FURTHEST = 16_384
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}


def opened(content: bytes) -> FileSheet:
    try:
        with archive.opened(content) as book:
            if MANIFEST in book.namelist() and b"encryption-data" in book.read(MANIFEST):
                raise Unreadable(_("The workbook is protected by a password. Save it without one and upload it again."))
            part = book.read(CONTENT)
        listed = list(xml_stream.stream(io.BytesIO(part), _OdsSheets()))
    except SPOILS as error:
        raise Unreadable(damaged(ODS)) from error
    return first_filled(listed, lambda one, _sheet: _lines(part, one))


def _lines(part: bytes, listed: ListedSheet) -> Iterator[FileLine]:
    return xml_stream.stream(io.BytesIO(part), _OdsRows(int(listed.part)))


class _OdsTables(XmlHandler):
    """Counts the sheets; tables inside of anything else are none."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.at = -1

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table" and self.inside[-1:] == ["spreadsheet"]:
            self.at += 1
        self.inside.append(name)

    def end(self, name: str) -> None:
        self.inside.pop()


class _OdsSheets(_OdsTables):
    """The sheets in their order; hidden is what has a style that says so."""

    def __init__(self) -> None:
        super().__init__()
        self.style = ""
        self.hiding: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        before = self.at
        super().start(name, attributes)
        if name == "style":
            self.style = value(attributes, "name")
        elif name == "table-properties" and value(attributes, "display") == "false":
            self.hiding.add(self.style)
        elif self.at > before:
            is_visible = value(attributes, "style-name") not in self.hiding
            self.found.append(ListedSheet(value(attributes, "name"), str(self.at), is_visible))


class _OdsRows(_OdsTables):
    """The rows of one sheet that hold something."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.wanted = wanted
        self.number, self.cells, self.row = 1, Cells(), Attributes()
        self.cell, self.pieces, self.paragraphs = Attributes(), [""], 0
        self.is_text, self.handed_on = False, 0

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if self.at != self.wanted or "annotation" in self.inside:
            return
        if name == "table-row":
            self.cells, self.row = [], attributes
        elif name in {"table-cell", "covered-table-cell"}:
            self.cell, self.pieces, self.paragraphs = attributes, [], 0
        elif name == "p":
            self.is_text = True
            self.pieces += ["\n"] if self.paragraphs else []
            self.paragraphs += 1
        elif name in _BLANKS and self.is_text:
            self.pieces.append(_BLANKS[name] * min(int(value(attributes, "c") or 1), FURTHEST))

    def text(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        is_ours = self.at == self.wanted and "annotation" not in self.inside
        super().end(name)
        if not is_ours:
            return
        if name == "p":
            self.is_text = False
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif name == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        repeated = int(value(self.cell, "number-columns-repeated") or 1)
        if len(self.cells) < FURTHEST:
            self.cells += [_value(self.cell, "".join(self.pieces))] * min(repeated, FURTHEST)

    def _end_row(self) -> None:
        repeated = int(value(self.row, "number-rows-repeated") or 1)
        while self.cells and self.cells[-1] is None:
            self.cells.pop()
        if self.cells:
            is_hidden = value(self.row, "visibility") in {"collapse", "filter"}
            # One more than a table may have is enough for it to be refused.
            said = max(1, min(repeated, MOST_ROWS + 2 - self.handed_on))
            self.handed_on += said
            self.found += [FileLine(self.number + at, list(self.cells), is_hidden) for at in range(said)]
        self.number += repeated


def _value(cell: Attributes, text: str) -> Value | RefusedCell:
    kind = value(cell, "value-type")
    if value(cell, "formula"):
        return RefusedCell(FORMULA if kind else UNCALCULATED)
    try:
        if kind == "percentage":
            return Percentage.of(_number(cell))
        if kind in {"float", "currency"}:
            return number_of(_number(cell))
        if kind == "date":
            return date.fromisoformat(value(cell, "date-value")[:10])
    except ValueError:
        return RefusedCell(SPOILED)
    if kind == "boolean":
        return value(cell, "boolean-value").upper()
    return text_of(text)


def _number(cell: Attributes) -> float:
    number = float(value(cell, "value"))
    if not math.isfinite(number):
        raise ValueError(number)
    return number
