"""Caches the unchanging parts of templates (label, unit, hint): rendered once, then filled in with what changes."""

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
    """A form's control inside its template; rendered anew with errors, otherwise only the control differs."""
    if errors:
        return render_to_string(template, {**values, "control": control, "errors": errors})
    return filled(template, {"control": control}, **values)


def filled(template: str, slots: dict[str, str], **values: Any) -> SafeString:
    """The template with these slots (safe HTML) filled in; ``values`` are the plain values it is rendered with.

    The template may show a slot but not test it, since it is rendered once for all of them.
    """
    pieces = _pieces(template, get_language(), tuple(slots), **values)
    whole = "".join([slots[piece] if odd else piece for odd, piece in pieces])
    return mark_safe(whole)  # nosec B308 B703 - the pieces come from a template, and the slots are safe already


@lru_cache(maxsize=2000, typed=True)  # with their types: a text marked as safe is not the same text
def _pieces(template: str, language: str | None, slots: tuple[str, ...], **values: Any) -> list[tuple[int, str]]:
    """The rendered template as a list of texts and slots; (1, name) is a slot."""
    marks = {name: format_html("<!--slot:{}-->", name) for name in slots}
    return [(number % 2, piece) for number, piece in enumerate(_SLOT.split(render_to_string(template, values | marks)))]
