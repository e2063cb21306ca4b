"""Checks a PDF without trusting it: every object is examined for active content, and none is executed."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from paritrana.uploads.limits import MOST_OBJECTS, MOST_PAGES, DocumentRefused

_KEYS = {"/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent"}
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Sound", "/Movie"}
_PARTS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}


def pages(content: bytes) -> int:
    """The number of pages; DocumentRefused for an encrypted, active, damaged or endless file."""
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise DocumentRefused("encrypted")
    if any(_acts(part) for part in _dictionaries(reader)):
        raise DocumentRefused("active")
    number = len(reader.pages)
    if number > MOST_PAGES:
        raise DocumentRefused("pages")
    if number == 0:
        raise DocumentRefused("damaged")
    return number


def _acts(part: DictionaryObject) -> bool:
    """Whether a dictionary is, or leads to, a script, a program, a form submission or an embedded file."""
    return (
        not _KEYS.isdisjoint(part)
        or _name(part, "/S") in _ACTIONS
        or _name(part, "/Subtype") in _PARTS
        or _name(part, "/Type") == "/EmbeddedFile"
    )


def _name(part: DictionaryObject, key: str) -> str:
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _dictionaries(reader: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file: the trailer, and all objects of the cross-reference table, used or not."""
    places = [(number, generation) for generation, found in reader.xref.items() for number in found]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > MOST_OBJECTS:
        raise DocumentRefused("greedy")
    waiting: list[Any] = [reader.trailer]
    for number, generation in places:
        waiting.append(IndirectObject(number, generation, reader).get_object())
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
