"""What stands around the sheets of a workbook: which there are, the texts they share, the formats of their numbers."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element  # nosec B405  (only the type)

from paritrana.workbooks import number_formats
from paritrana.workbooks.book import ListedSheet
from paritrana.workbooks.xml_stream import elements, local, value

TRUE = {"1", "true"}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MAIN = "xl/workbook.xml"


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

    def elements(self, name: str, *wanted: str) -> list[Element]:
        """Those of a small part; none where there is no such part."""
        if name not in self:
            return []
        with self.open(name) as part:
            return [element for _path, element in elements(part, *wanted)]

    def related(self, to: str) -> dict[str, tuple[str, str]]:
        """By identifier the kind and the name of every part another one refers to."""
        folder, name = posixpath.split(to)
        return {
            given.get("Id", ""): (
                given.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))),
            )
            for given in self.elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
            if given.get("TargetMode", "").lower() != "external"
        }


def read(parts: ArchiveParts) -> XlsxBook:
    """Everything but the sheets themselves."""
    main = next((name for kind, name in parts.related("").values() if kind == "officeDocument"), _MAIN)
    related = parts.related(main)
    book = XlsxBook()
    with parts.open(main) as part:
        for path, element in elements(part, "workbookPr", "sheet"):
            kind, name = related.get(value(element, "id"), ("", ""))
            if path[-1] == "workbookPr":
                book.is_1904 = element.get("date1904", "") in TRUE
            elif kind == "worksheet" and name in parts:
                is_visible = element.get("state", "visible") == "visible"
                book.sheets.append(ListedSheet(unescaped(element.get("name", "")), name, is_visible))
    for kind, name in related.values():
        if kind == "sharedStrings":
            book.texts = [text_in(element) for element in parts.elements(name, "si")]
        elif kind == "styles":
            book.kinds = _kinds(parts.elements(name, "numFmts", "cellXfs"))
    return book


def _kinds(sections: list[Element]) -> list[str]:
    """Only what decides about the meaning of numbers is read; spoiled colours, fonts and borders do not matter."""
    of = {local(section.tag): section for section in sections}
    codes = {_number(each): each.get("formatCode", "") for each in of.get("numFmts", ())}
    return [number_formats.kind_of(_number(each), codes) for each in of.get("cellXfs", ())]


def _number(given: Element) -> int:
    number = given.get("numFmtId", "")
    return int(number) if number.isdecimal() else 0


def text_in(element: Element) -> str:
    """The pieces of a text; how a syllable is pronounced is no part of it."""
    shown = [child for child in element if local(child.tag) != "rPh"]
    return unescaped("".join(each.text or "" for child in shown for each in child.iter() if local(each.tag) == "t"))


def unescaped(text: str) -> str:
    """``_x000D_`` is how workbooks write a carriage return, and likewise every character XML has no room for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
