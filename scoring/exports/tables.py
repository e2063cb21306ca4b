"""Tables that can be written as a workbook or as PDF: marks, rundown, attendance list."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.display import formats
from paritrana.display.pdf import typeset
from scoring.exports.workbook.book import FIRST, BookColumn, book
from scoring.exports.workbook.cells import Cell, across
from scoring.models import Panel, Seat


def called(selection: Selection) -> tuple[str, dict[int, str]]:
    """The panel's rule, and order of a seat -> the juror's name in exports; empty without a panel.

    Letters are shuffled with the installation's secret, so that the order in the decree does not reveal them.
    """
    panel = Panel.objects.filter(selection=selection).first()
    if panel is None:
        return Panel.Disclosure.LETTERS, {}
    seats = {seat.order: seat for seat in Seat.objects.filter(panel=panel).with_people()}
    if panel.disclosure == Panel.Disclosure.NAMES:
        return panel.disclosure, {order: str(seat.user) for order, seat in seats.items()}
    drawn = sorted(seats, key=lambda order: salted_hmac("jurors", f"{selection.slug} {order}").hexdigest())
    return panel.disclosure, {order: _("Juror %(letter)s") % {"letter": _letter(n)} for n, order in enumerate(drawn)}


def _letter(number: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    return (_letter(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)


@dataclass(frozen=True)
class ExportTable:
    """``rows`` hold texts, hundredths (int) for marks and means, or None.

    ``means`` are columns that are the mean of neighbouring columns: column -> (first, last).
    """

    name: str
    head: list[str]
    rows: list[list[str | int | None]]
    means: dict[int, tuple[int, int]] = field(default_factory=dict)
    widths: list[str] = field(default_factory=list)
    """Column widths on paper, in typst's notation."""

    def is_figure(self, column: int) -> bool:
        return any(isinstance(row[column], int) for row in self.rows)


def as_workbook(
    title: str, tables: Sequence[ExportTable], *, labels: Sequence[str], exporter: str, at: datetime
) -> bytes:
    target = io.BytesIO()
    with book(target, title, labels=labels, exporter=exporter, at=at) as made:
        for table in tables:
            columns = [
                BookColumn(name, "points" if table.is_figure(number) else "text")
                for number, name in enumerate(table.head)
            ]
            rows = [_cells(table, row, number) for number, row in enumerate(table.rows, FIRST)]
            made.table(made.sheet(table.name), f"{title} · {table.name}", columns, rows, keep=1)
    return target.getvalue()


def _cells(table: ExportTable, row: list[str | int | None], number: int) -> list[Cell]:
    cells: list[Cell] = [each / 100 if isinstance(each, int) else each for each in row]
    for column, (first, last) in table.means.items():
        own, value = across(number, first, last), cells[column]
        formula = f'IF(COUNT({own})=0,"",ROUND(ROUND(SUM({own})*100,0)/COUNT({own}),0)/100)'
        cells[column] = (formula, "" if value is None else value)
    return cells


def as_pdf(title: str, subject: str, tables: Sequence[ExportTable], *, source: str, at: datetime) -> bytes:
    """Each table on its own pages, A4 landscape."""
    content = {
        "title": title,
        "subject": subject,
        "source": source,
        "tables": [
            {
                "name": table.name,
                "head": table.head,
                "rows": [[_text(cell) for cell in row] for row in table.rows],
                "numbers": [number for number in range(len(table.head)) if table.is_figure(number)],
                "widths": table.widths,
            }
            for table in tables
        ],
    }
    return typeset("tables", content, at=at)


def _text(cell: str | int | None) -> str:
    return formats.hundredths(cell) if isinstance(cell, int) else cell or ""
