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
from django.utils.translation import gettext as _

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
PAGE_WIDTH = 320
"""Characters per line that are readable on A4 landscape: figures of six points."""
ONE_PAGE = 45
"""The largest number of rows of a table that is set on one page."""
FIGURES = {"whole": 8, "points": 8, "percent": 8, "exact": 10}
"""Columns of short figures, and how wide these are."""
LONGEST_UPRIGHT = 6
"""Longer names of such columns are turned, so that the column is as narrow as its figures."""
TALLEST = 8 * 15

LOOKS: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "whole": {"num_format": "0", "align": "center"},
    "count": {"num_format": "#,##0"},
    "points": {"num_format": "0.00"},
    "exact": {"num_format": "0.00????"},
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
        head = {**border, "bold": True, "text_wrap": True, "bg_color": "#DCE8F2"}
        self.head = file.add_format({**head, "valign": "bottom", "align": "left", "indent": 1})
        self.turned = file.add_format({**head, "valign": "bottom", "align": "center", "rotation": 90})
        self.link = file.add_format({"font_color": "#0063A8", "underline": 1, "valign": "top"})
        self.titles: dict[str, str] = {}
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
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        sheet.set_footer(f"&L{_printed(self.caption)}&R&P / &N")
        sheet.set_header("&R&A")
        return sheet

    def table(
        self,
        sheet: LiveSheet,
        title: str,
        columns: Sequence[BookColumn],
        rows: Sequence[Sequence[Cell]],
        keep: int = 0,
        *,
        may_split: bool = True,
    ) -> None:
        """Write a table from ``FIRST`` on; the first ``keep`` columns are frozen.

        Too wide for a page it is printed on several, which repeat them, unless it may not be split.
        """
        self.titles[sheet.get_name()] = title
        sheet.write_string(0, 0, title, self.big)
        sheet.write_string(1, 0, self.caption)
        for number, column in enumerate(columns):
            if column.top is not None:
                sheet.put(TOP_ROW, number, column.top, self.tops[column.top_look])
            sheet.write_string(HEAD_ROW, number, column.name, self.turned if _is_turned(column) else self.head)
        looks = [self.looks[column.look] for column in columns]
        for number, row in enumerate(rows, FIRST):
            sheet.fill(number, row, looks)
        pages_wide = self._measure(sheet, columns, rows, keep)
        sheet.freeze_panes(FIRST, keep)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(columns) - 1)
        top = TOP_ROW if any(column.top is not None for column in columns) else HEAD_ROW
        last = HEAD_ROW + max(len(rows), 1), len(columns) - 1
        sheet.repeat_rows(top, HEAD_ROW)
        if may_split and pages_wide > 1:
            sheet.fit_to_pages(pages_wide, 0)
            sheet.repeat_columns(0, keep - 1)
            # On later pages a title in the first cell would be cut where the repeated columns end.
            sheet.set_header(f"&L&B{_printed(title)}&R&A")
            sheet.print_area(top, 0, *last)
        else:
            sheet.fit_to_pages(1, 1 if len(rows) <= ONE_PAGE else 0)
            sheet.print_area(0, 0, *last)

    def contents(self, sheet: LiveSheet, first: int) -> int:
        """Every other sheet in its order, as a link beside its title; returns the row after the last."""
        sheet.write_string(first, 0, _("Contents"), self.bold)
        names = [one.get_name() for one in self.file.worksheets() if one.get_name() in self.titles]
        for row, name in enumerate(names, first + 1):
            quoted = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{quoted}'!A1", self.link, name)
            sheet.write_string(row, 1, self.titles[name], self.plain)
        return first + 1 + len(names)

    def facts(self, sheet: LiveSheet, first: int, facts: Mapping[str, Cell]) -> int:
        """Write (label, value) pairs, one a row; returns the row after the last."""
        for row, (label, value) in enumerate(facts.items(), first):
            sheet.write_string(row, 0, label, self.bold)
            sheet.put(row, 1, value, self.plain)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 72)
        return first + len(facts)

    def _measure(
        self, sheet: LiveSheet, columns: Sequence[BookColumn], rows: Sequence[Sequence[Cell]], keep: int
    ) -> int:
        """Set widths and the height of the names; returns how many pages the table is wide."""
        lines, tallest, widths = 1, 0, []
        for number, column in enumerate(columns):
            width = (
                FIGURES[column.look] if _is_turned(column) else _width(column, [row[number] for row in rows[:MEASURED]])
            )
            if _is_turned(column):
                tallest = max(tallest, min(6 * len(column.name) + LINE_HEIGHT, TALLEST))
            else:
                lines = max(lines, math.ceil((len(column.name) + 4) / width))
            widths.append(width)
            sheet.set_column(number, number, width)
        sheet.set_row(HEAD_ROW, max(LINE_HEIGHT * lines, tallest))
        together, fixed_width = sum(widths), sum(widths[:keep])
        pages = math.ceil((together - fixed_width) / (PAGE_WIDTH - min(fixed_width, PAGE_WIDTH // 2)))
        return pages if keep else 1


def _printed(text: str) -> str:
    """Plain text in a header or footer, which holds 255 characters, and where ``&`` begins a code."""
    return text[:180].replace("&", "&&")


def _is_turned(column: BookColumn) -> bool:
    return column.look in FIGURES and len(column.name) > LONGEST_UPRIGHT


def _width(column: BookColumn, cells: Sequence[Cell]) -> int:
    """Wide enough for the texts, up to a limit, and for each word of the name."""
    longest = max(map(_length, cells), default=0) if column.look == "text" else NARROWEST - 2
    width = min(max(longest + 2, min(len(column.name) + 4, 16), NARROWEST), WIDEST)
    words = max((len(word) for word in column.name.split()), default=0)
    return max(width, min(words + 4, 20))


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
