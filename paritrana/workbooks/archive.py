"""The zip directory of a workbook or document, checked before anything in it is unpacked.

The limits stop what an XML parser does not: zip bombs, macros, embedded objects, links to other files, entities.
"""

import io
import zipfile
from contextlib import suppress
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.workbooks.grid import Unreadable
from paritrana.workbooks.kinds import SAVE_AS, damaged

MOST_MEMBERS = 300
LARGEST_UNPACKED = 40 * 1024 * 1024
HIGHEST_RATIO = 150
RATIO_MATTERS_FROM = 1024 * 1024

_DIRECTORY_END = 22
"""Bytes of the end of a directory without a comment, which no office program writes."""
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How files begin that have no place inside a table or document: archives, programs, documents of another program."""

_MACROS = gettext_lazy("The workbook carries macros.")
_EMBEDDED = gettext_lazy(
    "The workbook carries embedded objects. Copy the sheet of the table into a new workbook and upload that."
)
_LINKS = gettext_lazy(
    "The workbook carries links to other files. In Excel choose “Data > Edit Links > Break Link”, save, and upload it "
    "again."
)
_PARTS: list[tuple[str, Promise]] = [
    ("vbaproject", _MACROS),
    ("macrosheet", _MACROS),
    ("/basic/", _MACROS),
    ("/embeddings/", _EMBEDDED),
    ("/activex/", _EMBEDDED),
    ("/ctrlprops/", _EMBEDDED),
    ("/externallinks/", _LINKS),
]
_FETCHED = "connections.xml"
"""Queries of other data. A table with them is read, for nothing is fetched; a document to be handed on is not taken."""


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive after its checks. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _judge(archive, content)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Unreadable(damaged()) from error
    return archive


def _judge(archive: zipfile.ZipFile, content: bytes) -> None:
    """Refuse files that no honest table needs, by the zip directory and the start of each XML part."""
    members = archive.infolist()
    if not is_bearable(members):
        raise Unreadable(
            _(
                "The workbook unpacks to far more than a table needs and was not opened. Copy the rows of the table "
                "into a new workbook, without the empty rows below them, and upload that."
            )
        )
    if not is_one_file(archive, content):
        raise Unreadable(
            _("Something else lies before, behind or twice in this file. Save it as a new workbook, and upload that.")
        )
    reason = _active_part(members)
    if reason is not None:
        raise Unreadable(f"{reason} {SAVE_AS}" if reason is _MACROS else str(reason))
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


def is_one_file(archive: zipfile.ZipFile, content: bytes) -> bool:
    """Whether every program reads the same out of it: nothing before the first member or behind the directory, no name
    twice, no way out of its folder, no archive and no program inside."""
    members = archive.infolist()
    names = [member.filename.replace("\\", "/").casefold() for member in members]
    return (
        min(member.header_offset for member in members) == 0
        and content[-_DIRECTORY_END:].startswith(b"PK\x05\x06")
        and len(set(names)) == len(names)
        and not any(name.startswith("/") or ".." in name.split("/") for name in names)
        and not any(_is_another_file(archive, member) for member in members)
    )


def _is_another_file(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """By its beginning; an archive also by its end, since it may lie behind a picture."""
    with archive.open(member) as part:
        if part.read(6).startswith((*_ARCHIVES, *_PROGRAMS, _OLD_OFFICE)):
            return True
        return not _is_xml(member) and zipfile.is_zipfile(part)


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def is_active(members: list[zipfile.ZipInfo]) -> bool:
    """Whether a part holds macros, embedded objects, links to other files or queries of other data."""
    return _active_part(members) is not None or any(_FETCHED in member.filename.lower() for member in members)


def _active_part(members: list[zipfile.ZipInfo]) -> Promise | None:
    names = [f"/{member.filename.lower()}" for member in members]
    return next((reason for mark, reason in _PARTS if any(mark in name for name in names)), None)


def declares_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether an XML part declares a document type before its first element; what is no XML declares nothing.

    Of an encoding this parser does not know the first bytes are looked at, as others may know it.
    """
    if not _is_xml(member):
        return False
    found, head = list[bool](), b""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_declared: found.append(True)
    parser.StartElementHandler = lambda *_element: found.append(False)
    with archive.open(member) as part, suppress(expat.ExpatError, LookupError, ValueError):
        while not found and (chunk := part.read(4096)):
            head = head or chunk
            parser.Parse(chunk)
    return found[0] if found else b"<!DOCTYPE" in head.replace(b"\0", b"").upper()
