"""Accessible PDF documents (PDF/UA-1) from a template under ``templates/typst/`` and a JSON document.

The data travels as JSON, never as source of the document, so typed text cannot become markup. Only the fonts of the
compiler are used, so a document is the same byte for byte on every machine.
"""

import io
import json
import unicodedata
from datetime import datetime
from functools import cache
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from pypdf import PdfWriter
from pypdf.generic import RectangleObject

SOURCES = settings.BASE_DIR / "templates" / "typst"
PDF = "application/pdf"


class NotTypeset(Exception):
    """The template cannot be compiled with this data; the message is the compiler's."""


def typeset(name: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """The PDF of ``templates/typst/NAME.typ``, which reads the JSON document as ``data`` of ``house.typ``.

    ``at`` (aware) is the date of the document, to the second; the same template, data and moment give the same bytes.
    Letters no font has are replaced as in ``printable``. ``house`` is added: the language and the common texts.
    NotTypeset for errors and for every warning, so that a missing font is noticed.
    """
    try:
        made, warnings = typst.compile_with_warnings(
            **_given(name, data), pdf_standards=["ua-1"], timestamp=at.replace(microsecond=0)
        )
    except typst.TypstError as error:
        raise NotTypeset(f"{name}: {error}") from error
    if warnings:
        raise NotTypeset(f"{name}: {'; '.join(warning.message for warning in warnings)}")
    return bytes(made)


def pictures(name: str, data: dict[str, Any], *, ppi: int) -> list[bytes]:
    """The same pages as PNG, to be looked at before anything is issued. NotTypeset as ``typeset``."""
    try:
        made = typst.compile(**_given(name, data), format="png", ppi=ppi)
    except typst.TypstError as error:
        raise NotTypeset(f"{name}: {error}") from error
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def asked_of(name: str, data: dict[str, Any], label: str) -> list[Any]:
    """What the pages would say of themselves: the values of the ``metadata`` with this label."""
    return list(json.loads(typst.query(**_given(name, data), selector=label, field="value")))


def _given(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """The template with its data; only the fonts of the compiler."""
    every = _every_text(data | {"house": _house()})
    inputs = {"data": json.dumps(every, ensure_ascii=False)}
    return {"input": SOURCES / f"{name}.typ", "root": SOURCES, "font_paths": _fonts(), "sys_inputs": inputs}


BLEED = 3 * 72 / 25.4
"""Points drawn beyond the cut: ``bleed`` of ``house.typ``."""


def boxed(content: bytes) -> bytes:
    """The PDF of a page that is drawn beyond its trim box, so that viewers and office printers show what is kept.

    Whoever prints and cuts finds the bleed in its box, and the marks of the cut around it.
    """
    writer = PdfWriter(clone_from=io.BytesIO(content))
    for page in writer.pages:
        trim = page.trimbox
        page.cropbox = trim
        page.bleedbox = RectangleObject(
            (trim.left - BLEED, trim.bottom - BLEED, trim.right + BLEED, trim.top + BLEED)  # type: ignore[arg-type]
        )
    paper = io.BytesIO()
    writer.write(paper)
    return paper.getvalue()


_HAVE = (
    *((0x0A, 0x0A), (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x377), (0x384, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x4FF)),
    *((0x1E00, 0x1EFF), (0x200B, 0x200B), (0x2010, 0x2027), (0x202F, 0x2040), (0x2070, 0x2071), (0x2074, 0x208E)),
    *((0x20A0, 0x20BF), (0x2100, 0x211E), (0x2126, 0x2151), (0x2190, 0x22FF), (0x2500, 0x2606)),
)
"""Characters the fonts of the compiler have (Latin, Greek, Cyrillic, signs), found by asking it; a test checks it."""
UNKNOWN = "\N{WHITE SQUARE}"


def printable(text: str) -> str:
    """The text in letters a document can be set in: emoji are removed, other unknown letters become a square.

    "Maju 😀 Jaya" -> "Maju Jaya"; fullwidth and mathematical letters become plain ones.
    """
    if text.isascii() and text.isprintable():
        return text
    letters = "".join(map(_printable, unicodedata.normalize("NFC", text)))
    if letters == text:
        return text
    return "\n".join(" ".join(filter(None, line.split(" "))) for line in letters.split("\n"))


def _printable(letter: str) -> str:
    if _is_had(letter):
        return letter
    plain = unicodedata.normalize("NFKD", letter)
    if all(map(_is_had, plain)):
        return plain
    return UNKNOWN if unicodedata.category(letter)[0] in "LN" else ""


def _is_had(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _HAVE)


def _every_text(data: Any) -> Any:
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {name: _every_text(value) for name, value in data.items()}
    return [_every_text(value) for value in data] if isinstance(data, list | tuple) else data


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _house() -> dict[str, str]:
    return {"language": (translation.get_language() or "id")[:2], "page": _("Page"), "of": _("of")}
