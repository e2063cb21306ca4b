"""How an e-mail address is written, so that one address is one account."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def cleaned(address: str) -> str:
    """In lower case, without blanks around it.

    ValidationError ``foreign-letters`` beyond ASCII: such letters can look like others, or become others in a letter's
    envelope. A domain with them has a spelling without (``xn--…``).
    """
    address = address.strip().lower()
    if not address.isascii():
        raise ValidationError(_("Write the address without special letters."), code="foreign-letters")
    return address
