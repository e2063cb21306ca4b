"""A table read by its description: every row that can be believed, and every fault with its row and column."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from paritrana.intake.asking import AskedCell, Asking
from paritrana.intake.columns import Column
from paritrana.intake.description import Intake, ReadRow
from paritrana.intake.questions import Answers, AskedQuestion, SeveralMeanings
from paritrana.workbooks import Fault, Row, Table
from paritrana.workbooks.headings import letter, likened

COUNTED_FROM = 3
_ABSENT = object()
_SUM = re.compile(
    r"\W*(?:(?:grand|sub)\W*)?(total|jumlah|jml|keseluruhan|rata-rata|rerata|average)\b.{0,60}", re.IGNORECASE
)
"""What a row that sums the others is called."""
_NOTE = re.compile(
    r"\W*(catatan|keterangan|ket|sumber|note|notes|source)\b\W.*|mengetahui\W*", re.IGNORECASE | re.DOTALL
)
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")
"""Between the letters of J U M L A H."""
_NUMBERING = {"no", "nomor", "nr", "no urut", "no. urut", "nomor urut", "#"}
"""What a column that numbers the rows is called."""
_IN_ONE_CELL = re.compile(r"[,;|\t].*[,;|\t]")
_UNIT = re.compile(
    r"\s*\((orang|org|jiwa|tk|%|persen|rp|rupiah|kemendagri|wajib|opsional|people|required|optional)\)\W*$"
)


@dataclass
class TableReading:
    """``numbers`` are the rows the file has, ``empty`` are those of the template that nobody filled in.

    ``open`` rows wait for an answer to one of the ``questions``, which have options; ``left_out`` ones repeat another.
    """

    rows: list[ReadRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    questions: list[AskedQuestion] = field(default_factory=list)


def read(intake: Intake, table: Table, answers: Answers | None = None) -> TableReading:
    """Every row of the table; nothing of it when its columns are wrong already."""
    reader = _Reader(intake, table, answers or {})
    numbers = sorted({row.number for row in table.rows} | {fault.row for fault in table.faults} - {table.header})
    found = TableReading(faults=[*reader.renamed(table.faults), *reader.heading_faults(table)], numbers=numbers)
    if len(table.rows) > intake.most_rows:
        message = _("The table has more than %(most)s rows. Divide it.") % {"most": intake.most_rows}
        found.faults.append(Fault(table.header, "", message))
    if any(fault.row <= table.header for fault in found.faults):
        return found
    unread = _("This column only numbers the rows and is not read.")
    found.warnings += [Fault(table.header, heading, unread) for heading in sorted(reader.numbering)]
    hidden = _("This column is hidden in the file; it is read like the others.")
    found.warnings += [Fault(table.header, name, hidden) for name in reader.hidden(table)]
    for row in table.rows:
        reader.take(row, found)
    reader.ask(found)
    apart = intake.together(found.rows)
    found.faults += apart
    refused = {fault.row for fault in apart}
    found.rows = _without(found.rows, refused)
    found.faults.sort(key=lambda fault: fault.row)
    return found


def _without(rows: list[ReadRow], numbers: set[int]) -> list[ReadRow]:
    return [row for row in rows if row.row not in numbers] if numbers else rows


def place_of(intake: Intake, table: Table) -> dict[str, str]:
    """How a person finds each column of the file: its letter, and the heading the template gives it."""
    found = {name: column.heading for name, column in intake.table.items()}
    spelled = _spelled(intake)
    standing: dict[str, list[str]] = defaultdict(list)
    for at, heading in enumerate(table.columns):
        column = _column_called(heading, spelled)
        standing[column.name if column else heading].append(table.letters[at] if table.letters else letter(at))
    return found | {name: f"{', '.join(where)} · {found.get(name, name)}" for name, where in standing.items()}


def _spelled(intake: Intake) -> dict[str, Column]:
    return {likened(name): column for column in intake.table.values() for name in column.spellings()}


def _column_called(heading: str, spelled: dict[str, Column]) -> Column | None:
    """The column of a heading, which may have a unit in brackets behind it."""
    return spelled.get(likened(heading)) or spelled.get(likened(_UNIT.sub("", heading)))


class _Reader:
    def __init__(self, intake: Intake, table: Table, answers: Answers) -> None:
        self.intake = intake
        self.asking = Asking(intake, answers, lambda: place_of(intake, table))
        spelled = _spelled(intake)
        called = {heading: _column_called(heading, spelled) for heading in table.columns}
        self.found = {heading: column for heading, column in called.items() if column}
        self.numbering = {name for name in called.keys() - self.found if likened(name).strip(".") in _NUMBERING}
        self.read = [(heading, column) for heading, column in self.found.items() if not column.is_for_the_eye]
        groups = [*([column.name] for _name, column in self.read if column.field.required), *intake.either]
        self.needed = [[name for name, column in self.read if column.name in group] for group in groups]
        self.cleaned: dict[str, dict[Hashable, Any]] = {column.name: {} for _heading, column in self.read}

    def renamed(self, faults: list[Fault]) -> list[Fault]:
        """The faults of the file by our columns; a number that is not read may be a formula."""
        names = {heading: column.name for heading, column in self.found.items()}
        told = [fault for fault in faults if fault.column not in self.numbering]
        return [Fault(fault.row, names.get(fault.column, fault.column), fault.message) for fault in told]

    def hidden(self, table: Table) -> list[str]:
        """The columns that are read and nobody sees in the file, though the template shows them."""
        called = [self.found[heading] for heading in table.hidden if heading in self.found]
        return [column.name for column in called if not (column.is_hidden or column.is_for_the_eye)]

    def heading_faults(self, table: Table) -> list[Fault]:
        """Columns nobody reads, columns given twice, columns that are missing."""
        names = [column.name for column in self.found.values()]
        known = ", ".join(column.heading for column in self.intake.table.values() if not column.is_hidden)
        if len(table.columns) == 1 and _IN_ONE_CELL.search(table.columns[0]):
            text = _(
                "Every row stands in one cell. In Excel choose “Data > Text to Columns”, and upload the file again."
            )
            return [Fault(table.header, table.columns[0], text)]
        if not names:
            text = _("This row names no column of the table. It needs: %(known)s.") % {"known": known}
            return [Fault(table.header, "", text)]
        unread = _("Nobody reads this column. Remove it, or use one of: %(known)s.") % {"known": known}
        strange = dict.fromkeys(name for name in table.columns if name not in {*self.found, *self.numbering})
        show = _(
            "Nobody reads this hidden column. Select all columns, right-click their letters, choose “Unhide”, "
            "and remove it."
        )
        faults = [Fault(table.header, heading, show if heading in table.hidden else unread) for heading in strange]
        twice = sorted({name for name in names if names.count(name) > 1})
        faults += [Fault(table.header, name, _("This column is there twice.")) for name in twice]
        absent = self.intake.absent(set(names))
        faults += [Fault(table.header, name, _("This column is missing.")) for name in absent]
        for group in self.intake.either:
            if not set(group) & set(names):
                faults.append(Fault(table.header, group[0], self._one_of(group)))
        return faults

    def take(self, row: Row, found: TableReading) -> None:
        """Add the row to what is found, or every fault of it."""
        cells = {column.name: column.said(row.cells.get(heading)) for heading, column in self.read}
        is_numbered = all(cell is None or heading in self.numbering for heading, cell in row.cells.items())
        if not row.refused and (is_numbered or self.intake.is_left_empty(cells)):
            found.empty.append(row.number)
            return
        if no_row := None if row.refused else self._no_row(row):
            found.faults.append(no_row)
            return
        refused = {column.name for heading, column in self.read if heading in row.refused}
        try:
            cells = self.intake.prepare(cells, self._shown(row))
        except ValidationError as error:
            found.faults += [Fault(row.number, column, message) for column, message in _by_column(error)]
            return
        values, faults, is_open = self._values(row.number, cells, refused)
        if faults or refused or is_open:
            found.faults += [Fault(row.number, column, message) for column, message in faults]
            found.open += [] if faults or refused else [row.number]
            return
        found.rows.append(ReadRow(row.number, values))
        if doubt := self.intake.doubt(values):
            found.warnings.append(Fault(row.number, *doubt))

    def _no_row(self, row: Row) -> Fault | None:
        """A sum, a note, a number for each column, the headings again: told once and not by each column it spoils."""
        filled = [(heading, cell) for heading, cell in row.cells.items() if cell is not None]
        if any(all(row.cells.get(heading) is None for heading in group) for group in self.needed):
            said = [(name, str(cell).strip()) for name, cell in filled if name not in self.numbering]
            if any(_SUM.fullmatch(_SPACED.sub("", cell)) for _name, cell in said):
                return Fault(row.number, "", _("The row sums the others. Remove it."))
            first, words = said[0]
            is_lone = len(said) == 1 and isinstance(row.cells[first], str) and not words.isdecimal()
            if is_lone or _NOTE.fullmatch(words):
                column = self.found[first].name if first in self.found else first
                text = _("The row holds only “%(text)s”. Fill it in, or remove it.")
                return Fault(row.number, column, text % {"text": " ".join(cell for _name, cell in said)[:80]})
        if len(filled) > 1 and all(likened(str(cell).lower()) == likened(heading) for heading, cell in filled):
            return Fault(row.number, "", _("The row repeats the headings. Remove it."))
        is_counting = all(str(cell).strip("()") == str(at) for at, (_name, cell) in enumerate(filled, 1))
        if len(filled) >= COUNTED_FROM and is_counting:
            return Fault(row.number, "", _("The row numbers the columns. Remove it."))
        return None

    def _shown(self, row: Row) -> dict[str, Any]:
        return {column.name: row.cells.get(name) for name, column in self.found.items() if column.is_for_the_eye}

    def _values(
        self, number: int, cells: dict[str, Any], refused: set[str]
    ) -> tuple[dict[str, Any], list[tuple[str, str]], bool]:
        """What the cells say, what is wrong with them, and whether a person has to say what one of them means."""
        values: dict[str, Any] = {}
        faults, waiting = [], set()
        for name, cell in cells.items():
            if name in refused:
                continue
            value = self._cleaned(name, cell, number)
            if isinstance(value, AskedCell):
                value.asked.rows.append(number)
                value = value.meant.get(value.asked.answer, value)
            if isinstance(value, AskedCell):
                waiting.add(name)
            elif isinstance(value, _Refusal):
                faults.append((name, value.message))
            else:
                values[name] = value
        bad = refused | waiting | {name for name, _message in faults}
        for group in self.intake.either:
            given = [name for name in group if cells.get(name) is not None]
            if len(given) != 1 and not bad & set(group):
                faults.append((given[-1] if given else group[0], self._one_of(group)))
        faults += _faults_of(self.intake.check_parts, values)
        if not faults and not refused and not waiting:
            faults += _faults_of(self.intake.check, values)
        return values, faults, bool(waiting)

    def _cleaned(self, name: str, cell: Any, number: int) -> Any:
        """The value of a cell or its refusal; the same cell is judged once, however many rows have it."""
        known = self.cleaned[name]
        key = (type(cell), cell)
        value = known.get(key, _ABSENT)
        if value is _ABSENT:
            try:
                value = self.intake.table[name].read(cell.date() if isinstance(cell, datetime) else cell)
            except SeveralMeanings as readings:
                value = self.asking.cell(name, number, readings)
            except ValidationError as error:
                value = _Refusal(str(error.messages[0]))
            known[key] = value
        return value

    def ask(self, found: TableReading) -> None:
        """What only all rows together show: those about one thing, and those that contradict each other."""
        asking = self.asking
        found.open += (waiting := asking.settle_disagreeing(found.rows))
        found.open += asking.settle_repeated(_without(found.rows, set(waiting)))
        found.left_out = asking.left_out
        found.rows = _without(found.rows, {*found.open, *found.left_out, *(fault.row for fault in asking.faults)})
        found.faults += [*asking.faults, *asking.too_many()]
        found.questions = asking.asked

    def _one_of(self, group: tuple[str, ...]) -> str:
        return _("Fill in exactly one of these columns: %(columns)s.") % {"columns": self.intake.headings(group)}


@dataclass(frozen=True)
class _Refusal:
    message: str


def _faults_of(check: Callable[[dict[str, Any]], None], values: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        check(values)
    except ValidationError as error:
        return _by_column(error)
    return []


def _by_column(error: ValidationError) -> list[tuple[str, str]]:
    if not hasattr(error, "error_dict"):
        return [("", str(error.messages[0]))]
    return [(name, str(text)) for name, texts in error.message_dict.items() for text in texts]
