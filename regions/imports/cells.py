"""The cells of a file of figures as values; each reader says what is wrong with the cell and how to write it."""

import re
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from paritrana.display.numbers import read_count
from paritrana.workbooks import Row
from regions import rules
from regions.models import Coverage, Definition

_LENGTHS = {
    "territory": Definition._meta.get_field("territory").max_length,
    "definition": Definition._meta.get_field("denominator").max_length,
    "source": Coverage._meta.get_field("source").max_length,
}


class Refusal(Exception):
    """Why a cell is not taken."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message


def whole(cell: object) -> int | None:
    return (
        int(cell)
        if isinstance(cell, int | float) or isinstance(cell, str) and re.fullmatch("[0-9]{1,9}", cell)
        else None
    )


def version(row: Row, column: str) -> int | None:
    typed = row.text(column).removesuffix(".0")
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", typed, re.ASCII):
        raise Refusal(_("This column belongs to the portal. Download the template again."))
    return int(typed)


def plain(row: Row, column: str) -> str:
    """The cell as text that must be there; a whole number from a spreadsheet without its decimals."""
    value = row.cells.get(column)
    if value is None:
        raise Refusal(_("This cell is empty."))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def year(row: Row, column: str) -> int:
    typed = plain(row, column)
    if not re.fullmatch(r"[0-9]{4}", typed, re.ASCII):
        raise Refusal(_("“%(typed)s” is not a year. Write four digits.") % {"typed": typed})
    rules.check_year(int(typed))
    return int(typed)


def count(row: Row, column: str) -> int:
    if row.cells.get(column) is None:
        raise Refusal(_("This cell is empty. Leave the row out when there is no figure."))
    return read_count(row.cells[column])


def workers(row: Row, column: str) -> int:
    counted = count(row, column)
    if counted < 1:
        raise Refusal(_("Without workers there is no percentage. Leave the row out."))
    return counted


def text(row: Row, column: str) -> str:
    typed = " ".join(row.text(column).split())
    if not typed and column == "territory":
        raise Refusal(_("This cell is empty."))
    if len(typed) > _LENGTHS[column]:
        raise Refusal(_("The text is longer than %(most)s characters.") % {"most": _LENGTHS[column]})
    return typed


def day(row: Row, column: str) -> date | None:
    value = row.cells.get(column)
    if value is None:
        return None
    found = value if isinstance(value, date) else _iso_day(str(value))
    rules.check_as_of(found)
    return found


def _iso_day(typed: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed, re.ASCII):
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise Refusal(_("“%(typed)s” is not a day of the calendar.") % {"typed": typed}) from error
    meant = ""
    if match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", typed, re.ASCII):
        try:
            meant = datetime(int(match[3]), int(match[2]), int(match[1])).date().isoformat()
        except ValueError:
            meant = ""
    message = _("“%(typed)s” is not read as a date. Write year-month-day, such as %(meant)s.")
    raise Refusal(message % {"typed": typed, "meant": meant or "2024-12-31"})
