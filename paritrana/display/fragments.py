"""What stands around the things that change: label, unit, hint, words. It is the same on every visit: drawn once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_SLOT = re.compile("<!--slot:(.*?)-->")


def around(control: SafeString, template: str, errors: Sequence[Any], **values: Any) -> SafeString:
    """A form's control in its template; with errors that is drawn anew, else only the control differs."""
    if errors:
        return render_to_string(template, {**values, "control": control, "errors": errors})
    return filled(template, {"control": control}, **values)


def filled(template: str, slots: dict[str, str], **values: Any) -> SafeString:
    """The template with these slots, HTML that is safe already, and with what is told: plain values, nothing else.

    The template shows a slot, but cannot ask about it: it is drawn once for all of them.
    """
    pieces = _pieces(template, get_language(), tuple(slots), **values)
    whole = "".join([slots[piece] if odd else piece for odd, piece in pieces])
    return mark_safe(whole)  # nosec B308 B703 - a template drew the pieces, and the slots are safe already


@lru_cache(maxsize=2000, typed=True)  # typed: a text marked as safe is not the same text
def _pieces(template: str, language: str | None, slots: tuple[str, ...], **values: Any) -> list[tuple[int, str]]:
    """Text and names of slots by turns; (1, name) is a slot."""
    marks = {name: format_html("<!--slot:{}-->", name) for name in slots}
    return [(number % 2, piece) for number, piece in enumerate(_SLOT.split(render_to_string(template, values | marks)))]
