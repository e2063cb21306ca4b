"""The real type of a file, by its content and not by its ending."""

import io
import zipfile
from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks.grid import Unreadable

TEXT, XLSX, ODS = ".csv", ".xlsx", ".ods"
ENDINGS = {".csv": TEXT, ".txt": TEXT, ".tsv": TEXT, ".xlsx": XLSX, ".ods": ODS}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

SAVE_AS = gettext_lazy("Open it in Excel and choose “File > Save As > Excel Workbook (*.xlsx)”.")
_OF_PARTS: list[tuple[str, Promise]] = [
    ("xl/workbook.bin", gettext_lazy("The file is a binary workbook (.xlsb).")),
    ("word/", gettext_lazy("The file is a Word document.")),
    ("ppt/", gettext_lazy("The file is a PowerPoint presentation.")),
    ("index/", gettext_lazy("The file is of Apple Numbers. Choose “File > Export To > Excel” there.")),
]
_NUMBERS = "index/"
_OF_STARTS: list[tuple[bytes, Promise]] = [
    (b"%pdf", gettext_lazy("The file is a PDF. Ask for the table itself as a workbook.")),
    (b'{"', gettext_lazy("The file is no table. In Google Sheets choose “File > Download > Microsoft Excel (.xlsx)”.")),
    (b"<", gettext_lazy("The file is a web page or XML that only calls itself a table.")),
    (b"\x89png", gettext_lazy("The file is a picture.")),
    (b"\xff\xd8\xff", gettext_lazy("The file is a picture.")),
]


def kind_of(content: bytes, name: str) -> str:
    """``TEXT``, ``XLSX`` or ``ODS``. Raises Unreadable with the real type and what to do."""
    ending = PurePath(name).suffix.lower()
    if content.startswith(_OLE):
        raise Unreadable(_of_ole(content))
    if content.startswith(_ZIP):
        return _of_zip(content, ending)
    if refusal := _of_start(content):
        raise Unreadable(refusal)
    if ENDINGS.get(ending) == TEXT:
        return TEXT
    if _is_text_table(content):
        raise Unreadable(
            _("The file is a text table and only calls itself %(ending)s. Change its ending to .csv, and upload that.")
            % {"ending": ending or "–"}
        )
    if ending not in ENDINGS:
        raise Unreadable(_("Only .xlsx, .ods, .csv, .tsv and .txt files are read.") + f" {SAVE_AS}")
    raise Unreadable(damaged(ending))


def _is_text_table(content: bytes) -> bool:
    """Whether the first line is text that something divides into cells."""
    first = content[:1000].partition(b"\n")[0]
    return b"\0" not in content[:1000] and any(mark in first for mark in (b",", b";", b"\t", b"|"))


def _of_ole(content: bytes) -> str:
    """The older container format: of .xls, and of every workbook with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _(
            "The workbook is protected by a password. In Excel choose “File > Info > Protect Workbook > Encrypt with "
            "Password”, empty the box, save, and upload it again."
        )
    if "WordDocument".encode("utf-16-le") in content:
        return _("The file is a Word document.") + f" {SAVE_AS}"
    return _("The workbook is in the old .xls format.") + f" {SAVE_AS}"


def _of_start(content: bytes) -> str:
    head = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = next((label for start, label in _OF_STARTS if head.startswith(start)), None)
    if found is None:
        return ""
    return f"{found} {SAVE_AS}" if head.startswith(b"<") else str(found)


def _of_zip(content: bytes, ending: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [member.filename.lower().replace("\\", "/").lstrip("/") for member in archive.infolist()]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError):
        raise Unreadable(damaged()) from None
    for part, label in _OF_PARTS:
        if any(name.startswith(part) for name in names):
            raise Unreadable(str(label) if part == _NUMBERS else f"{label} {SAVE_AS}")
    if "content.xml" in names and "xl/workbook.xml" not in names:
        return ODS
    if ending == ".xlsm":
        raise Unreadable(_("The workbook may carry macros (.xlsm).") + f" {SAVE_AS}")
    return XLSX


def damaged(ending: str = XLSX) -> str:
    return _("The workbook is damaged or not a true %(ending)s file.") % {"ending": ending} + f" {SAVE_AS}"
