"""A workbook being written: its formats, its sheets, their print settings."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import NamedTuple

import xlsxwriter

from scoring.exports.workbook.cells import Cell, LiveSheet

A4 = 9
HEAD_ROW = 3
FIRST = HEAD_ROW + 1
TOP_ROW = HEAD_ROW - 1
"""Rows above the names of the columns: weights, points of an item."""
NARROWEST, WIDEST = 9, 48
LONGEST_NAME = 31
LINE_HEIGHT = 15
MEASURED = 500
"""The number of rows whose texts decide the width of a column."""
PAGE_WIDTH = 160
"""Characters per line that are readable on A4 landscape."""

LOOKS: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True},
    "whole": {"num_format": "0", "align": "center"},
    "count": {"num_format": "#,##0"},
    "points": {"num_format": "0.00"},
    "exact": {"num_format": "0.00####"},
    "amount": {"num_format": "#,##0.00"},
    "percent": {"num_format": "0.00%"},
    "verdict": {"bold": True, "align": "center"},
}


class BookColumn(NamedTuple):
    name: str
    look: str = "text"
    top: Cell = None
    """The text above its name."""
    top_look: str = "percent"


@contextmanager
def book(target: io.BytesIO, title: str, *, labels: Sequence[str] = (), exporter: str, at: datetime) -> Iterator[Book]:
    """A workbook in the active language; ``title`` and ``labels`` are in the footer of every sheet."""
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **as_text}) as file:
        file.set_properties({"title": title, "author": exporter, "created": at.replace(tzinfo=None)})
        yield Book(file, title, labels)


class Book:
    def __init__(self, file: xlsxwriter.Workbook, title: str, labels: Sequence[str]) -> None:
        self.file, self.caption = file, " · ".join([title, *labels])
        self.labels = labels
        self.taken: set[str] = set()
        border = {"border": 1, "border_color": "#9AA5B1", "valign": "top"}
        self.big = file.add_format({"bold": True, "font_size": 14})
        self.plain = file.add_format({"text_wrap": True, "valign": "top"})
        self.bold = file.add_format({"bold": True, "valign": "top"})
        self.warning = file.add_format({"bold": True, "font_color": "#B00020"})
        self.head = file.add_format({**border, "bold": True, "text_wrap": True, "bg_color": "#DCE8F2"})
        self.looks = {name: file.add_format({**border, **look}) for name, look in LOOKS.items()}
        self.tops = {
            name: file.add_format({**look, "italic": True, "font_color": "#52606D", "align": "right"})
            for name, look in LOOKS.items()
        }
        self.good = file.add_format({"bg_color": "#D8F3DC", "font_color": "#1B5E20"})
        self.bad = file.add_format({"bg_color": "#FBD5D5", "font_color": "#8B0000"})

    def sheet(self, wanted: str) -> LiveSheet:
        """Add a sheet with this name, shortened if need be; sheets keep the order in which they are added."""
        name = sheet_name(wanted, self.taken)
        self.taken.add(name.casefold())
        sheet = self.file.add_worksheet(name, LiveSheet)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        source = self.caption.replace("&", "&&")
        sheet.set_footer(f"&L{source[:180]}&R&P / &N")
        return sheet

    def table(
        self, sheet: LiveSheet, title: str, columns: Sequence[BookColumn], rows: Sequence[Sequence[Cell]], keep: int = 0
    ) -> None:
        """Write a table from ``FIRST`` on; the first ``keep`` columns are frozen, and repeated on printed pages."""
        sheet.write_string(0, 0, title, self.big)
        sheet.write_string(1, 0, self.caption)
        for number, column in enumerate(columns):
            if column.top is not None:
                sheet.put(TOP_ROW, number, column.top, self.tops[column.top_look])
            sheet.write_string(HEAD_ROW, number, column.name, self.head)
        looks = [self.looks[column.look] for column in columns]
        for number, row in enumerate(rows, FIRST):
            sheet.fill(number, row, looks)
        self._measure(sheet, columns, rows, keep)
        sheet.freeze_panes(FIRST, keep)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(columns) - 1)
        sheet.repeat_rows(TOP_ROW if any(column.top is not None for column in columns) else HEAD_ROW, HEAD_ROW)

    def facts(self, sheet: LiveSheet, first: int, facts: Mapping[str, Cell]) -> int:
        """Write (label, value) pairs, one a row; returns the row after the last."""
        for row, (label, value) in enumerate(facts.items(), first):
            sheet.write_string(row, 0, label, self.bold)
            sheet.put(row, 1, value, self.plain)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 72)
        return first + len(facts)

    def _measure(
        self, sheet: LiveSheet, columns: Sequence[BookColumn], rows: Sequence[Sequence[Cell]], keep: int
    ) -> None:
        lines, widths = 1, []
        for number, column in enumerate(columns):
            texts = [row[number] for row in rows[:MEASURED]] if column.look == "text" else []
            longest = max(map(_length, texts), default=NARROWEST - 2)
            width = min(max(longest + 2, min(len(column.name) + 4, 16), NARROWEST), WIDEST)
            words = max((len(word) for word in column.name.split()), default=0)
            width = max(width, min(words + 4, 20))
            lines = max(lines, math.ceil((len(column.name) + 4) / width))
            widths.append(width)
            sheet.set_column(number, number, width)
        sheet.set_row(HEAD_ROW, LINE_HEIGHT * lines)
        together, fixed_width = sum(widths), sum(widths[:keep])
        pages = math.ceil((together - fixed_width) / (PAGE_WIDTH - min(fixed_width, PAGE_WIDTH // 2)))
        if pages > 1 and keep:
            sheet.fit_to_pages(pages, 0)
            sheet.repeat_columns(0, keep - 1)


def _length(cell: Cell) -> int:
    shown = cell[1] if isinstance(cell, tuple) else cell
    return len(shown) if isinstance(shown, str) else 0


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""A valid name for a sheet that is not in ``taken`` (casefolded): 31 characters, none of ``[]:*?/\``."""
    clean = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted)).strip(" '") or "-"
    for number in count(1):
        tail = "" if number == 1 else f" ({number})"
        name = clean[: LONGEST_NAME - len(tail)].strip(" '") + tail
        if name.casefold() not in taken | {"history"}:
            return name
    raise AssertionError("numbers do not end")
