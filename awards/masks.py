"""Masks personal data for lists: enough to recognise it, too little to use it."""

from awards import taxpayer_number

DOTS = "••••"


def phone(number: str) -> str:
    """``0812••••34``; a short number shows its last two digits only."""
    plain = "".join(letter for letter in number if letter.isdigit() or letter == "+")
    return (plain[:4] if len(plain) >= 9 else "") + DOTS + plain[-2:] if plain else ""


def email(address: str) -> str:
    """``b••••@contoh.id``."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}{DOTS}{at}{domain}" if at else ""


def nik(number: str) -> str:
    """The last four of sixteen digits: the first ones give away the birthplace and the birthday."""
    return DOTS + number[-4:] if number else ""


def npwp(number: str) -> str:
    """As it is, but for a person's, which is the NIK."""
    return nik(number) if taxpayer_number.is_of_a_person(number) else number
