"""A sheet as a table: one header row, then rows by column name; every fault with its row and column."""

import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import SEEK_END
from pathlib import Path, PurePath
from typing import BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks import csv_file, xlsx_file
from paritrana.workbooks.grid import (
    LARGEST_FILE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Cells,
    FileSheet,
    RefusedCell,
    Unreadable,
    Value,
)

READERS = {".csv": csv_file.opened, ".xlsx": xlsx_file.opened}
TELL_EVERY = 500
Tell = Callable[[int, int], None]
Believed = TypeVar("Believed")


@dataclass(frozen=True)
class Fault:
    """What is wrong where; ``row`` counts from 1 with the header, as a spreadsheet shows it."""

    row: int
    column: str
    message: str | Promise

    def __str__(self) -> str:
        where = {"row": self.row, "column": self.column, "message": self.message}
        if not self.column:
            return _("row %(row)s: %(message)s") % where
        return _("row %(row)s, column %(column)s: %(message)s") % where


@dataclass(frozen=True)
class Row:
    """``number`` as a spreadsheet counts; ``refused`` are columns whose cell already has its fault."""

    number: int
    cells: dict[str, Value]
    refused: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """The cell as text; empty text when there is none."""
        value = self.cells.get(column)
        return "" if value is None else str(value)


@dataclass
class Table:
    """``columns`` in the file's order and lower case; ``rows`` without blank ones; ``digest`` is the file's sha256.

    ``sheet`` names the sheet of a workbook that was read, ``unread`` the visible ones that were not.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""
    sheet: str = ""
    unread: list[str] = field(default_factory=list)

    def require(self, needed: Iterable[str], known: Collection[str]) -> None:
        """Note what is missing among the columns, and what nobody would read."""
        for name in needed:
            if name not in self.columns:
                self.faults.append(Fault(1, name, gettext_lazy("This column is missing.")))
        for name in self.columns:
            if name not in known:
                message = _("Nobody reads this column. Remove it, or use one of: %(known)s.")
                self.faults.append(Fault(1, name or "?", message % {"known": ", ".join(known)}))

    def believe(
        self, believed: Callable[[Row], Believed], key: Callable[[Believed], Hashable], twice: str
    ) -> tuple[list[Believed], list[Fault]]:
        """What ``believed`` makes of every row, and all faults by row; nothing when the columns are wrong already.

        ``believed`` raises ValidationError with the column at fault as its code; ``twice`` is said of a repeated key.
        """
        if any(fault.row == 1 for fault in self.faults):
            return [], self.faults
        found: dict[Hashable, Believed] = {}
        for row in self.rows:
            try:
                value = believed(row)
            except ValidationError as refusal:
                self.faults.append(Fault(row.number, refusal.code or "", refusal.messages[0]))
                continue
            if key(value) in found:
                self.faults.append(Fault(row.number, "", twice))
            found[key(value)] = value
        return list(found.values()), sorted(self.faults, key=lambda fault: fault.row)

    def rename(self, names: Mapping[str, str]) -> None:
        """Call columns by other names, in the rows and the faults as well."""
        own = {name: names.get(name, name) for name in self.columns}
        self.columns = [own[name] for name in self.columns]
        self.rows = [
            Row(
                row.number,
                {own[name]: value for name, value in row.cells.items()},
                frozenset(own[name] for name in row.refused),
            )
            for row in self.rows
        ]
        self.faults = [Fault(fault.row, own.get(fault.column, fault.column), fault.message) for fault in self.faults]


def read_path(path: Path) -> Table:
    """``read_table`` for a file on disk."""
    try:
        with path.open("rb") as file:
            return read_table(file, path.name)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}) from error


def read_table(file: BinaryIO, name: str, tell: Tell | None = None) -> Table:
    """Read a seekable file whole; ``name`` decides by its ending how. Raises Unreadable.

    ``tell`` is told now and then how many rows are read, and of how many the file says it has.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Unreadable(_("Only .csv and .xlsx files are read."))
    if file.seek(0, SEEK_END) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": LARGEST_FILE // 1024 // 1024})
    file.seek(0)
    content = file.read()
    sheet = reader(content)
    table = _tabulated(_with_progress(sheet, tell) if tell else sheet.rows)
    table.sheet, table.unread = sheet.title, sheet.unread
    table.digest = sha256(content).hexdigest()
    return table


def _with_progress(sheet: FileSheet, tell: Tell) -> Iterator[Cells]:
    for number, cells in enumerate(sheet.rows):
        if number % TELL_EVERY == 0:
            tell(number, max(number, sheet.claimed))
        yield cells


def _tabulated(lines: Iterator[Cells]) -> Table:
    table = Table()
    for number, cells in enumerate(lines, 1):
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The table has more than %(most)s rows.") % {"most": MOST_ROWS})
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_("The table has more than %(most)s columns.") % {"most": MOST_COLUMNS})
        if number == 1:
            _take_header(table, cells)
        elif cells:
            _take_row(table, number, cells)
    if not table.columns:
        raise Unreadable(_("The file is empty: its first row must name the columns."))
    if not table.rows and not table.faults:
        raise Unreadable(_("The file has no rows under its header."))
    return table


def _take_header(table: Table, cells: Cells) -> None:
    table.columns = ["" if isinstance(cell, RefusedCell) or cell is None else str(cell).lower() for cell in cells]
    for name in {name for name in table.columns if table.columns.count(name) > 1}:
        table.faults.append(Fault(1, name or "?", gettext_lazy("This column is there twice.")))


def _take_row(table: Table, number: int, cells: Cells) -> None:
    if len(cells) > len(table.columns):
        message = _("The row has %(cells)s cells under %(columns)s columns; is there a comma inside a number?")
        counts = {"cells": len(cells), "columns": len(table.columns)}
        table.faults.append(Fault(number, "", message % counts))
        return
    taken: dict[str, Value] = {}
    refused: set[str] = set()
    for name, cell in zip(table.columns, cells, strict=False):
        refusal = cell.reason if isinstance(cell, RefusedCell) else _unfit(cell)
        if refusal:
            table.faults.append(Fault(number, name, refusal))
            refused.add(name)
        elif not isinstance(cell, RefusedCell):
            taken[name] = cell
    table.rows.append(Row(number, taken, frozenset(refused)))


def _unfit(cell: Value) -> str | None:
    if not isinstance(cell, str):
        return None
    if len(cell) > LONGEST_CELL:
        return _("The text is longer than %(most)s characters.") % {"most": LONGEST_CELL}
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in cell):
        return _("The text holds characters that cannot be shown.")
    return None
