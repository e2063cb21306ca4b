"""The file an edition comes in, as a document: what JSON leaves open is refused, with the reason."""

import codecs
import json
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def has_mark(content: bytes) -> bool:
    """Whether the file begins with the byte order mark that Windows writes; it is no part of the document."""
    return content.startswith(codecs.BOM_UTF8)


def read_document_file(content: bytes) -> Any:
    """Raises ValidationError ``not-json``: the encoding, where the syntax breaks, or a key that is given twice."""
    if content.startswith(_OTHER_MARKS):
        raise _refusal(_("The file is stored as UTF-16. Save it as UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = {"byte": error.start + 1}
        raise _refusal(_("The file is not UTF-8 (byte %(byte)s). Save it as UTF-8.") % values) from error
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        values = {"line": error.lineno, "column": error.colno}
        raise _refusal(_("The file is not JSON: line %(line)s, column %(column)s.") % values) from error
    except (RecursionError, ValueError) as error:
        raise _refusal(_("The file is not JSON.")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; of a key that is given twice nobody knows which value was meant."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            values = {"key": key, "one": _short(found[key]), "other": _short(value), "place": _place(pairs)}
            text = _("“%(key)s” is given twice in %(place)s: %(one)s and %(other)s. Keep one of the two.")
            raise _refusal(text % values)
        found[key] = value
    return found


def _place(pairs: list[tuple[str, Any]]) -> str:
    """An object by its short name, else by its first key."""
    named = next((value for key, value in pairs if key == "slug" and isinstance(value, str)), None)
    return f"“{named}”" if named else _("the object that begins with “%(key)s”") % {"key": pairs[0][0]}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _no_number(constant: str) -> NoReturn:
    raise _refusal(_("“%(value)s” is no number of JSON.") % {"value": constant})


def _refusal(message: str) -> ValidationError:
    return ValidationError(message, code="not-json")
