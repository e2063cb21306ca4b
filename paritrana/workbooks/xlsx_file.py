"""xlsx without trust: the zip directory is judged before anything is unpacked, the cells are read as a stream.

openpyxl reads with defusedxml, which refuses entities; the limits below stop what that does not: zip bombs, macros,
embedded objects, links to other files, encrypted files. A formula is never evaluated and its cached value never taken.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks.grid import MOST_COLUMNS, MOST_ROWS, Cells, FileSheet, RefusedCell, Unreadable, Value

MOST_MEMBERS = 300
LARGEST_UNPACKED = 40 * 1024 * 1024
HIGHEST_RATIO = 150
RATIO_MATTERS_FROM = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_ACTIVE = ("vbaproject", "macrosheet", "/embeddings/", "/externallinks/", "/activex/", "/ctrlprops/", "connections.xml")


def opened(content: bytes) -> FileSheet:
    """The first visible sheet, at most one row and column more than allowed in either direction."""
    _judge(content)
    import openpyxl  # as slow to import as the rest of the portal's start, and seldom needed

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheet, *others = visible
        claimed = min(sheet.max_row or 0, MOST_ROWS)
        sheet.reset_dimensions()  # what the file says of its own size may be a lie
    except Exception as error:  # openpyxl meets a spoiled file with any of a dozen exceptions
        raise Unreadable(_("The workbook is damaged or not a true .xlsx file.")) from error
    return FileSheet(_rows(sheet), sheet.title, [other.title for other in others], claimed)


def _rows(sheet: Any) -> Iterator[Cells]:
    last = None
    try:
        for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1):
            # A gap comes as one and the same blank row again and again; a cell far down must not cost its way there.
            yield [] if row is last else [_value(cell) for cell in row]
            last = row
    except Exception as error:
        raise Unreadable(_("The workbook is damaged or not a true .xlsx file.")) from error


def _judge(content: bytes) -> None:
    """Refuse what no honest table is made of, from the zip directory and the head of each XML part."""
    if content.startswith(_OLE):
        raise Unreadable(_("The workbook is encrypted or in the old .xls format. Save it as .xlsx without a password."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge_members(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Unreadable(_("The workbook is damaged or not a true .xlsx file.")) from error


def _judge_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if not is_bearable(members):
        raise Unreadable(_("The workbook unpacks to far more than a table needs and was not opened."))
    if is_active(members):
        raise Unreadable(
            _("The workbook carries macros, embedded objects or links to other files. Save it as a plain .xlsx.")
        )
    if any(declares_type(archive, member) for member in members):
        raise Unreadable(_("The workbook declares document types, which no spreadsheet program writes."))


def is_bearable(members: list[zipfile.ZipInfo]) -> bool:
    return (
        len(members) <= MOST_MEMBERS
        and sum(m.file_size for m in members) <= LARGEST_UNPACKED
        and all(
            m.file_size < RATIO_MATTERS_FROM or m.file_size <= HIGHEST_RATIO * max(m.compress_size, 1) for m in members
        )
    )


def is_active(members: list[zipfile.ZipInfo]) -> bool:
    """Whether a part holds macros, embedded objects or links to other files."""
    names = [f"/{member.filename.lower()}" for member in members]
    return any(mark in name for name in names for mark in _ACTIVE)


def declares_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether an XML part begins with a DTD; zipfile itself never unpacks more than the declared size."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return False
    with archive.open(member) as part:
        head = part.read(4096).replace(b"\x00", b"").upper()  # UTF-16 is ASCII with zeros between
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _value(cell: Any) -> Value | RefusedCell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        return RefusedCell(gettext_lazy("This is a formula. Copy the column and paste it as values."))
    if kind == "e":
        return RefusedCell(gettext_lazy("This cell shows an error of the spreadsheet."))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, int | float | date):
        return value
    return str(value).strip() or None
