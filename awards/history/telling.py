"""A past award as it is told: its sources as links, its open questions in words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from awards.history.words import QUESTIONS
from awards.models import PastAward


def tell(awards: Iterable[PastAward]) -> None:
    """Give every award its sources as links where they are addresses, and its questions in words."""
    for award in awards:
        award.told_sources = [{"text": _host(source), "url": _address(source)} for source in award.sources]
        award.asked = [QUESTIONS[code] for code in award.questions if code in QUESTIONS]


def _address(source: str) -> str:
    """The web address a source begins with; empty for anything else, so that nothing else ever becomes a link."""
    first = source.split()[0] if source.split() else ""
    return first if first.startswith(("https://", "http://")) else ""


def _host(source: str) -> str:
    address = _address(source)
    return urlsplit(address).netloc.removeprefix("www.") + source[len(address) :] if address else source
