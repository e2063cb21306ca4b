"""A sheet as a table: one row of headings, then rows by column name; every fault with its row and column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display.formats import ranges
from paritrana.workbooks import cells, csv_file, headings, kinds, ods_file, xlsx_file
from paritrana.workbooks.grid import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    FileLine,
    FileSheet,
    MergedCells,
    RefusedCell,
    Unreadable,
    Value,
)

READERS = {kinds.TEXT: csv_file.opened, kinds.XLSX: xlsx_file.opened, kinds.ODS: ods_file.opened}
TELL_EVERY = 500
MOST_NAMED = 20
"""So many rows a sentence names at most."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """A fault and its place; ``row`` counts from 1 with the header, as spreadsheets do."""

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
    """``number`` as in a spreadsheet; ``refused`` are columns whose cell already has a fault."""

    number: int
    cells: dict[str, Value]
    refused: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """The cell as text; empty without one."""
        value = self.cells.get(column)
        return "" if value is None else str(value)


@dataclass
class Table:
    """``columns`` in the file's order and lower case; ``rows`` without blank ones; ``digest`` is the file's sha256.

    ``header`` is the row of the headings and ``letters`` the columns they stand in. ``sheet`` names the sheet of a
    workbook that was read, ``unread`` those that were not; ``notes`` are sentences about how the file was read;
    ``hidden`` are the columns nobody sees in a spreadsheet.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""
    sheet: str = ""
    unread: list[str] = field(default_factory=list)
    header: int = 1
    letters: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def remarks(self) -> list[str]:
        """What the reader of a report has to know besides the faults: what was read how, and what was not."""
        unread = _("Sheets not read: %(sheets)s.") % {"sheets": ", ".join(self.unread)}
        read = _("Sheet read: %(sheet)s.") % {"sheet": self.sheet}
        return [*([read] if self.sheet else []), *([unread] if self.unread else []), *self.notes]

    def note_doubles(self) -> None:
        for name in sorted({name for name in self.columns if self.columns.count(name) > 1}):
            self.faults.append(Fault(self.header, name or "?", gettext_lazy("This column is there twice.")))


def read_path(path: Path) -> Table:
    """``read_table`` for a file on disk."""
    try:
        with path.open("rb") as file:
            return read_table(file, path.name)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %(reason)s.") % {"reason": error.strerror}) from error


def read_table(file: BinaryIO, name: str, tell: Tell | None = None) -> Table:
    """Read a seekable file completely; ``name`` is its name. Raises Unreadable.

    ``tell`` is called now and then with the rows read so far and the number of rows stated in the file.
    """
    if file.seek(0, SEEK_END) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": LARGEST_FILE // 1024 // 1024})
    file.seek(0)
    content = file.read()
    sheet = READERS[kinds.kind_of(content, name)](content)
    table = _tabulated(sheet, tell)
    table.sheet, table.unread = sheet.title, sheet.unread
    table.digest = sha256(content).hexdigest()
    return table


