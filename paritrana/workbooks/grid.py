"""What the readers of both file formats share: limits, and the exception for a file that cannot be used."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

from paritrana.display import invisible
from paritrana.display.numbers import PADDING, Percentage

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000

Value = str | int | float | date | Percentage | None


class Unreadable(Exception):
    """The file as a whole cannot be used; the text is for the person who uploaded it."""


@dataclass(frozen=True)
class RefusedCell:
    """A cell whose content is refused, and why."""

    reason: str | Promise


Cells = list[Value | RefusedCell]


class FileLine(NamedTuple):
    """A row that holds something: its number as a spreadsheet shows it, and its cells from column A on.

    ``parts`` is into how many a text table divides it, the empty ones behind the last counted as well; 0 in workbooks.
    """

    number: int
    cells: Cells
    is_hidden: bool = False
    parts: int = 0

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(cell is not None for cell in self.cells)


class MergedCells(NamedTuple):
    """Cells over which the first of them is drawn: rows as a spreadsheet numbers them, columns from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass
class FileSheet:
    """A sheet about to be read: ``title`` and ``unread`` name the sheets of a workbook that are read and are not.

    ``claimed`` is how many rows the file says it has: good enough for a progress bar, never trusted. ``notes`` are
    sentences about how the file was read. ``hidden`` are the columns nobody sees, from 0; ``merged`` is whole once
    every line is read.
    """

    lines: Iterator[FileLine]
    title: str = ""
    unread: list[str] = field(default_factory=list)
    claimed: int = 0
    notes: list[str] = field(default_factory=list)
    merged: list[MergedCells] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def number_of(value: float) -> int | float:
    """A number as a spreadsheet means it: ``2024.0`` is the whole number 2024."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def text_of(text: str) -> str | None:
    """The text of a cell; None where there are only spaces of any kind, and what nobody sees."""
    return text.strip(PADDING) if invisible.without(text).strip() else None
