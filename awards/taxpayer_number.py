"""NPWP, the number of a taxpayer: sixteen digits. Fifteen are its older form, a zero in front makes them sixteen.

A person's is the NIK since 2024, which never begins with a zero: it is personal data, and shown masked.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from paritrana.display.numbers import read_code

DIGITS = 16
LENGTHS = (15, DIGITS)
_SEPARATORS = re.compile(r"[ .\-–/]")


def read(text: str) -> str:
    """``01.234.567.8-901.000`` as sixteen digits; empty stays empty. Raises ValidationError ``npwp``."""
    digits = _SEPARATORS.sub("", text)
    if not digits:
        return ""
    if not re.fullmatch("[0-9]{15,16}", digits, re.ASCII):
        raise ValidationError(_("Type the 15 or 16 digits of the NPWP."), code="npwp")
    return digits.rjust(DIGITS, "0")


def in_a_cell(cell: object) -> str:
    """The text of a spreadsheet's cell, where a number of sixteen digits has lost the last of them."""
    if isinstance(cell, int | float) and cell >= 10 ** LENGTHS[0]:
        raise ValidationError(
            _("A spreadsheet keeps only 15 digits of a number. Format the column as text and type the NPWP again."),
            code="lost-digits",
        )
    return read_code(cell, LENGTHS[0])


def is_of_a_person(number: str) -> bool:
    """Whether it is the NIK of a person."""
    return bool(number) and not number.startswith("0")


def differ(one: str, other: str) -> bool:
    """Whether two numbers belong to two taxpayers. The older number of a person is not told from the NIK."""
    return bool(one and other) and one != other and is_of_a_person(one) == is_of_a_person(other)
