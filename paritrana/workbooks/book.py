"""Shared by workbooks of every format: which sheet is read, and how damaged files are detected."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks.grid import FileLine, FileSheet, Unreadable
from paritrana.workbooks.kinds import damaged

FORMULA = gettext_lazy("This is a formula. Copy the column and paste it as values (Home > Paste > Values).")
UNCALCULATED = gettext_lazy(
    "This is a formula without a result. Open the file in Excel, copy the column, and paste it as values "
    "(Home > Paste > Values)."
)
ERROR = gettext_lazy("This cell shows an error of the spreadsheet. Type its value.")
SPOILED = gettext_lazy("What this cell holds is spoiled. Type it again.")
SPOILS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, EOFError, OSError),
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
    """The first visible sheet with content, and the names of the others; the first one if all are empty."""
    visible = [one for one in listed if one.is_visible]
    if not visible:
        raise Unreadable(damaged())
    for one in visible:
        sheet = FileSheet(iter(()), one.title)
        lines = undamaged(lines_of(one, sheet))
        first = next(lines, None)
        if first:
            sheet.lines = chain([first], lines)
            break
    else:
        one, sheet = visible[0], FileSheet(iter(()), visible[0].title)
    sheet.unread = [_named(other) for other in listed if other is not one]
    return sheet


def undamaged(lines: Iterator[FileLine]) -> Iterator[FileLine]:
    """The lines; every error of a damaged file becomes the one exception ``Unreadable``."""
    try:
        yield from lines
    except SPOILS as error:
        raise Unreadable(damaged()) from error


def _named(sheet: ListedSheet) -> str:
    return sheet.title if sheet.is_visible else _("%(sheet)s (hidden)") % {"sheet": sheet.title}
