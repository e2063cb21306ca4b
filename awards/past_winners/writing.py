"""What another source adds to an award, and how sources and questions are told; a settled award is not changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F

from awards.models import PastAward
from awards.past_winners.terms import QUESTIONS
from regions.models import Region

Prize = PastAward.Prize

MOST_LIKELY_WORDS = 4
"""So many words in the last part of an address are a headline, not the number of a page."""


def add(present: PastAward, award: PastAward) -> bool:
    """Take over the sources that are new, with the place or the nearer region where only these name it.

    True if anything was new.
    """
    sources = [source for source in award.sources if source not in present.sources]
    is_other_place = (award.prize, award.place) != (present.prize, present.place) and award.prize != Prize.RECIPIENT
    if not sources and not (is_other_place and award.place_words != present.place_words):
        return False
    before = list(present.sources), list(present.questions)
    present.sources = [*present.sources, *sources]
    if sources and award.region and (present.region is None or _lies_in(award.region, present.region)):
        present.region, present.region_words = award.region, award.region_words
        present.questions = [code for code in present.questions if code != "region"]
    if is_other_place and present.prize == Prize.RECIPIENT and "place" in present.questions:
        present.prize, present.place, present.is_joint = award.prize, award.place, award.is_joint
        present.place_words = award.place_words
        present.questions = [code for code in present.questions if code != "place"]
    elif is_other_place and "differs" not in present.questions and not _is_settled(present, sources):
        present.questions = [*present.questions, "differs"]
    return (present.sources, present.questions) != before


def _lies_in(region: Region, other: Region) -> bool:
    return region != other and region.code.startswith(other.code)


def _is_settled(present: PastAward, sources: list[str]) -> bool:
    """A person looked at exactly these sources."""
    return not sources and present.version > 1 and not present.questions


def save(award: PastAward) -> None:
    names = ("sources", "questions", "prize", "place", "is_joint", "place_words", "region", "region_words")
    PastAward.objects.filter(pk=award.pk).update(
        version=F("version") + 1, **{name: getattr(award, name) for name in names}
    )


def tell(awards: Iterable[Any]) -> None:
    """Give every award its sources, as links where they are addresses, and its questions as text."""
    for award in awards:
        award.told_sources = [{"text": source_title(source), "url": _address(source)} for source in award.sources]
        award.asked = [QUESTIONS[code] for code in award.questions if code in QUESTIONS]


def _address(source: str) -> str:
    """The web address a source begins with; empty for anything else, so that only addresses become links."""
    first = source.split()[0] if source.split() else ""
    return first if first.startswith(("https://", "http://")) else ""


def source_title(source: str) -> str:
    """What a reader recognises: the headline as the address spells it, and the site; without words, the site alone."""
    address = _address(source)
    if not address:
        return source
    parts = urlsplit(address)
    site = parts.netloc.removeprefix("www.").removeprefix("amp.") + source[len(address) :]
    last = re.sub(r"\.\w{2,5}$", "", parts.path.rstrip("/").rpartition("/")[2])
    words = [word for word in re.split(r"[-_]+", last) if not re.search(r"\d{5}", word)]
    if len(words) < MOST_LIKELY_WORDS:
        return site
    headline = " ".join(words)
    return f"{headline[:1].upper()}{headline[1:]} ({site})"
