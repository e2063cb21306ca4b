"""Workbooks of LibreOffice and OpenOffice (.ods): each cell says itself whether it is a number, a share or a day."""

import io
import math
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element  # nosec B405  (only the type)

from django.utils.translation import gettext as _

from paritrana.display.numbers import Percentage
from paritrana.workbooks import archive
from paritrana.workbooks.book import FORMULA, SPOILED, SPOILS, UNCALCULATED, ListedSheet, first_filled
from paritrana.workbooks.grid import (
    MOST_ROWS,
    Cells,
    FileLine,
    FileSheet,
    MergedCells,
    RefusedCell,
    Unreadable,
    Value,
    number_of,
    text_of,
)
from paritrana.workbooks.kinds import ODS, damaged
from paritrana.workbooks.xml_stream import elements, local, named, value

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
FURTHEST = 16_384
HIDING = {"collapse", "filter"}
_SHEETS = "spreadsheet"
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}


def opened(content: bytes) -> FileSheet:
    try:
        with archive.opened(content) as book:
            if MANIFEST in book.namelist() and b"encryption-data" in book.read(MANIFEST):
                raise Unreadable(_("The workbook is protected by a password. Save it without one and upload it again."))
            part = book.read(CONTENT)
        listed = list(_sheets(part))
    except SPOILS as error:
        raise Unreadable(damaged(ODS)) from error
    return first_filled(listed, lambda one, sheet: _lines(part, int(one.part), sheet))


def _sheets(part: bytes) -> Iterator[ListedSheet]:
    """In their order; hidden is what has a style that says so."""
    hiding = set()
    at = 0
    for path, element in elements(io.BytesIO(part), "style", begun="table"):
        if path[-1] == "style":
            if any(value(each, "display") == "false" for each in named(element, "table-properties")):
                hiding.add(value(element, "name"))
        elif path[-2] == _SHEETS:
            yield ListedSheet(value(element, "name"), str(at), value(element, "style-name") not in hiding)
            at += 1


def _lines(part: bytes, wanted: int, sheet: FileSheet) -> Iterator[FileLine]:
    """The rows of one sheet that hold something; tables inside of anything else are no sheets."""
    at, number, said, column = -1, 1, 0, 0
    for path, element in elements(io.BytesIO(part), "table-column", "table-row", begun="table"):
        if path[-1] == "table":
            at += path[-2] == _SHEETS
            if at > wanted:
                return
        elif at == wanted and path[path.index(_SHEETS) + 1] == "table" and path.count("table") == 1:
            if path[-1] == "table-column":
                past = column + min(int(value(element, "number-columns-repeated") or 1), FURTHEST)
                sheet.hidden |= set(range(column, past)) if value(element, "visibility") in HIDING else set()
                column = past
                continue
            cells = _cells(element)
            sheet.merged += _merged(element, number)
            repeated = int(value(element, "number-rows-repeated") or 1)
            is_hidden = value(element, "visibility") in HIDING
            # One more than a table may have is enough for it to be refused.
            for each in range(max(1, min(repeated, MOST_ROWS + 2 - said)) if cells else 0):
                said += 1
                yield FileLine(number + each, list(cells), is_hidden)
            number += repeated


def _cells(row: Element) -> Cells:
    cells: Cells = []
    for cell in named(row, "table-cell", "covered-table-cell"):
        repeated = int(value(cell, "number-columns-repeated") or 1)
        cells += [_value(cell)] * min(repeated, FURTHEST - len(cells))
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _merged(row: Element, number: int) -> Iterator[MergedCells]:
    at = 0
    for cell in named(row, "table-cell", "covered-table-cell"):
        down, across = (int(value(cell, f"number-{name}-spanned") or 1) for name in ("rows", "columns"))
        if max(down, across) > 1:
            yield MergedCells(number, number + min(down, MOST_ROWS) - 1, at, at + min(across, FURTHEST) - 1)
        at += int(value(cell, "number-columns-repeated") or 1)


def _text(element: Element) -> str:
    """What is shown of a paragraph."""
    pieces = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name in _BLANKS:
            pieces.append(_BLANKS[name] * min(int(value(child, "c") or 1), FURTHEST))
        elif name != "annotation":
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _value(cell: Element) -> Value | RefusedCell:
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
    return text_of("\n".join(_text(paragraph) for paragraph in named(cell, "p")))


def _number(cell: Element) -> float:
    number = float(value(cell, "value"))
    if not math.isfinite(number):
        raise ValueError(number)
    return number
