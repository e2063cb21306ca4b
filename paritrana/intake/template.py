"""The workbook to be filled in and handed back: rows that are known already, drop-downs, locked cells, instructions.

Always in the portal's own language, so that a file handed on says the same to everybody.
"""

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from paritrana.display.numbers import HundredthsField
from paritrana.intake.columns import Column
from paritrana.intake.description import Intake
from paritrana.intake.fields import DayCellField, TextField, YearField

BLANK_ROWS = 500
"""Rows open for typing under the headings where the portal gives none."""
LOCKED = "_locked"
A4 = 9


@translation.override(settings.LANGUAGE_CODE)
def workbook(intake: Intake) -> bytes:
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": str(intake.title)})
        _Template(book, intake).write()
        _instructions(book, intake)
    return target.getvalue()


class _Template:
    def __init__(self, book: xlsxwriter.Workbook, intake: Intake) -> None:
        self.book, self.intake = book, intake
        self.columns = [column for column in intake.table.values() if not column.is_extra]
        self.head = book.add_format({"bold": True, "bg_color": "#DCE8F2", "border": 1, "text_wrap": True})
        fixed = {"bg_color": "#F0F2F5", "border": 1, "border_color": "#C9D1DB"}
        typed = {"locked": False, "border": 1, "border_color": "#9AA5B1"}
        self.formats = {
            (is_typed, kind): book.add_format({**(typed if is_typed else fixed), **number})
            for is_typed in (True, False)
            for kind, number in _NUMBERS.items()
        }

    def write(self) -> None:
        sheet = self.book.add_worksheet(str(self.intake.title)[:31])
        sheet.write_row(0, 0, [column.heading for column in self.columns], self.head)
        lines = list(self.intake.lines())
        for row, line in enumerate(lines, 1):
            locked = line.get(LOCKED, ())
            for at, column in enumerate(self.columns):
                is_typed = not (column.is_fixed or column.name in locked)
                self._put(sheet, (row, at), line.get(column.name), column, is_typed=is_typed)
        for at, column in enumerate(self.columns):
            looks = None if lines else self.formats[True, _kind(column)]
            sheet.set_column(at, at, column.width, looks, {"hidden": column.is_hidden})
        self._restrict(sheet, len(lines) or min(BLANK_ROWS, self.intake.most_rows))
        sheet.freeze_panes(1, 1)
        allowed = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        sheet.protect("", allowed if lines else {**allowed, "insert_rows": True, "delete_rows": True})
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _put(self, sheet: Worksheet, at: tuple[int, int], value: Any, column: Column, *, is_typed: bool) -> None:
        looks = self.formats[is_typed, _kind(column)]
        if value is None or value == "":
            sheet.write_blank(*at, None, looks)
        elif isinstance(value, date):
            sheet.write_datetime(*at, datetime.combine(value, datetime.min.time()), looks)
        elif isinstance(value, int):
            sheet.write_number(*at, value / 100 if isinstance(column.field, HundredthsField) else value, looks)
        else:
            sheet.write_string(*at, str(column.field.prepare_value(value)), looks)

    def _restrict(self, sheet: Worksheet, last: int) -> None:
        """Drop-downs, and whole numbers where people are counted: most slips are met while typing."""
        lists = self.book.add_worksheet(_("Lists")[:31])
        lists.hide()
        for at, column in enumerate(self.columns):
            if column.is_fixed or column.is_for_the_eye:
                continue
            if choices := column.choices:
                lists.write_column(0, at, choices)
                letter = xl_col_to_name(at, col_abs=True)
                source = f"='{lists.get_name()}'!{letter}$1:{letter}${len(choices)}"
                sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})
            elif column.is_count:
                least = getattr(column.field, "min_value", 0)
                rule = {"validate": "integer", "criteria": ">=", "value": least, "error_title": _("Whole numbers only")}
                rule["error_message"] = _("Type a whole number, without decimals.")
                sheet.data_validation(1, at, last, at, rule)


_NUMBERS: dict[str, dict[str, str]] = {
    "text": {},
    "code": {"num_format": "@"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.##"},
    "share": {"num_format": "0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
}


def _kind(column: Column) -> str:
    if column.is_count:
        return "count"
    if column.is_number:
        return "number"
    if isinstance(column.field, HundredthsField):
        return "share"
    if isinstance(column.field, DayCellField):
        return "day"
    return "text" if isinstance(column.field, TextField | YearField) else "code"


def _instructions(book: xlsxwriter.Workbook, intake: Intake) -> None:
    sheet = book.add_worksheet(_("Instructions")[:31])
    big = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#DCE8F2", "border": 1})
    prose = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, prose)
    sheet.set_column(1, 1, 70, prose)
    sheet.set_column(2, 2, 26, prose)
    sheet.write_string(0, 0, _("How to fill in this workbook"), big)
    sentences = [*intake.instructions(), *_rules()]
    for row, sentence in enumerate(sentences, 2):
        sheet.merge_range(row, 0, row, 2, sentence, prose)
    below = len(sentences) + 3
    sheet.write_row(below, 0, [_("Column"), _("What to write"), _("Example")], head)
    for row, described in enumerate(described_columns(intake), below + 1):
        sheet.write_row(row, 0, [described["heading"], described["help"], described["example"]], prose)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _rules() -> list[str]:
    return [
        _("Formulas are not taken. Copy the cells and paste them as values."),
        _("Do not add, rename or delete columns. Grey cells and hidden columns belong to the portal."),
        _("First you see every fault and every change. Nothing is written until you confirm, and then all or nothing."),
    ]


def described_columns(intake: Intake) -> list[dict[str, str]]:
    """The columns in words: for the template, the page of the upload and the help."""
    return [
        {
            "heading": column.heading,
            "help": " ".join(filter(None, [column.help, _need(intake, column)])),
            "example": str(column.example),
        }
        for column in intake.table.values()
        if not (column.is_hidden or column.is_for_the_eye)
    ]


def _need(intake: Intake, column: Column) -> str:
    for group in intake.either:
        if column.name in group:
            others = [intake.table[name].heading for name in group if name != column.name]
            return _("Either this or: %(columns)s.") % {"columns": ", ".join(others)}
    return "" if column.field.required else _("May be left empty.")
