"""Cell addresses, and fast writing of many cells.

A cell is ``None``, a text, a number, or a pair ``(formula, value)``: the formula without ``=``, and its present result,
which viewers that do not calculate show. ``""`` is the result of a formula without a value.
"""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

Cell = str | int | float | tuple[str, Any] | None


@cache
def letter(column: int, fixed: bool = False) -> str:
    return str(xl_col_to_name(column, col_abs=fixed))


def at(row: int, column: int) -> str:
    """``F12`` for row 11, column 5, both counted from 0."""
    return f"{letter(column)}{row + 1}"


def fixed(row: int, column: int) -> str:
    return f"{letter(column, True)}${row + 1}"


def on(sheet: str, place: str) -> str:
    """The address on another sheet."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{place}"


def column_of(column: int, first: int, last: int) -> str:
    """The rows ``first`` to ``last`` of a column as an absolute range."""
    return f"{fixed(first, column)}:{fixed(last, column)}"


def across(row: int, first: int, last: int) -> str:
    return f"{at(row, first)}:{at(row, last)}"


class LiveSheet(Worksheet):
    """A sheet that writes whole rows, with formulas unchanged.

    xlsxwriter checks each formula for some forty functions of newer Excels, 0.2 ms per cell; ours use none, and ten
    thousand candidates have some hundred thousand formulas.
    """

    def fill(self, row: int, cells: Sequence[Cell], looks: Sequence[Format], first: int = 0) -> None:
        """Write one row of cells from column ``first`` on, each with its format."""
        self._check_dimensions(row, first)
        self._check_dimensions(row, first + len(cells) - 1)
        table, strings = self.table[row], self.str_table
        for column, (cell, look) in enumerate(zip(cells, looks, strict=True), first):
            if isinstance(cell, tuple):
                table[column] = CellFormulaTuple(cell[0], look, cell[1])
            elif isinstance(cell, str):
                index = strings._get_shared_string_index(cell[: self.xls_strmax])
                table[column] = CellStringTuple(index, look)
            elif cell is None:
                table[column] = CellBlankTuple(look)
            else:
                table[column] = CellNumberTuple(cell, look)

    def put(self, row: int, column: int, cell: Cell, look: Format) -> None:
        self.fill(row, [cell], [look], column)

    def _write_rows(self) -> None:
        """One string per row; the spans xlsxwriter adds are optional hints."""
        for row in sorted(self.table):
            cells = self.table[row]
            self._write_row(row, None, self.row_info.get(row))
            self.fh.write("".join([self._cell_xml(row + 1, column, cells[column]) for column in sorted(cells)]))
            self._xml_end_tag("row")

    def _cell_xml(self, row: int, column: int, cell: Any) -> str:
        write = _WRITERS[cell.__class__]
        look = f' s="{cell.format._get_xf_index()}"' if cell.format is not None else ""
        return f'<c r="{letter(column)}{row}"{look}{write(cell)}'


def _formula(cell: Any) -> str:
    formula = cell.formula
    if "&" in formula or "<" in formula or ">" in formula:
        formula = escape(formula, quote=False)
    if isinstance(cell.value, str):
        return f' t="str"><f>{formula}</f><v>{escape(cell.value, quote=False)}</v></c>'
    return f"><f>{formula}</f><v>{cell.value!r}</v></c>"


_WRITERS: dict[type, Callable[[Any], str]] = {
    CellFormulaTuple: _formula,
    CellStringTuple: lambda cell: f' t="s"><v>{cell.string}</v></c>',
    CellNumberTuple: lambda cell: f"><v>{cell.number!r}</v></c>",
    CellBlankTuple: lambda _cell: "/>",
}
