"""Letters of other scripts, and Latin ones without a Latin base, that look like a Latin letter."""

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјкмнорстухһԁԛԝӏвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχօոսıłŁøØđĐ",
    "ABESIJKMHOPCTYXYGQWaesijkmhopctyxhdqwlbABEZHIKMNOPTYXaeikvoptuxonuilLoOdD",
)

_IMITATING = frozenset({"ARMENIAN", "CHEROKEE", "CYRILLIC", "FULLWIDTH", "GREEK", "MATHEMATICAL"})
"""How the names of letters begin that look like Latin ones."""


def latin(text: str) -> str:
    """The text as it looks, in Latin letters where there is one that looks so."""
    return text.translate(_LATIN)


def named(text: str) -> str:
    """The letters of a text that only look Latin, each once with its code; empty without any."""
    return _coded(letter for letter in text if letter.isalpha() and latin(letter) != letter)


def _coded(letters: Iterable[str]) -> str:
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in dict.fromkeys(letters))


def refusal(typed: str, meant: str, letters: str = "") -> str:
    """Why a word that only looks like one that is known is not taken; ``letters`` are those that only look Latin."""
    if letters := letters or named(typed):
        values = {"typed": typed, "letters": letters, "meant": meant}
        return (
            _("“%(typed)s” is written with letters of another alphabet: %(letters)s. Type “%(meant)s” anew.") % values
        )
    return _("“%(typed)s” is not taken. If you mean “%(meant)s”, type it so.") % {"typed": typed, "meant": meant}


def plain(text: str) -> str:
    """Latin letters of one width, for finding what was meant."""
    return latin(unicodedata.normalize("NFKC", text))


def no_imitation(text: str) -> None:
    """Validator of a person's name: no word mixes Latin letters with those of an alphabet that has look-alikes.

    A name wholly in another alphabet is a name; beside Latin words, one that only looks Latin is not.
    """
    is_latin = any(map(_is_latin, text))
    for word in text.split():
        letters = [letter for letter in word if letter.isalpha()]
        foreign = [letter for letter in letters if unicodedata.name(letter, "").partition(" ")[0] in _IMITATING]
        looks_latin = all(_is_latin(letter) for letter in plain(word) if letter.isalpha())
        if foreign and (any(map(_is_latin, letters)) or (is_latin and looks_latin)):
            raise ValidationError(refusal(text, plain(text), _coded(foreign)), code="imitation")


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
