"""Announced results, reduced to their winners. All public pages are made from these."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, OuterRef

from awards.editions.english import Texts, label_for_readers, spoken, texts_for_readers
from awards.models import Selection, ZoneProvince
from awards.models.rubrics import Grouping
from awards.names import name_key
from scoring.models import Seal
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.rewards import Rewards, reward_of, rewards_of
from scoring.standings.winners import winners_of
from scoring.standings.zones import without_zones

MOST_KEPT = 1000
_read: dict[str, tuple[Ranking, ...]] = {}
"""Winners by the digest of their seal. A seal never changes, so a server may remember what it read from one; whether
it may be shown is asked anew every time."""


@dataclass(frozen=True)
class Announcement:
    selection: Selection
    seal: Seal
    rankings: list[Ranking]
    rewards: Rewards = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return cast("datetime", self.seal.public_from)

    @property
    def is_withdrawn(self) -> bool:
        """Reopened after its announcement; it stays readable, marked, until the correction is announced."""
        return self.seal.reopened_at is not None

    @property
    def is_correction(self) -> bool:
        return cast(Any, self.seal).is_correction

    @property
    def has_totals(self) -> bool:
        return publishes_totals(self.selection)

    def reward_of(self, ranking: Ranking, line: RankingLine) -> str:
        """Money and goods of a winner as text; empty where nothing is given."""
        return reward_of(self.rewards, self.selection, ranking, line)

    @property
    def winners(self) -> Iterator[Winner]:
        for ranking in self.rankings:
            for group in ranking.winners:
                for line in group.lines:
                    yield Winner(self, ranking, line)


@dataclass(frozen=True)
class Winner:
    """One award of one winner; a winner with two titles appears twice."""

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
    def reward(self) -> str:
        return self.announcement.reward_of(self.ranking, self.line)

    @property
    def group(self) -> str:
        """The zone or sector of its ranking; empty where all competed together."""
        return self.line.group

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.line.code, self.line.name)


def key_of(code: str, name: str) -> tuple[str, str]:
    """What a recipient's page is found by: the code of its region, and its name without spelling, in any script."""
    letters = "".join(each for each in name_key(name) if each == " " or unicodedata.category(each)[0] in "LMN")
    return code, "-".join(letters.split())


def publishes_totals(selection: Selection) -> bool:
    """Totals are public only if the selection says so, and never for invented figures."""
    return bool(selection.publishes_totals) and not selection.edition.is_example


def announcements(**where: Any) -> list[Announcement]:
    """The announced results, newest edition first. Three queries for any number, and one for a reader of English."""
    return _announcements(Seal.objects.public().filter(**where))


def foreseen(seal: Seal, at: datetime) -> Announcement:
    """What ``announcements`` will answer of this seal once it is public, from ``at`` on."""
    (found,) = _announcements(Seal.objects.filter(pk=seal.pk))
    found.seal.public_from = at
    return found


def _announcements(rows: Any) -> list[Announcement]:
    earlier = Seal.objects.filter(selection=OuterRef("selection"), number__lt=OuterRef("number"))
    rows = rows.annotate(is_correction=Exists(earlier.filter(public_from__isnull=False)))
    rows = rows.select_related("selection__edition", "selection__province")
    seals = list(rows.order_by("-selection__edition__period_end", "selection__level", "selection__province__code"))
    winners = _winners(seals)
    given = rewards_of([seal.selection for seal in seals])
    texts = texts_for_readers(seal.selection.edition_id for seal in seals)
    label_for_readers((seal.selection.edition for seal in seals), texts)
    return [
        Announcement(
            seal.selection, seal, [_for_readers(ranking, seal.selection, texts) for ranking in winners[seal.pk]], given
        )
        for seal in seals
    ]


def _for_readers(ranking: Ranking, selection: Selection, texts: Texts) -> Ranking:
    """A copy for this reader: shared data must not cache texts of one language."""
    ranking = without_zones(ranking) if selection.province_id else ranking
    if texts:
        ranking = _in_english(ranking, lambda words: spoken(texts, selection.edition_id, words))
    if publishes_totals(selection):
        return replace(ranking)
    return replace(ranking, lines=[replace(line, total=None) for line in ranking.lines])


def _in_english(ranking: Ranking, words: Callable[[str], str]) -> Ranking:
    lines = [replace(line, group=words(line.group)) if line.group else line for line in ranking.lines]
    return replace(ranking.named(words), lines=lines)


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
    """(edition, code of a province) -> the name of its zone."""
    editions = {each.selection.edition_id for each in announced}
    memberships = ZoneProvince.objects.filter(edition__in=editions)
    rows = memberships.values_list("edition_id", "province__code", "zone__name")
    texts = texts_for_readers(editions)
    return {(edition, code): spoken(texts, edition, name) for edition, code, name in rows}


def zone_of(winner: Winner, zones: Mapping[tuple[int, str], str]) -> str:
    """The zone a winner is found by; printed for national winners alone."""
    if winner.ranking.grouping == Grouping.ZONE:
        return winner.line.group
    return zones.get((winner.selection.edition_id, winner.line.code[:2]), "")
