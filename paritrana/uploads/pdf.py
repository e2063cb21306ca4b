"""Checks a PDF without trusting it: every object is examined, and none is executed.

Refused is what acts by itself or reaches another file: scripts, programs, forms that are sent off, files inside, links
into other files and content from there. Links to web addresses are taken out, and the document is written anew without
them; nothing can be taken out of a signed document without breaking its signature, so with links it is refused.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from paritrana.uploads.limits import MOST_OBJECTS, MOST_PAGES, DocumentRefused

_KEYS = {"/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/Ref"}
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Thread"}
_ACTIONS |= {"/Rendition", "/Sound", "/Movie"}
_PARTS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
_UNLISTED = re.compile(rb"/S(?:\s|%%[^\r\n]*[\r\n])*(?:%s)\b" % b"|".join(name.encode() for name in sorted(_ACTIONS)))
"""An action as it stands in the file: one that no table lists is found by programs that repair the table."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
"""Found by their programs wherever they begin in a file; zip archives are looked for as zip programs do."""
_LINK = "/URI"
"""The action of a link, its address, and the address all links of a document may begin with."""
_NOTHING = NameObject("/NOP")
_SIGNED = "/ByteRange"


def pages(content: bytes, clean: Path) -> int:
    """The number of pages; where links were taken out the document without them is written to ``clean``.

    DocumentRefused for an encrypted, active, damaged or endless file, and for one that is an archive as well.
    """
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise DocumentRefused("encrypted")
    _take_out_links(reader, clean)
    if _UNLISTED.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise DocumentRefused("active")
    number = len(reader.pages)
    if number > MOST_PAGES:
        raise DocumentRefused("pages")
    if number == 0:
        raise DocumentRefused("damaged")
    if _is_archive(content):
        raise DocumentRefused("two")
    return number


def _take_out_links(reader: pypdf.PdfReader, clean: Path) -> None:
    is_signed = has_links = False
    for part in _dictionaries(reader):
        if _acts(part):
            raise DocumentRefused("active")
        is_signed |= _SIGNED in part
        has_links |= _is_link(part)
    if has_links and is_signed:
        raise DocumentRefused("links")
    if not has_links:
        return
    writer = pypdf.PdfWriter(clone_from=reader)
    for part in _within(writer._objects):
        if _is_link(part):
            part.pop(_LINK, None)
            if "/S" in part:
                part[NameObject("/S")] = _NOTHING
    writer.write(clean)
    if any(_is_link(part) or _acts(part) for part in _dictionaries(pypdf.PdfReader(clean, strict=False))):
        raise DocumentRefused("links")


def _is_link(part: DictionaryObject) -> bool:
    return _name(part, "/S") == _LINK or _LINK in part


def _is_archive(content: bytes) -> bool:
    """Whether a program that reads archives would find one in it."""
    if any(mark in content for mark in _ARCHIVES):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _acts(part: DictionaryObject) -> bool:
    """Whether a dictionary is, or leads to, a script, a program, a form submission, another file or one inside."""
    return (
        not _KEYS.isdisjoint(part)
        or _name(part, "/S") in _ACTIONS
        or _name(part, "/Subtype") in _PARTS
        or _name(part, "/Type") == "/EmbeddedFile"
        or _name(part, "/FS") == "/URL"
        or (isinstance(part, StreamObject) and "/F" in part)
    )


def _name(part: DictionaryObject, key: str) -> str:
    """The name under this key, also where it is an object of its own, which ``get`` would leave unread."""
    value = part.get(key, NameObject()).get_object()
    return value if isinstance(value, str) else ""


def _dictionaries(reader: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file: the trailer, and all objects of the cross-reference table, used or not."""
    places = [(number, generation) for generation, found in reader.xref.items() for number in found]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > MOST_OBJECTS:
        raise DocumentRefused("greedy")
    yield from _within([reader.trailer])
    yield from _within(IndirectObject(number, generation, reader).get_object() for number, generation in places)


def _within(parts: Iterable[Any]) -> Iterator[DictionaryObject]:
    """The dictionaries these are or hold; what they only refer to is an object of its own."""
    for one in parts:
        waiting = [one]
        while waiting:
            part = waiting.pop()
            if isinstance(part, DictionaryObject):
                yield part
                waiting += [dict.__getitem__(part, key) for key in part]
            elif isinstance(part, ArrayObject):
                waiting += list.__iter__(part)


def picture(path: str, page: int, width: int) -> Any:
    """One page (from 1) as a Pillow image of this width in pixels, on white."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        sheet = document[page - 1]
        across, up = sheet.get_size()
        scale = width / max(across, 1)
        if width * up * scale > width * width * 4:  # a very long page is shown smaller
            scale = width * 4 / up
        return sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        document.close()
