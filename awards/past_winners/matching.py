"""Which published winner is which: one award told by several sources, or two winners of one name.

Winners of one ranking with one name are one only when something besides the name says so: the region, or the place.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from itertools import count

from awards.models import PastAward
from awards.models.editions import GOVERNMENTS
from awards.models.selections import Level
from awards.names import may_be_one, read_name
from awards.past_winners import terms

Prize = PastAward.Prize


class Match(Enum):
    OTHER = 0
    ASKED = 1
    """One name, and nothing that tells whether it is one winner."""
    SAME = 2


@dataclass(frozen=True)
class Met:
    award: PastAward
    match: Match


class Known:
    """The awards of the portal and of the rows before, by period and name."""

    def __init__(self, awards: Iterable[PastAward]) -> None:
        self._keys: set[str] = set()
        self._by_name: dict[tuple[int, str], list[PastAward]] = defaultdict(list)
        self._by_region: dict[tuple[int, str, int], list[PastAward]] = defaultdict(list)
        for award in awards:
            self.add(award)

    def add(self, award: PastAward) -> None:
        self._keys.add(award.key)
        self._by_name[award.period, _bare(award)].append(award)
        if award.kind in GOVERNMENTS and award.region_id:
            self._by_region[award.period, award.kind, award.region_id].append(award)

    def met(self, award: PastAward) -> Met | None:
        """The award this one is, or may be; the surest first."""
        near = [*self._by_name[award.period, _bare(award)]]
        if award.kind in GOVERNMENTS and award.region_id:
            near += self._by_region[award.period, award.kind, award.region_id]
        found = [Met(one, match(award, one)) for one in near]
        return max(
            (met for met in found if met.match is not Match.OTHER), key=lambda met: met.match.value, default=None
        )

    def new_key(self, award: PastAward) -> str:
        """What tells the award from all others; namesakes are numbered."""
        province = award.province.code if award.province else terms.plain(award.province_words)
        of = [*map(str, _ranking(award)), province, award.zone, award.name_key, _region(award)]
        keys = (sha256("|".join([*of, str(number)]).encode()).hexdigest() for number in count())
        return next(key for key in keys if key not in self._keys)


def match(award: PastAward, known: PastAward) -> Match:
    if _is_same_line(award, known):
        return Match.SAME
    if _ranking(award) != _ranking(known) or not _is_same_province(award, known):
        return Match.OTHER
    if award.kind in GOVERNMENTS and award.region_id and known.region_id:
        return Match.SAME if award.region_id == known.region_id else Match.OTHER
    if not _is_same_name(award, known) or _is_elsewhere(award, known):
        return Match.OTHER
    is_one_form = read_name(award.name_words).form == read_name(known.name_words).form
    if is_one_form and not set(award.sources) & set(known.sources) and _is_told_apart(award, known):
        return Match.SAME
    return Match.ASKED


def _is_elsewhere(award: PastAward, known: PastAward) -> bool:
    """A province and a region in it do not speak against each other."""
    if award.region and known.region:
        is_other_region = not award.region.overlaps(known.region)
    else:
        here, there = _region(award), _region(known)
        is_other_region = bool(here and there and here != there)
    return is_other_region or bool(award.zone and known.zone and award.zone != known.zone)


def _is_told_apart(award: PastAward, known: PastAward) -> bool:
    """Whether its region, or a place only one can have, says that two sources tell of one winner."""
    has_place = award.place is not None and not award.is_joint and not known.is_joint
    at_one_place = has_place and (award.prize, award.place) == (known.prize, known.place)
    return at_one_place or bool(_region(award)) and _region(award) == _region(known)


def _is_same_line(award: PastAward, known: PastAward) -> bool:
    """One line of one source, read again: whatever was understood or settled since, it is the same."""
    words = ("period", "level", "name_words", "place_words", "category", "sector")
    if any(getattr(award, name) != getattr(known, name) for name in words):
        return False
    if not set(award.sources) & set(known.sources) or not _is_same_province(award, known):
        return False
    if award.zone != known.zone and known.version == 1:
        return False
    if len(known.sources) > 1 and not _is_elsewhere(award, known):  # its region may be that of another source
        return True
    if known.region_words or award.region_words == known.region_words:
        return award.region_words == known.region_words
    return award.region_id is None or known.region_id is None or award.region_id == known.region_id


def _is_same_province(award: PastAward, known: PastAward) -> bool:
    """By what was understood, else by the words; of rows older than the words an unknown province is any.

    A national award has none: where its winner is at home is compared as the region.
    """
    if known.level == Level.NATIONAL:
        return True
    if award.province_id and known.province_id:
        return award.province_id == known.province_id
    if known.province_words:
        return terms.plain(award.province_words) == terms.plain(known.province_words)
    return known.province_id is None


def _is_same_name(award: PastAward, known: PastAward) -> bool:
    """The words as they were published, since a person may have corrected the name."""
    one, other = (read_name(terms.without_remark(each.name_words)[0]) for each in (award, known))
    return one.bare.replace(" ", "") == other.bare.replace(" ", "") and may_be_one(one, other)


def _ranking(award: PastAward) -> tuple[int, str, str, str, str]:
    return award.period, award.level, terms.plain(award.category), terms.plain(award.sector), _title(award)


def _title(award: PastAward) -> str:
    return award.prize if award.prize in {Prize.BEST, Prize.SPECIAL} else ""


def _region(award: PastAward) -> str:
    return award.region.code if award.region else terms.plain(award.region_words)


def _bare(award: PastAward) -> str:
    return read_name(terms.without_remark(award.name_words)[0]).bare.replace(" ", "")
