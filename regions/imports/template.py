"""Workbooks to be filled in and handed back: the figures of a branch's own area, the denominators of a province.

Always in the portal's own language, so that a file handed on says the same to everybody.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from regions import rules
from regions.coverage.grid import Grid, GridCell
from regions.imports.rows import HEADINGS
from regions.models import Definition, Denominator, Region, Segment

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
TYPED = ("workers", "participants", "counted_as", "source", "as_of")
A4 = 9
Value = str | int | date | None


class TemplateRow(NamedTuple):
    """One row: what it says by column, and the columns that may be typed."""

    values: dict[str, Value]
    typed: frozenset[str]


@translation.override(settings.LANGUAGE_CODE)
def workbook(grid: Grid) -> bytes:
    """Every figure of the grid."""
    sentences = [
        _("Fill in only the white cells of the first sheet. Grey cells are fixed."),
        _("Workers and participants are whole numbers of people. Percentages are computed by the portal."),
        _("Leave a row empty when the figure is not known yet. An empty row changes nothing."),
        *_rules(),
    ]
    lines = [_figure(cell) for cell in grid.cells.values()]
    choices = [str(definition) for definition in grid.definitions]
    return _made(
        (_("Coverage"), _("Coverage of %(year)s") % {"year": grid.year}), list(WIDTHS), lines, choices, sentences
    )


@translation.override(settings.LANGUAGE_CODE)
def of_denominators(regions: Iterable[Region], year: int) -> bytes:
    """Every region and segment of a year, with the denominators set so far; three queries."""
    regions = list(regions)
    rows = Denominator.objects.filter(region__in=regions, year=year).select_related("definition")
    known = {(row.region_id, row.segment_id): row for row in rows}
    used = {str(row) for row in Definition.objects.filter(territory__in=rules.TERRITORIES[:2])}
    choices = sorted(used | {str(_usual(region)) for region in regions})
    sentences = [
        _("Fill in only the white cells of the first sheet. Grey cells are fixed."),
        _("Workers are whole numbers of people. Each says what is counted, its source and its date."),
        _("Leave a row empty to leave the figure to the branches. An empty row changes nothing."),
        *_rules(),
    ]
    segments = list(Segment.objects.all())
    lines = [_denominator(r, year, s, known.get((r.pk, s.pk))) for r in regions for s in segments]
    columns = [name for name in WIDTHS if name != "participants"]
    title = _("Denominators of %(year)s") % {"year": year}
    return _made((_("Denominators"), title), columns, lines, choices, sentences)


def _rules() -> list[str]:
    return [
        _("Formulas are not taken. Copy the cells and paste them as values."),
        _("Do not add, rename or delete columns or sheets. A hidden column tells the portal which figure you saw."),
        _("Hand the file back on the page “Upload a workbook”. First you see every fault and every change."),
        _("Nothing is written until you confirm, and then all of it or nothing."),
        _("Filled with the figures of %(day)s.") % {"day": timezone.localdate().isoformat()},
    ]


def _figure(cell: GridCell) -> TemplateRow:
    figure = cell.figure
    known = next((one for one in (cell.denominator, figure) if one), None)
    definition = known.definition if known else _usual(cell.region)
    values: dict[str, Value] = {
        "region_code": cell.region.code,
        "region": cell.region.name,
        "year": cell.year,
        "segment": cell.segment.code,
        "workers": known and known.workers,
        "participants": figure and figure.participants,
        "counted_as": str(definition),
        "source": figure.source if figure else "",
        "as_of": figure and figure.as_of,
        "version": cell.version,
    }
    fixed = set() if cell.has_own_workers else {"workers", "counted_as"}
    return TemplateRow(values, frozenset(TYPED) - fixed if cell.is_open else frozenset())


def _denominator(region: Region, year: int, segment: Segment, known: Denominator | None) -> TemplateRow:
    values: dict[str, Value] = {
        "region_code": region.code,
        "region": region.name,
        "year": year,
        "segment": segment.code,
        "workers": known and known.workers,
        "counted_as": str(known.definition if known else _usual(region)),
        "source": known.source if known else "",
        "as_of": known and known.as_of,
        "version": known.version if known else 0,
    }
    return TemplateRow(values, frozenset(TYPED))


def _usual(region: Region) -> Definition:
    return Definition(territory=rules.TERRITORIES[0 if region.is_province else 1])


def _made(
    names: tuple[str, str], columns: list[str], lines: list[TemplateRow], choices: list[str], sentences: list[str]
) -> bytes:
    """``names`` are those of the sheet and the file; what is not typed is locked, the version hidden."""
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": names[1]})
        blank = _Blank(book, columns)
        blank.write(names[0], lines, choices)
        blank.instructions(sentences)
    return target.getvalue()


class _Blank:
    """One template being written."""

    def __init__(self, book: xlsxwriter.Workbook, columns: list[str]) -> None:
        self.book, self.columns = book, columns
        self.head = book.add_format({"bold": True, "bg_color": "#DCE8F2", "border": 1, "text_wrap": True})
        self.fixed = book.add_format({"bg_color": "#F0F2F5", "border": 1, "border_color": "#C9D1DB"})
        self.fixed_count = book.add_format({"bg_color": "#F0F2F5", "border": 1, "num_format": "#,##0"})
        open_to_typing = {"locked": False, "border": 1, "border_color": "#9AA5B1"}
        self.text = book.add_format(open_to_typing)
        self.count = book.add_format({**open_to_typing, "num_format": "#,##0"})
        self.day = book.add_format({**open_to_typing, "num_format": "yyyy-mm-dd"})
        self.big = book.add_format({"bold": True, "font_size": 14})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self, name: str, lines: list[TemplateRow], choices: list[str]) -> None:
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_row(0, 0, [str(HEADINGS[name]) for name in self.columns], self.head)
        for row, line in enumerate(lines, 1):
            for at, column in enumerate(self.columns):
                self.put(sheet, row, at, line.values[column], typed=column in line.typed)
        for at, column in enumerate(self.columns):
            sheet.set_column(at, at, WIDTHS[column], None, {"hidden": column == "version"})
        self.choices(sheet, len(lines), choices)
        sheet.freeze_panes(1, 4)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def put(self, sheet: Worksheet, row: int, at: int, value: Value, *, typed: bool) -> None:
        name = self.columns[at]
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

    def choices(self, sheet: Worksheet, last: int, names: list[str]) -> None:
        """A drop-down of the definitions, and whole numbers only, so that most slips are met while typing."""
        listed = self.book.add_worksheet(_("Lists")[:31])
        listed.write_column(0, 0, names)
        listed.hide()
        if names and last:
            at = self.columns.index("counted_as")
            source = f"='{listed.get_name()}'!$A$1:$A${len(names)}"
            sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})
        for name, least in (("workers", 1), ("participants", 0)):
            if name not in self.columns:
                continue
            at = self.columns.index(name)
            rule = {"validate": "integer", "criteria": ">=", "value": least, "error_title": _("Whole numbers only")}
            rule["error_message"] = _("Type a whole number of people, without decimals.")
            sheet.data_validation(1, at, max(last, 1), at, rule)

    def instructions(self, sentences: list[str]) -> None:
        sheet = self.book.add_worksheet(_("Instructions")[:31])
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, _("How to fill in this workbook"), self.big)
        for row, sentence in enumerate(sentences, 2):
            sheet.write_string(row, 0, sentence, self.prose)
        sheet.set_paper(A4)
        sheet.protect()
