"""Documents as accessible PDF (PDF/UA-1): a template under ``templates/typst/`` and what it tells, nothing else.

What is told travels as JSON, never as source of the document, so nothing anybody typed can become markup. Only the
fonts of the compiler are used, so a document looks the same, and is the same byte for byte, on every machine.
"""

import json
from datetime import datetime
from functools import cache
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

SOURCES = settings.BASE_DIR / "templates" / "typst"
PDF = "application/pdf"


class NotTypeset(Exception):
    """The template and what it was told do not fit; the message is the compiler's."""


def typeset(name: str, told: dict[str, Any], *, at: datetime) -> bytes:
    """The PDF of ``templates/typst/NAME.typ``, which reads ``told`` (plain JSON) as ``told`` of ``house.typ``.

    ``at`` (aware) is the date of the document, to the second; the same template, told and moment give the same bytes. ``told.house``
    is added: the language and the words every document needs. NotTypeset for faults and for every warning: a missing
    font or letter must not pass unnoticed.
    """
    source = SOURCES / f"{name}.typ"
    told = told | {"house": _house()}
    try:
        made, warnings = typst.compile_with_warnings(
            source,
            root=SOURCES,
            font_paths=_fonts(),
            sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=at.replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise NotTypeset(f"{source.name}: {error}") from error
    if warnings:
        raise NotTypeset(f"{source.name}: {'; '.join(warning.message for warning in warnings)}")
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _house() -> dict[str, str]:
    return {"language": (translation.get_language() or "id")[:2], "page": _("Page"), "of": _("of")}
