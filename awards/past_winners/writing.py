"""What another source adds to an award, and how sources and questions are told; a settled award is not changed."""

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
"""So many words in one part of an address are a headline, not the name of a folder."""
SMALL_WORDS = frozenset({"dan", "dari", "dengan", "di", "ke", "oleh", "pada", "untuk", "yang"})


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
    if sources and award.region and _is_nearer(award.region, present.region):
        present.region, present.region_words = award.region, award.region_words
        present.questions = [code for code in present.questions if code != "region"]
    if is_other_place and present.prize == Prize.RECIPIENT and "place" in present.questions:
        present.prize, present.place, present.is_joint = award.prize, award.place, award.is_joint
        present.place_words = award.place_words
        present.questions = [code for code in present.questions if code != "place"]
    elif is_other_place and "differs" not in present.questions and not _is_settled(present, sources):
        present.questions = [*present.questions, "differs"]
    return (present.sources, present.questions) != before


def _is_nearer(region: Region, known: Region | None) -> bool:
    return known is None or (region != known and region.lies_in(known))


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
        award.cited_sources = [{"text": source_title(source), "url": _address(source)} for source in award.sources]
        award.asked = [QUESTIONS[code] for code in award.questions if code in QUESTIONS]


def _address(source: str) -> str:
    """The web address a source begins with; empty for anything else, so that only addresses become links."""
    first = source.split()[0] if source.split() else ""
    return first if first.startswith(("https://", "http://")) else ""


def source_title(source: str) -> str:
    """What a reader recognises: the headline as the address spells it, the site, and what is remarked about it."""
    address = _address(source)
    if not address:
        return source
    parts = urlsplit(address)
    site = parts.netloc.removeprefix("www.").removeprefix("amp.")
    headline = max((_words(part) for part in parts.path.split("/")), key=len)
    is_headline = len(headline) >= MOST_LIKELY_WORDS
    title = f"{' '.join(map(_spelt, headline))} ({site})" if is_headline else site
    remark = source[len(address) :].strip()
    if remark.startswith("(") and remark.endswith(")"):
        remark = remark[1:-1]
    return ", ".join(filter(None, [title, remark]))


def _spelt(word: str) -> str:
    """As headlines spell it: small words as they are, capitals for what has no vowel (BPJS, NTB)."""
    if word in SMALL_WORDS:
        return word
    return word[:1].upper() + word[1:] if re.search("[aeiou]", word.lower()) and word != "i" else word.upper()


def _words(part: str) -> list[str]:
    """The words of one part of an address, without its ending and the number of the page."""
    part = re.sub(r"\.\w{2,5}$|^\w{1,6}-\d{5,}-", "", part)
    return [word for word in re.split(r"[-_]+", part) if word and not re.search(r"\d{5}", word)]
