"""Reads how many days what is only needed for a while is kept; standard library only."""

from collections.abc import Mapping

from paritrana.setup.bootstrap import SetupRefused

DAYS = {"KEEP_LETTERS_DAYS": 730, "KEEP_LINKS_DAYS": 30, "KEEP_DRAFTS_DAYS": 30, "KEEP_FILES_DAYS": 1}
MOST = 3650


def read(given: Mapping[str, str]) -> dict[str, int]:
    """``letters``, ``links``, ``drafts`` and ``files`` in days; SetupRefused for what is no such number."""
    return {name.split("_")[1].lower(): _days(name, given.get(name, str(usual))) for name, usual in DAYS.items()}


def _days(name: str, text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text) <= MOST:
        raise SetupRefused(f"{name} is no number of days. Write one from 1 to {MOST}, or unset it.")
    return int(text)
