"""CSV as Indonesian and English spreadsheets save it: comma or semicolon, UTF-8 with or without a mark."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from paritrana.workbooks.grid import Cells, FileSheet, Unreadable


def opened(content: bytes) -> FileSheet:
    return FileSheet(rows(content), claimed=content.count(b"\n"))


def rows(content: bytes) -> Iterator[Cells]:
    """Every record of the file, blank ones too, so that positions are the rows a spreadsheet shows."""
    text = _decoded(content)
    try:
        lines = io.StringIO(text, newline="")
        for record in csv.reader(lines, delimiter=_delimiter(text), skipinitialspace=True, strict=True):
            yield [cell.strip() or None for cell in record]
    except csv.Error as error:
        raise Unreadable(_("The file is not proper CSV: a quotation mark is opened and not closed.")) from error


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise Unreadable(_("The file is not text. Save it as “CSV UTF-8” or as .xlsx."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not in UTF-8. Save it as “CSV UTF-8” or as .xlsx.")) from error


def _delimiter(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","
