"""How e-mail addresses are normalised, so that one address belongs to one account."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def cleaned(address: str) -> str:
    """In lower case and without blanks around it; ValidationError ``foreign-letters`` beyond ASCII.

    Such letters can look like others or be changed on the way. Domains with them have an ASCII spelling (``xn--…``).
    """
    address = address.strip().lower()
    if not address.isascii():
        raise ValidationError(_("Write the address without special letters."), code="foreign-letters")
    return address
