"""Reads a JSON document and collects every fault with its place before any value is used."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from paritrana.display import invisible

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TWO_DECIMALS = re.compile(r"-?\d{1,3}\.\d\d")
_REQUIRED: Any = object()


class SchemaFaults:
    """The faults found so far; every reader returns a usable value even after a fault."""

    def __init__(self) -> None:
        self.faults: list[ValidationError] = []

    def fault(self, place: str, text: Any, **values: Any) -> None:
        self.faults.append(
            ValidationError("%(place)s: %(fault)s", code="edition", params={"place": place, "fault": text % values})
        )

    def take(self, source: Any, key: str, place: str, read: Callable[[Any], Any], default: Any = _REQUIRED) -> Any:
        """One value of an object, or ``default``; ``read`` raises ValueError for an invalid value."""
        if not isinstance(source, dict) or key not in source:
            if default is _REQUIRED:
                self.fault(place, _("“%(key)s” is missing."), key=key)
            return None if default is _REQUIRED else default
        try:
            return read(source[key])
        except UnfitTextError as unfit:
            self.fault(f"{place}.{key}", unfit.message, **unfit.values)
            return None
        except (ValueError, TypeError, AttributeError):
            self.fault(f"{place}.{key}", _("“%(value)s” cannot be used here."), value=source[key])
            return None

    def unknown(self, source: Any, place: str, known: set[str]) -> None:
        for key in sorted(set(source) - known) if isinstance(source, dict) else []:
            self.fault(place, _("“%(key)s” is not a key of the format."), key=key)

    def once(self, values: list[Any], place: str) -> None:
        for value in sorted({str(v) for v in values if values.count(v) > 1}):
            self.fault(place, _("“%(value)s” occurs more than once."), value=value)


class UnfitTextError(ValueError):
    """Text that is no text to store, and why."""

    def __init__(self, message: Any, **values: Any) -> None:
        super().__init__(str(message))
        self.message, self.values = message, values


def _unfit(value: Any, wanted: Any) -> UnfitTextError:
    return UnfitTextError(_("“%(value)s” cannot be used here, but %(wanted)s."), value=value, wanted=wanted)


def any_text(value: Any) -> str:
    """Text that may be empty; nothing in it that a database refuses."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in value):
        raise UnfitTextError(_("the text holds characters that cannot be stored."))
    if any(map(invisible.is_zero_width, value)):
        raise UnfitTextError(_("the text holds %(characters)s, which nobody sees."), characters=invisible.named(value))
    return value.strip()


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _unfit(value, _("a text that is not empty"))
    return any_text(value)


def slug(value: Any) -> str:
    if not _SLUG.fullmatch(value):
        raise _unfit(value, _("small letters, digits and hyphens between them"))
    return value


def within(most: int | None, read: Callable[[Any], str] = text) -> Callable[[Any], str]:
    """``read`` for text that fits its field on every database."""

    def fitting(value: Any) -> str:
        found = read(value)
        if most is not None and len(found) > most:
            values = {"count": len(found), "most": most, "start": found[:30]}
            raise UnfitTextError(_("“%(start)s…” has %(count)s characters; at most %(most)s fit."), **values)
        return found

    return fitting


def one_of(choices: Any) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices.values:
            raise _unfit(value, _("one of: %(choices)s") % {"choices": ", ".join(choices.values)})
        return choices(value).value

    return read


def hundredths(value: Any) -> int:
    """ "37.50" -> 3750: a string with two decimals, so that no float is involved."""
    if not isinstance(value, str) or not _TWO_DECIMALS.fullmatch(value):
        raise _unfit(value, _('a text with two decimals, such as "37.50"'))
    return int(value.replace(".", ""))


def count(value: Any) -> int:
    if type(value) is not int or not 0 < value < 10_000:
        raise _unfit(value, _("a whole number from 1 to 9999"))
    return value


def count_or_none(value: Any) -> int:
    return 0 if type(value) is int and value == 0 else count(value)


def day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _unfit(value, _("a day, written as 2024-12-31")) from error


def flag(value: Any) -> bool:
    if type(value) is not bool:
        raise _unfit(value, _("true or false"))
    return value


def list_of(value: Any) -> list:
    if not isinstance(value, list):
        raise _unfit(value, _("a list"))
    return value


def names(value: Any) -> list[str]:
    return sorted({text(name) for name in list_of(value)})


def mapping(value: Any) -> dict:
    if not isinstance(value, dict):
        raise _unfit(value, _("an object in curly brackets"))
    return value
