"""What stands around the sheets of a workbook: which there are, the texts they share, the formats of their numbers."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO

from paritrana.workbooks import number_formats, xml_stream
from paritrana.workbooks.book import ListedSheet
from paritrana.workbooks.xml_stream import Attributes, XmlHandler

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MAIN = "xl/workbook.xml"
_SECTIONS = {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"}


@dataclass
class XlsxBook:
    """``kinds`` says of each style what its numbers are, see ``number_formats``."""

    sheets: list[ListedSheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    is_1904: bool = False


class ArchiveParts:
    """The archive by the names of its parts, however a program wrote them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._names = {_plain(member.filename): member for member in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._names

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(self._names[_plain(name)])

    def related(self, to: str) -> dict[str, tuple[str, str]]:
        """By identifier the kind and the name of every part another one refers to."""
        folder, name = posixpath.split(to)
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, given: Attributes) -> None:
            if element == "Relationship" and given.get("TargetMode", "").lower() != "external":
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
                found[given.get("Id", "")] = given.get("Type", "").rpartition("/")[2], target

        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing in self:
            with self.open(listing) as part:
                xml_stream.read(part, start)
        return found


def read(parts: ArchiveParts) -> XlsxBook:
    """Everything but the sheets themselves."""
    main = next((name for kind, name in parts.related("").values() if kind == "officeDocument"), _MAIN)
    related = parts.related(main)
    book = XlsxBook()
    _read_sheets(parts, main, related, book)
    for kind, name in related.values():
        if kind == "sharedStrings" and name in parts:
            with parts.open(name) as part:
                book.texts = list(xml_stream.stream(part, _SharedTexts()))
        elif kind == "styles" and name in parts:
            book.kinds = _kinds(parts, name)
    return book


def _read_sheets(parts: ArchiveParts, main: str, related: dict[str, tuple[str, str]], book: XlsxBook) -> None:
    def start(element: str, given: Attributes) -> None:
        if element == "workbookPr":
            book.is_1904 = given.get("date1904", "") in {"1", "true"}
        elif element == "sheet":
            kind, name = related.get(xml_stream.value(given, "id"), ("", ""))
            if kind == "worksheet" and name in parts:
                title = unescaped(given.get("name", ""))
                book.sheets.append(ListedSheet(title, name, given.get("state", "visible") == "visible"))

    with parts.open(main) as part:
        xml_stream.read(part, start)


def _kinds(parts: ArchiveParts, name: str) -> list[str]:
    """Only what decides about the meaning of numbers is read; spoiled colours, fonts and borders do not matter."""
    codes: dict[int, str] = {}
    used: list[int] = []
    section = ""

    def start(element: str, given: Attributes) -> None:
        nonlocal section
        if element in _SECTIONS:
            section = element
        elif element == "numFmt" and section == "numFmts":
            codes[_number(given)] = given.get("formatCode", "")
        elif element == "xf" and section == "cellXfs":
            used.append(_number(given))

    with parts.open(name) as part:
        xml_stream.read(part, start)
    return [number_formats.kind_of(number, codes) for number in used]


def _number(given: Attributes) -> int:
    number = given.get("numFmtId", "")
    return int(number) if number.isdecimal() else 0


class _SharedTexts(XmlHandler):
    """The shared texts in their order; how a syllable is pronounced is no part of one."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._is_text, self._aside = False, 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._is_text = not self._aside

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.found.append(unescaped("".join(self._pieces)))

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


def unescaped(text: str) -> str:
    """``_x000D_`` is how workbooks write a carriage return, and likewise every character XML has no room for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