def _tabulated(sheet: FileSheet, tell: Tell | None) -> Table:
    header, above, below = headings.found(sheet.lines)
    if header is None:
        raise Unreadable(_("The file is empty: its first row must name the columns.") + _others(sheet))
    header, second, below = headings.on_two_lines(header, below)
    table = Table(header=header.number, notes=list(sheet.notes))
    columns = headings.names_of(header.cells)
    table.columns = list(columns.values())
    table.letters = [headings.letter(at) for at in columns]
    table.hidden = [name for at, name in columns.items() if at in sheet.hidden]
    if max(columns) - min(columns) >= MOST_COLUMNS:
        raise Unreadable(_("The table has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    table.note_doubles()
    _note_beginning(table, above)
    if second:
        table.notes.append(_("The headings stand on two lines, of which row %(row)s is the lower.") % {"row": second})
    hidden = _take_rows(table, columns, _with_progress(below, sheet, tell) if tell else below, header.parts)
    _refuse_merged(table, columns, sheet.merged)
    if hidden:
        table.notes.append(_("Hidden rows are taken like all others: %(rows)s.") % {"rows": ranges(hidden, MOST_NAMED)})
    if not table.rows and not table.faults:
        raise Unreadable(_("The file has no rows under its header.") + _others(sheet))
    return table


def _others(sheet: FileSheet) -> str:
    """The sheets the rows may stand on instead."""
    return " " + _("Sheets not read: %(sheets)s.") % {"sheets": ", ".join(sheet.unread)} if sheet.unread else ""


def _note_beginning(table: Table, above: list[FileLine]) -> None:
    cell = f"{table.letters[0]}{table.header}"
    if cell != "A1":
        table.notes.append(_("The table begins in cell %(cell)s.") % {"cell": cell})
    if above:
        rows = ranges([line.number for line in above], MOST_NAMED)
        table.notes.append(_("Rows above the headings are not read: %(rows)s.") % {"rows": rows})


def _with_progress(lines: Iterator[FileLine], sheet: FileSheet, tell: Tell) -> Iterator[FileLine]:
    tell(0, sheet.claimed)
    for number, line in enumerate(lines, 1):
        if number % TELL_EVERY == 0:
            tell(number, max(number, sheet.claimed))
        yield line


def _take_rows(table: Table, columns: dict[int, str], lines: Iterator[FileLine], parts: int) -> list[int]:
    """Fill the table; the numbers of the hidden rows among them. A row of a text table has no more than ``parts``."""
    hidden = []
    for line in lines:
        if line.number > table.header + MOST_ROWS:
            told = {"most": MOST_ROWS, "row": line.number}
            raise Unreadable(_("The table has more than %(most)s rows; row %(row)s is filled.") % told)
        if line.is_hidden:
            hidden.append(line.number)
        if line.parts > parts:
            table.faults.append(_too_long(line, parts))
        else:
            _take_row(table, columns, line)
    return hidden


def _take_row(table: Table, columns: dict[int, str], line: FileLine) -> None:
    taken: dict[str, Value] = dict.fromkeys(table.columns)
    refused: set[str] = set()
    for at, cell in enumerate(line.cells):
        if cell is None:
            continue
        name = columns.get(at)
        if name is None:
            table.faults.append(_stray(line, at))
            return
        value = cells.taken(cell)
        if isinstance(value, RefusedCell):
            table.faults.append(Fault(line.number, name, value.reason))
            refused.add(name)
        else:
            taken[name] = value
    table.rows.append(Row(line.number, taken, frozenset(refused)))


def _refuse_merged(table: Table, columns: dict[int, str], merged: list[MergedCells]) -> None:
    """Refuse cells another is drawn over: they are empty, or hold something else, whatever a person sees there."""
    places = {row.number: at for at, row in enumerate(table.rows)} if merged else {}
    for top, bottom, left, right in merged:
        text = _("This cell is merged with cell %(cell)s. Separate them, and fill in every row.")
        message = text % {"cell": f"{headings.letter(left)}{top}"}
        for number in filter(places.__contains__, range(max(top, table.header + 1), bottom + 1)):
            row = table.rows[places[number]]
            drawn_over = {columns[at] for at in range(left + (number == top), right + 1) if at in columns}
            wrong = {name for name in drawn_over - row.refused if number > top or row.cells[name] is not None}
            table.faults += [Fault(number, name, message) for name in sorted(wrong)]
            table.rows[places[number]] = replace(row, refused=row.refused | wrong)


def _too_long(line: FileLine, parts: int) -> Fault:
    message = _("The row has %(more)s cells under %(parts)s headings. Put a number or text with a comma in quotes.")
    return Fault(line.number, "", message % {"more": line.parts, "parts": parts})


def _stray(line: FileLine, at: int) -> Fault:
    message = _("Cell %(cell)s has no heading. Is there a comma inside a number, or something next to the table?")
    return Fault(line.number, "", message % {"cell": f"{headings.letter(at)}{line.number}"})
