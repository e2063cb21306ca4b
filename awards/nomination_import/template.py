"""The workbook to be filled in: one row a candidate, drop-downs, locked headings, and how to fill it in."""

from __future__ import annotations

import io

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Category, Selection
from awards.nomination_import.columns import TemplateColumn, columns_of
from awards.nomination_import.rows import MOST

WIDTH = 22
A4 = 9


@translation.override(settings.LANGUAGE_CODE)
def workbook(selection: Selection, category: Category) -> bytes:
    """Always in the portal's own language, so that a file handed on says the same to everybody."""
    columns = columns_of(selection, category)
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": f"{category} – {selection}"})
        _rows(book, columns)
        _instructions(book, columns, selection, category)
    return target.getvalue()


def _rows(book: xlsxwriter.Workbook, columns: list[TemplateColumn]) -> None:
    sheet = book.add_worksheet(_("Nominations")[:31])
    head = book.add_format({"bold": True, "bg_color": "#DCE8F2", "border": 1, "text_wrap": True, "valign": "top"})
    typed = book.add_format({"locked": False, "num_format": "@", "border": 1, "border_color": "#C9D1DB"})
    number = book.add_format({"locked": False, "num_format": "#,##0.##", "border": 1, "border_color": "#C9D1DB"})
    lists = book.add_worksheet(_("Lists")[:31])
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.heading, head)
        sheet.set_column(at, at, WIDTH, number if column.is_number else typed)
        if column.choices:
            lists.write_column(0, at, column.choices)
            letter = xlsxwriter.utility.xl_col_to_name(at, col_abs=True)
            source = f"='{lists.get_name()}'!{letter}$1:{letter}${len(column.choices)}"
            sheet.data_validation(1, at, MOST, at, {"validate": "list", "source": source})
    lists.hide()
    sheet.set_row(0, 60)
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True})
    sheet.set_landscape()
    sheet.set_paper(A4)


def _instructions(
    book: xlsxwriter.Workbook, columns: list[TemplateColumn], selection: Selection, category: Category
) -> None:
    sheet = book.add_worksheet(_("Instructions")[:31])
    prose = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110, prose)
    sentences = [
        f"{category} – {selection}",
        _("One row for each candidate on the first sheet; headings are fixed."),
        _("Who is known by NPP is taken over as known. Where only the name is the same, you are asked."),
        _("An answer may be left empty and given later in the form. Evidence is attached in the form."),
        _("Formulas are not taken. Copy the cells and paste them as values."),
        _("First you see every fault and every draft it would make. Nothing is written until you confirm."),
        *(f"{column.heading}: {column.hint}" for column in columns if column.hint),
    ]
    for row, sentence in enumerate(sentences):
        sheet.write_string(row, 0, sentence, prose)
    sheet.set_paper(A4)
    sheet.protect()
