"""A published list read whole: every fault with its row and column, then what was understood of each row."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Candidate, PastAward
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.selections import Level
from awards.names import name_key
from awards.past_winners import terms
from awards.past_winners.places import Places
from paritrana.workbooks import Fault, Row, Table
from regions.models import Region

COLUMNS = ("period", "level", "province", "zone", "category", "sector", "place", "name", "region", "source")
LEVELS = {"nasional": Level.NATIONAL, "provinsi": Level.PROVINCIAL}
FIRST_PERIOD = 2015
LONGEST = {"category": 120, "sector": 160, "place": 160, "name": 200, "zone": 80}
Prize = PastAward.Prize


@dataclass(frozen=True)
class Published:
    """One row: the award as far as it was understood, and the number of the row in its file."""

    number: int
    award: PastAward


class PastWinnerReader:
    """What a row is held against: the regions and the candidates of the portal; two queries."""

    def __init__(self) -> None:
        self.places = Places(Region.objects.all())
        self.candidates: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for candidate in Candidate.objects.current():
            is_government = candidate.kind in GOVERNMENTS
            at = str(candidate.region_id) if is_government else candidate.name_key
            self.candidates[candidate.kind, at].append(candidate)

    def published(self, row: Row) -> Published:
        """ValidationError whose code is the column at fault."""
        period, level = _period(row), _level(row)
        for column in ("category", "name", "place", "source"):
            if not row.text(column).strip():
                raise ValidationError(_("This must be given."), column)
        for column, most in LONGEST.items():
            if len(row.text(column)) > most:
                raise ValidationError(_("The text is longer than %(most)s characters.") % {"most": most}, column)
        won = terms.won(row.text("place"))
        name, remark = terms.without_remark(row.text("name"))
        award = PastAward(
            period=period,
            level=level,
            category=row.text("category"),
            kind=terms.kind_of(row.text("category")),
            sector=row.text("sector"),
            prize=won.prize,
            place=won.place,
            is_joint=won.is_joint,
            place_words=row.text("place"),
            name=name or row.text("name"),
            name_words=row.text("name"),
            remark=remark[:300],
            sources=terms.sources_of(row.text("source")),
            questions=list(won.questions),
        )
        self._question(award, row)
        self._place(award, row)
        self._match(award)
        award.key = _key(award, row.text("province"))
        return Published(row.number, award)

    def _question(self, award: PastAward, row: Row) -> None:
        zone = terms.zone_of(row.text("zone"))
        award.zone = row.text("zone") if zone is None else zone
        if zone is None:
            award.questions.append("zone")
        if not award.kind or terms.is_doubtful(terms.without_remark(award.category)[1]):
            award.questions.append("category")
        if terms.is_doubtful(award.remark):
            award.questions.append("name")

    def _place(self, award: PastAward, row: Row) -> None:
        """The province of the selection and the region of the winner."""
        if award.level == Level.PROVINCIAL:
            award.province = self.places.province(row.text("province"))
            if award.province is None:
                award.questions.append("province")
        is_regency = award.kind == CandidateKind.REGENCY
        text = row.text("region") or (award.name if award.kind in GOVERNMENTS else "")
        if text:
            award.region = self.places.meant(text, award.province, is_regency=is_regency)
        if not _is_placed(award, bool(text)):
            award.questions.append("region")
        if award.kind in GOVERNMENTS and award.region:
            award.name = f"Provinsi {award.region}" if award.region.is_province else award.region.name

    def _match(self, award: PastAward) -> None:
        award.name_key = name_key(award.name)
        if award.kind in GOVERNMENTS:
            found = self.candidates.get((award.kind, str(award.region_id)), [])
        else:
            found = self.candidates.get((award.kind, award.name_key), [])
        if len(found) == 1:
            award.candidate = found[0]
        elif found:
            award.questions.append("candidate")


def _is_placed(award: PastAward, was_told: bool) -> bool:
    """A government and a village must have their own region; of others what was told must be understood."""
    if award.kind == CandidateKind.PROVINCE:
        return award.region is not None and award.region.is_province
    if award.kind in {CandidateKind.REGENCY, CandidateKind.VILLAGE}:
        return award.region is not None and not award.region.is_province
    return award.region is not None or not was_told


def _period(row: Row) -> int:
    text = row.text("period")
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_PERIOD <= int(text) <= timezone.localdate().year:
        raise ValidationError(_("“%(typed)s” is not a period. Write its year.") % {"typed": text}, "period")
    return int(text)


def _level(row: Row) -> Level:
    level = LEVELS.get(row.text("level").casefold())
    if level is None:
        raise ValidationError(_("“%(typed)s” is not a level.") % {"typed": row.text("level")}, "level")
    return level


def _key(award: PastAward, province: str) -> str:
    """Made of what names the award and its winner, not of what was won there: sources may differ about a place."""
    title = award.prize if award.prize in {Prize.BEST, Prize.SPECIAL} else ""
    province = award.province.code if award.province else terms.plain(province)
    category, sector = terms.plain(award.category), terms.plain(award.sector)
    of = [str(award.period), award.level, province, category, sector, title, award.name_key]
    return sha256("|".join(of).encode()).hexdigest()


def read_winners(table: Table) -> tuple[list[Published], list[Fault]]:
    """Every row of the table as it was understood, and every fault of it."""
    table.require(COLUMNS, COLUMNS)
    reader = PastWinnerReader()
    rows, faults = table.believe(reader.published, lambda published: published.number, "")
    return _with_neighbours(rows), faults


def _with_neighbours(rows: list[Published]) -> list[Published]:
    """Two winners at one place of one ranking, neither called joint, question each other."""
    groups: dict[tuple, list[Published]] = defaultdict(list)
    for row in rows:
        award = row.award
        if award.prize == Prize.PLACE and not award.is_joint:
            of = (award.period, award.level, award.province_id, award.category, award.sector, award.zone)
            groups[(*of, award.place)].append(row)
    for group in groups.values():
        if len({row.award.key for row in group}) > 1:
            for row in group:
                row.award.questions.append("shared")
    return rows
