"""What the readers of the file formats agree on: limits, and the one exception for a file nobody can use."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000

Value = str | int | float | date | None


class Unreadable(Exception):
    """The file as a whole cannot be used; the text is for the person who sent it."""


@dataclass(frozen=True)
class Refused:
    """A cell whose content is not taken, and why."""

    reason: str | Promise


Cells = list[Value | Refused]
