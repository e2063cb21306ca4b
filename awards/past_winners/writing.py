"""Published winners written all at once: new awards, and sources of known ones; the same file again adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from awards.models import PastAward
from awards.past_winners.rows import Prize, Published
from awards.past_winners.terms import QUESTIONS
from paritrana.accounts import trail
from paritrana.accounts.models import User


@dataclass
class PastWinnersReport:
    """How many rows, awards made and awards that gained a source; ``open`` are rows a person has to look at."""

    rows: int = 0
    made: int = 0
    sourced: int = 0
    open: list[Published] = field(default_factory=list)

    @property
    def understood(self) -> int:
        return self.rows - len(self.open)


@transaction.atomic
def carry_out(rows: Sequence[Published], *, by: User | None, name: str, digest: str) -> PastWinnersReport:
    """Write what was read from the file ``name`` (sha256 ``digest``). What a person settled is left as it is."""
    known = {award.key: award for award in PastAward.objects.filter(key__in=[row.award.key for row in rows])}
    fresh: dict[str, PastAward] = {}
    sourced: dict[str, PastAward] = {}
    for row in rows:
        key = row.award.key
        present = known.get(key) or fresh.get(key)
        if present is None:
            fresh[key] = row.award
        elif _add(present, row.award) and key in known:
            sourced[key] = present
    PastAward.objects.bulk_create(fresh.values())
    for award in sourced.values():
        _save(award)
    made = {award.key: award for award in PastAward.objects.filter(key__in=fresh)}
    if fresh or sourced:
        first_award = next(iter({**made, **sourced}.values()))
        trail.record(by, "history.import", first_award, file=name, sha256=digest, made=len(fresh), sourced=len(sourced))
    now = known | made
    still_open = [Published(row.number, now[row.award.key]) for row in rows if now[row.award.key].questions]
    return PastWinnersReport(len(rows), len(fresh), len(sourced), still_open)


def _add(present: PastAward, award: PastAward) -> bool:
    """Take over the sources that are new, and the place where only these tell it; True if anything was new."""
    sources = [source for source in award.sources if source not in present.sources]
    if not sources:
        return False
    present.sources = [*present.sources, *sources]
    if (award.prize, award.place) == (present.prize, present.place) or award.prize == Prize.RECIPIENT:
        return True
    if present.prize == Prize.RECIPIENT and "place" in present.questions:
        present.prize, present.place, present.is_joint = award.prize, award.place, award.is_joint
        present.place_words = award.place_words
        present.questions = [code for code in present.questions if code != "place"]
    elif "differs" not in present.questions:
        present.questions = [*present.questions, "differs"]
    return True


def _save(award: PastAward) -> None:
    names = ("sources", "questions", "prize", "place", "is_joint", "place_words")
    PastAward.objects.filter(pk=award.pk).update(
        version=F("version") + 1, **{name: getattr(award, name) for name in names}
    )


def tell(awards: Iterable[Any]) -> None:
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
