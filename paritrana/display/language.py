"""Words kept as data in both languages."""

from django.utils import translation


def in_language(indonesian: str, english: str) -> str:
    """These words in the active language; Indonesian where there is no English."""
    return english if english and (translation.get_language() or "").startswith("en") else indonesian
