"""Letters of other scripts, and Latin ones without a Latin base, that look like a Latin letter."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјкмнорстухһԁԛԝӏвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχօոսıłŁøØđĐ",
    "ABESIJKMHOPCTYXYGQWaesijkmhopctyxhdqwlbABEZHIKMNOPTYXaeikvoptuxonuilLoOdD",
)


def latin(text: str) -> str:
    """The text as it looks, in Latin letters where there is one that looks so."""
    return text.translate(_LATIN)


def named(text: str) -> str:
    """The letters of a text that only look Latin, each once with its code; empty without any."""
    found = dict.fromkeys(letter for letter in text if letter.isalpha() and latin(letter) != letter)
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in found)


def refusal(typed: str, meant: str) -> str:
    """Why a word that only looks like one that is known is not taken."""
    if letters := named(typed):
        values = {"typed": typed, "letters": letters, "meant": meant}
        return (
            _("“%(typed)s” is written with letters of another alphabet: %(letters)s. Type “%(meant)s” anew.") % values
        )
    return _("“%(typed)s” is not taken. If you mean “%(meant)s”, type it so.") % {"typed": typed, "meant": meant}


def plain(text: str) -> str:
    """Latin letters of one width, for finding what was meant."""
    return latin(unicodedata.normalize("NFKC", text))


def no_imitation(text: str) -> None:
    """Validator of a person's name: what looks Latin throughout is typed in Latin letters, or is another name."""
    seen = plain(text)
    foreign = any(letter.isalpha() and not _is_latin(letter) for letter in text)
    if foreign and all(_is_latin(letter) for letter in seen if letter.isalpha()):
        raise ValidationError(refusal(text, seen), code="imitation")


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
