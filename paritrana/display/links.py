"""Addresses of pages as letters, files and other programs need them."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of the portal."""
    return settings.PARITRANA_URL.rstrip("/") + path
