"""The announced results, with the winners and nobody else in them. Everything public is made from here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, OuterRef

from awards.models import Selection, ZoneProvince
from awards.models.rubrics import Grouping
from awards.names import name_key
from scoring.models import Seal
from scoring.standings.rankings import Ranking, RankingLine, without_zones
from scoring.standings.winners import winners_of

MOST_KEPT = 1000
_read: dict[str, tuple[Ranking, ...]] = {}
"""Winners by the digest of their seal. A seal never changes, so a server may remember what it read from one; whether
it may be told is asked anew every time."""


@dataclass(frozen=True)
class Announcement:
    selection: Selection
    seal: Seal
    rankings: list[Ranking]

    @property
    def at(self) -> datetime:
        return cast("datetime", self.seal.public_from)

    @property
    def is_withdrawn(self) -> bool:
        """Opened again by two people; it stays readable, marked, until its correction is announced."""
        return self.seal.reopened_at is not None

    @property
    def is_correction(self) -> bool:
        return cast(Any, self.seal).is_correction

    @property
    def has_totals(self) -> bool:
        return publishes_totals(self.selection)

    @property
    def winners(self) -> Iterator[Winner]:
        for ranking in self.rankings:
            for group in ranking.winners:
                for line in group.lines:
                    yield Winner(self, ranking, line)


@dataclass(frozen=True)
class Winner:
    """One award of one winner; somebody who holds two titles is two of them."""

    announcement: Announcement
    ranking: Ranking
    line: RankingLine

    @property
    def selection(self) -> Selection:
        return self.announcement.selection

    @property
    def prize(self) -> str:
        return self.ranking.prize_of(self.line)

    @property
    def group(self) -> str:
        """The zone or sector it was ranked in; empty where all competed together."""
        return self.line.group

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.line.code, self.line.name)


def key_of(code: str, name: str) -> tuple[str, str]:
    """What a recipient's page is found by: the code of its region, and its name without spelling, in any script."""
    letters = "".join(each for each in name_key(name) if each == " " or unicodedata.category(each)[0] in "LMN")
    return code, "-".join(letters.split())


def publishes_totals(selection: Selection) -> bool:
    """Totals stay confidential unless the selection says otherwise, and invented ones whatever it says."""
    return bool(selection.publishes_totals) and not selection.edition.is_example


def announcements(**where: Any) -> list[Announcement]:
    """The results whose moment has come, newest edition first. Two queries, however many there are."""
    earlier = Seal.objects.filter(selection=OuterRef("selection"), number__lt=OuterRef("number"))
    rows = Seal.objects.public().filter(**where)
    rows = rows.annotate(is_correction=Exists(earlier.filter(public_from__isnull=False)))
    rows = rows.select_related("selection__edition", "selection__province")
    seals = list(rows.order_by("-selection__edition__period_end", "selection__level", "selection__province__code"))
    winners = _winners(seals)
    return [
        Announcement(seal.selection, seal, [_for_readers(ranking, seal.selection) for ranking in winners[seal.pk]])
        for seal in seals
    ]


def _for_readers(ranking: Ranking, selection: Selection) -> Ranking:
    """A copy for this reader: what is shared between readers must not keep the words of one language."""
    ranking = without_zones(ranking) if selection.province_id else ranking
    if publishes_totals(selection):
        return replace(ranking)
    return replace(ranking, lines=[replace(line, total=None) for line in ranking.lines])


def _winners(seals: Iterable[Seal]) -> dict[int, tuple[Ranking, ...]]:
    digests = {seal.pk: seal.digest for seal in seals}
    known = {key: _read[digest] for key, digest in digests.items() if digest in _read}
    unread = Seal.objects.filter(pk__in=digests.keys() - known.keys()).only("digest", "winners")
    for seal in unread.iterator(chunk_size=20):
        known[seal.pk] = tuple(each for each in winners_of(seal) if each.lines)
        if len(_read) >= MOST_KEPT:
            _read.clear()
        _read[seal.digest] = known[seal.pk]
    return known


def zones_of(announced: Iterable[Announcement]) -> dict[tuple[int, str], str]:
    """(edition, code of a province) -> the name of its zone there."""
    editions = {each.selection.edition_id for each in announced}
    memberships = ZoneProvince.objects.filter(edition__in=editions)
    rows = memberships.values_list("edition_id", "province__code", "zone__name")
    return {(edition, code): name for edition, code, name in rows}


def zone_of(winner: Winner, zones: Mapping[tuple[int, str], str]) -> str:
    """The zone a winner is found by; printed for national winners alone."""
    if winner.ranking.grouping == Grouping.ZONE:
        return winner.line.group
    return zones.get((winner.selection.edition_id, winner.line.code[:2]), "")
