"""Invisible characters: zero-width ones, direction marks, soft hyphens, and unusual spaces."""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_BLANK = "\u115f\u1160\u2800\u3164\uffa0\u034f"
"""Letters and signs by their category, and empty all the same."""
_BREAKS = "\u0085\u2028\u2029"
_NAMES: dict[str, Promise] = {
    "\u00a0": gettext_lazy("a no-break space"),
    "\u00ad": gettext_lazy("a soft hyphen"),
    "\u200b": gettext_lazy("a zero-width space"),
    "\u200c": gettext_lazy("a zero-width non-joiner"),
    "\u200d": gettext_lazy("a zero-width joiner"),
    "\u202f": gettext_lazy("a narrow no-break space"),
    "\u2060": gettext_lazy("a word joiner"),
    "\ufeff": gettext_lazy("a byte order mark"),
    **dict.fromkeys("\u061c\u200e\u200f", gettext_lazy("a mark of writing direction")),
    **dict.fromkeys(
        map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), gettext_lazy("a mark of writing direction")
    ),
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")


def is_zero_width(letter: str) -> bool:
    """Whether it has no width, or shows nothing."""
    return letter in _BLANK or unicodedata.category(letter) == "Cf"


def is_odd_space(letter: str) -> bool:
    """Whether it looks like a space but is another character."""
    return letter != " " and (letter in _BREAKS or unicodedata.category(letter) == "Zs")


def named(text: str) -> str:
    """The invisible characters of a text by name and code, each once; empty without any."""
    if text.isascii():
        return ""
    found = dict.fromkeys(letter for letter in text if is_zero_width(letter) or is_odd_space(letter))
    return ", ".join(f"{_name(letter)} (U+{ord(letter):04X})" for letter in found)


def without(text: str) -> str:
    """The text as it looks: without zero-width characters, with plain spaces, grouped digits as one number."""
    if text.isascii():
        return text
    seen = "".join(" " if is_odd_space(letter) else letter for letter in text if not is_zero_width(letter))
    return _GROUPED.sub(lambda match: match[0].replace(" ", ""), " ".join(seen.split()))


def _name(letter: str) -> str:
    return str(_NAMES.get(letter) or _("an invisible character"))


def on_one_line(text: str) -> str:
    """The text without invisible and direction-changing characters and line breaks, so that a name cannot fake a line.

    Spaces stay as they are.
    """
    if text.isprintable() and text.isascii():
        return text
    seen = _CONTROLS.sub(" ", text.strip())
    return "".join(letter for letter in seen if not is_zero_width(letter))
