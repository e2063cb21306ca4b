"""The code on a document: 80 random bits as sixteen letters and digits that are hard to confuse."""

import io
import re
import secrets
from base64 import b32encode
from typing import Any

import segno
from django.utils.translation import gettext as _

from paritrana.display.links import absolute
from scoring.public.addresses import address

LENGTH = 16
_LOOK_ALIKE = str.maketrans("0189", "OIBG")
"""Characters not used in codes, and the character they were probably misread from."""


def fresh_code() -> str:
    return b32encode(secrets.token_bytes(LENGTH * 5 // 8)).decode()


def grouped(code: str) -> str:
    """ABCDEFGHIJKLMNOP -> ABCD-EFGH-IJKL-MNOP, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def understood(typed: str) -> str:
    """The code somebody typed, ignoring case and gaps and correcting similar letters; empty if it cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_LOOK_ALIKE)
    return letters if len(letters) == LENGTH else ""


def check_address(code: str) -> str:
    """The address in the QR code of a document: the check page in the active language, which is the document's."""
    return absolute(address("check-code", grouped(code)))


def qr_picture(code: str) -> str:
    """The QR code as SVG."""
    paper = io.BytesIO()
    segno.make(check_address(code), error="m").save(paper, kind="svg", border=2, xmldecl=False, svgns=True)
    return paper.getvalue().decode()


def proof(code: str, *more: tuple[str, str]) -> dict[str, Any]:
    """The argument of ``proof`` in ``house.typ``; without a code nothing that could be scanned."""
    lines = [(_("Check this document"), check_address(code)), (_("Code"), grouped(code))] if code else []
    qr = qr_picture(code) if code else ""
    return {"qr": qr, "alt": _("QR code that leads to the check of this document"), "lines": [*lines, *more]}
