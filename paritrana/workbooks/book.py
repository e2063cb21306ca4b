"""Shared by workbooks of every format: which sheet is read, and how damaged files are detected."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from xml.etree.ElementTree import ParseError  # nosec B405  (only the exception)

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks.grid import FileLine, FileSheet, Unreadable
from paritrana.workbooks.kinds import damaged

LOOKED_AT = 30
"""Rows among which a table and its headings are looked for."""
TABLE_FROM = 3
FORMULA = gettext_lazy("This is a formula. Copy the column and paste it as values (Home > Paste > Values).")
UNCALCULATED = gettext_lazy(
    "This is a formula without a result. Open the file in Excel, copy the column, and paste it as values "
    "(Home > Paste > Values)."
)
ERROR = gettext_lazy("This cell shows an error of the spreadsheet. Type its value.")
SPOILED = gettext_lazy("What this cell holds is spoiled. Type it again.")
SPOILS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ParseError, EOFError, OSError),
    *(LookupError, NotImplementedError, OverflowError, RuntimeError, ValueError),
)
"""What reading a spoiled archive ends in."""


@dataclass
class ListedSheet:
    """A sheet of the workbook and the part of the archive that holds it."""

    title: str
    part: str
    is_visible: bool


def first_filled(
    listed: list[ListedSheet], lines_of: Callable[[ListedSheet, FileSheet], Iterator[FileLine]]
) -> FileSheet:
    """The first visible sheet with a table, else the first with content, else the first; and the names of the others.

    A cover or instructions are no table: of their first rows less than two fill three cells.
    """
    filled: list[tuple[ListedSheet, FileSheet]] = []
    for one in listed:
        sheet = FileSheet(iter(()), one.title)
        lines = undamaged(lines_of(one, sheet)) if one.is_visible else iter(())
        start = list(islice(lines, LOOKED_AT))
        sheet.lines = chain(start, lines)
        if start:
            filled.append((one, sheet))
        if sum(line.filled >= TABLE_FROM for line in start) > 1:
            filled = [(one, sheet)]
            break
    filled += [(one, FileSheet(iter(()), one.title)) for one in listed if one.is_visible]
    if not filled:
        raise Unreadable(damaged())
    chosen, sheet = filled[0]
    sheet.unread = [_named(other) for other in listed if other is not chosen]
    return sheet


def undamaged(lines: Iterator[FileLine]) -> Iterator[FileLine]:
    """The lines; every error of a damaged file becomes the one exception ``Unreadable``."""
    try:
        yield from lines
    except SPOILS as error:
        raise Unreadable(damaged()) from error


def _named(sheet: ListedSheet) -> str:
    return sheet.title if sheet.is_visible else _("%(sheet)s (hidden)") % {"sheet": sheet.title}
