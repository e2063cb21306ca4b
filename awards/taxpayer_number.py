"""NPWP, the number of a taxpayer: sixteen digits. Fifteen are its older form, a zero in front makes them sixteen.

A person's is the NIK since 2024, which never begins with a zero: it is personal data, and shown masked.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from paritrana.display import look_alikes

DIGITS = 16
_SEPARATORS = re.compile(r"[\s.\-–—/]")
_LABEL = re.compile(r"^NPWP\W*", re.IGNORECASE)
_OF_A_PLACE = 22
"""Digits of the NITKU, the number of a place of business: the NPWP and six more."""


def read(text: str) -> str:
    """``01.234.567.8-901.000`` as sixteen digits; empty stays empty. Raises ValidationError ``npwp``."""
    bare = _SEPARATORS.sub("", text)
    if not bare:
        return ""
    if re.fullmatch("[0-9]{15,16}", bare, re.ASCII):
        return bare.rjust(DIGITS, "0")
    digits, message = _LABEL.sub("", look_alikes.plain(bare)), _("Type the 15 or 16 digits of the NPWP.")
    if re.fullmatch(f"[0-9]{{{_OF_A_PLACE}}}", digits):
        message = _("These 22 digits are a NITKU. The NPWP is its first 16: %(meant)s.") % {"meant": digits[:DIGITS]}
    elif re.fullmatch("[0-9]{15,16}", digits):
        message = look_alikes.refusal(text, digits)
    raise ValidationError(message, code="npwp")


def is_of_a_person(number: str) -> bool:
    """Whether it is the NIK of a person."""
    return bool(number) and not number.startswith("0")


def differ(one: str, other: str) -> bool:
    """Whether two numbers belong to two taxpayers. The older number of a person is not told from the NIK."""
    return bool(one and other) and one != other and is_of_a_person(one) == is_of_a_person(other)
