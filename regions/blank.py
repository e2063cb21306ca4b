"""The workbook a branch fills in: exactly its own area, filled with what is known, to be handed back as it is."""

from __future__ import annotations

import io
from datetime import date, datetime

import xlsxwriter
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from regions.grid import Cell, Grid, usual_definition
from regions.workbooks import HEADINGS

WIDTHS = {
    "region_code": 13,
    "region": 30,
    "year": 8,
    "segment": 12,
    "workers": 15,
    "participants": 15,
    "counted_as": 38,
    "source": 30,
    "as_of": 14,
    "version": 8,
}
COLUMNS = list(WIDTHS)
TYPED = ("workers", "participants", "counted_as", "source", "as_of")
A4 = 9


def workbook(grid: Grid) -> bytes:
    """Always in the portal's own language; the columns that are not typed are locked, the last is hidden."""
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with (
        translation.override(settings.LANGUAGE_CODE),
        xlsxwriter.Workbook(target, {"in_memory": True, **plain}) as book,
    ):
        book.set_properties({"title": _("Coverage of %(year)s") % {"year": grid.year}})
        _Blank(book, grid).write()
    return target.getvalue()


class _Blank:
    """One template being written."""

    def __init__(self, book: xlsxwriter.Workbook, grid: Grid) -> None:
        self.book, self.grid = book, grid
        self.head = book.add_format({"bold": True, "bg_color": "#DCE8F2", "border": 1, "text_wrap": True})
        self.fixed = book.add_format({"bg_color": "#F0F2F5", "border": 1, "border_color": "#C9D1DB"})
        self.fixed_count = book.add_format({"bg_color": "#F0F2F5", "border": 1, "num_format": "#,##0"})
        open_to_typing = {"locked": False, "border": 1, "border_color": "#9AA5B1"}
        self.text = book.add_format(open_to_typing)
        self.count = book.add_format({**open_to_typing, "num_format": "#,##0"})
        self.day = book.add_format({**open_to_typing, "num_format": "yyyy-mm-dd"})
        self.big = book.add_format({"bold": True, "font_size": 14})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        sheet = self.book.add_worksheet(_("Coverage")[:31])
        sheet.write_row(0, 0, [str(HEADINGS[name]) for name in COLUMNS], self.head)
        row = 0
        for cell in self.grid.cells.values():
            row += 1
            self.line(sheet, row, cell)
        for at, width in enumerate(WIDTHS.values()):
            sheet.set_column(at, at, width, None, {"hidden": COLUMNS[at] == "version"})
        self.choices(sheet, row)
        sheet.freeze_panes(1, 4)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        self.instructions()

    def line(self, sheet: Worksheet, row: int, cell: Cell) -> None:
        figure, can_type = cell.figure, cell.is_open
        workers = cell.denominator.workers if cell.denominator else figure and figure.workers
        known = next((one for one in (cell.denominator, figure) if one), None)
        definition = known.definition if known else usual_definition(cell.region, self.grid.definitions)
        values: dict[str, str | int | date | None] = {
            "region_code": cell.region.code,
            "region": cell.region.name,
            "year": cell.year,
            "segment": cell.segment.code,
            "workers": workers,
            "participants": figure and figure.participants,
            "counted_as": str(definition),
            "source": figure.source if figure else "",
            "as_of": figure and figure.as_of,
            "version": cell.version,
        }
        for at, name in enumerate(COLUMNS):
            typed = name in TYPED and can_type
            if name in ("workers", "counted_as") and not cell.has_own_workers:
                typed = False
            self.put(sheet, row, at, values[name], typed=typed)

    def put(self, sheet: Worksheet, row: int, at: int, value: str | int | date | None, *, typed: bool) -> None:
        name = COLUMNS[at]
        if name in ("workers", "participants"):
            looks = self.count if typed else self.fixed_count
        elif name == "as_of":
            looks = self.day if typed else self.fixed
        else:
            looks = self.text if typed else self.fixed
        if value is None or value == "":
            sheet.write_blank(row, at, None, looks)
        elif isinstance(value, date):
            sheet.write_datetime(row, at, datetime.combine(value, datetime.min.time()), looks)
        elif isinstance(value, int):
            sheet.write_number(row, at, value, looks)
        else:
            sheet.write_string(row, at, value, looks)

    def choices(self, sheet: Worksheet, last: int) -> None:
        """A drop-down of the definitions, and whole numbers only, so that most slips are met while typing."""
        names = [str(definition) for definition in self.grid.definitions]
        listed = self.book.add_worksheet(_("Lists")[:31])
        listed.write_column(0, 0, names)
        listed.hide()
        if names and last:
            at = COLUMNS.index("counted_as")
            source = f"='{listed.get_name()}'!$A$1:$A${len(names)}"
            sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})
        for name, least in (("workers", 1), ("participants", 0)):
            at = COLUMNS.index(name)
            rule = {"validate": "integer", "criteria": ">=", "value": least, "error_title": _("Whole numbers only")}
            rule["error_message"] = _("Type a whole number of people, without decimals.")
            sheet.data_validation(1, at, max(last, 1), at, rule)

    def instructions(self) -> None:
        sheet = self.book.add_worksheet(_("Instructions")[:31])
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, _("How to fill in this workbook"), self.big)
        said = [
            _("Fill in only the white cells of the first sheet. Grey cells are fixed."),
            _("Workers and participants are whole numbers of people. Percentages are computed by the portal."),
            _("Leave a row empty when the figure is not known yet. An empty row changes nothing."),
            _("Formulas are not taken. Copy the cells and paste them as values."),
            _("Do not add, rename or delete columns or sheets. A hidden column tells the portal which figure you saw."),
            _("Hand the file back on the page “Upload a workbook”. First you see every fault and every change."),
            _("Nothing is written until you confirm, and then all of it or nothing."),
            _("Filled with the figures of %(day)s.") % {"day": timezone.localdate().isoformat()},
        ]
        for row, sentence in enumerate(said, 2):
            sheet.write_string(row, 0, sentence, self.prose)
        sheet.set_paper(A4)
        sheet.protect()
