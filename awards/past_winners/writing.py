"""Published winners written all at once: new awards, and sources of known ones; the same file again adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from awards.models import PastAward
from awards.past_winners.matching import Known, Match
from awards.past_winners.rows import Prize, Published
from awards.past_winners.terms import QUESTIONS
from paritrana.accounts import trail
from paritrana.accounts.models import User


@dataclass
class PastWinnersReport:
    """What became of every row, by its number: written, already there, or asked about; ``sourced`` gained a source.

    ``open`` are the rows a person has to look at; they are written or there, and counted as asked.
    """

    rows: int = 0
    made: int = 0
    sourced: int = 0
    written: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    open: list[Published] = field(default_factory=list)

    @property
    def understood(self) -> int:
        return self.rows - len(self.open)


@transaction.atomic
def carry_out(rows: Sequence[Published], *, by: User | None, name: str, digest: str) -> PastWinnersReport:
    """Write what was read from the file ``name`` (sha256 ``digest``). What a person settled is left as it is."""
    periods = {row.award.period for row in rows}
    stored = PastAward.objects.filter(period__in=periods).select_related("province", "region", "same_as")
    known, fresh, sourced, outcome = Known(stored), [], {}, []
    for row in rows:
        award, is_new = _taken(row.award, known)
        if is_new:
            fresh.append(award)
        elif _add(award, row.award) and award.pk:
            sourced[award.pk] = award
        outcome.append((row, award, is_new))
    PastAward.objects.bulk_create(fresh)
    for award in sourced.values():
        _save(award)
    if fresh or sourced:
        of = PastAward.objects.get(key=fresh[0].key) if fresh else next(iter(sourced.values()))
        trail.record(by, "history.import", of, file=name, sha256=digest, made=len(fresh), sourced=len(sourced))
    return PastWinnersReport(
        rows=len(rows),
        made=len(fresh),
        sourced=len(sourced),
        written=[row.number for row, award, is_new in outcome if is_new and not award.questions],
        already=[row.number for row, award, is_new in outcome if not is_new and not award.questions],
        open=[Published(row.number, award) for row, award, _is_new in outcome if award.questions],
    )


def _taken(award: PastAward, known: Known) -> tuple[PastAward, bool]:
    """The award that stands for this row, and whether it is a new one."""
    met = known.met(award)
    if met is not None and met.match is Match.SAME:
        return met.award.same_as or met.award, False
    if met is not None:
        award.questions = [*award.questions, "namesake"]
    award.key = known.new_key(award)
    known.add(award)
    return award, True


def _add(present: PastAward, award: PastAward) -> bool:
    """Take over the sources that are new, and the place where only these name it; True if anything was new."""
    sources = [source for source in award.sources if source not in present.sources]
    is_other_place = (award.prize, award.place) != (present.prize, present.place) and award.prize != Prize.RECIPIENT
    if not sources and not (is_other_place and award.place_words != present.place_words):
        return False
    before = list(present.sources), list(present.questions)
    present.sources = [*present.sources, *sources]
    if is_other_place and present.prize == Prize.RECIPIENT and "place" in present.questions:
        present.prize, present.place, present.is_joint = award.prize, award.place, award.is_joint
        present.place_words = award.place_words
        present.questions = [code for code in present.questions if code != "place"]
    elif is_other_place and "differs" not in present.questions and not _is_settled(present, sources):
        present.questions = [*present.questions, "differs"]
    return (present.sources, present.questions) != before


def _is_settled(present: PastAward, sources: list[str]) -> bool:
    """A person looked at exactly these sources."""
    return not sources and present.version > 1 and not present.questions


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
