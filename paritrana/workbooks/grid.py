"""What the readers of the file formats agree on: limits, and the one exception for a file nobody can use."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000

Value = str | int | float | date | None


class Unreadable(Exception):
    """The file as a whole cannot be used; the text is for the person who sent it."""


@dataclass(frozen=True)
class RefusedCell:
    """A cell whose content is not taken, and why."""

    reason: str | Promise


Cells = list[Value | RefusedCell]


@dataclass
class FileSheet:
    """A sheet about to be read: ``title`` and ``unread`` name the sheets of a workbook that are read and are not.

    ``claimed`` is how many rows the file says it has: good enough for a progress bar, never trusted.
    """

    rows: Iterator[Cells]
    title: str = ""
    unread: list[str] = field(default_factory=list)
    claimed: int = 0
