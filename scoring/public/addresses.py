"""The public pages in two languages: Indonesian where they always were, English under ``/en/``.

The address alone decides the language, so that what is shared or kept by a machine is what the other person sees.
"""

from typing import Any

from django.urls import reverse
from django.utils import translation

LANGUAGES = ("id", "en")


def language_of(path: str) -> str:
    return "en" if path.startswith("/en/") else "id"


def address(name: str, *args: Any, language: str | None = None, **kwargs: Any) -> str:
    """The path of a public page in a language, the active one when none is given."""
    spoken = language or translation.get_language() or "id"
    return reverse(f"en:{name}" if spoken.startswith("en") else name, args=args, kwargs=kwargs)
