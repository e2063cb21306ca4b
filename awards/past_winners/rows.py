"""A published list read whole: every fault with its row and column, then what was understood of each row."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Candidate, PastAward
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.selections import Level
from awards.names import LONGEST as LONGEST_NAME
from awards.names import may_be_one, name_key, read_name, tidy
from awards.past_winners import terms
from paritrana.workbooks import Fault, Row, Table
from regions.models import Region
from regions.naming import Naming, lay_in

COLUMNS = ("period", "level", "province", "zone", "category", "sector", "place", "name", "region", "source")
LEVELS = {"nasional": Level.NATIONAL, "provinsi": Level.PROVINCIAL}
FIRST_PERIOD = 2015
LONGEST = {
    "category": 120,
    "sector": 160,
    "place": 160,
    "name": LONGEST_NAME,
    "zone": 80,
    "province": 100,
    "region": 160,
}
Prize = PastAward.Prize


@dataclass(frozen=True)
class Published:
    """One row: the award as far as it was understood, and the number of the row in its file."""

    number: int
    award: PastAward


class PastWinnerReader:
    """What a row is held against: the regions and the candidates of the portal; two queries."""

    def __init__(self) -> None:
        self.naming = Naming(Region.objects.all())
        self.governments: dict[tuple[str, int], Candidate] = {}
        self.named: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in Candidate.objects.current().select_related("region"):
            if candidate.kind in GOVERNMENTS:
                self.governments[candidate.kind, candidate.region_id] = candidate
            else:
                self.named[_bare(candidate.name)].append(candidate)

    def published(self, row: Row) -> Published:
        """ValidationError whose code is the column at fault."""
        period, level = _period(row), _level(row)
        for column in ("category", "name", "place", "source"):
            if not row.text(column).strip():
                raise ValidationError(_("This must be given."), column)
        for column, most in LONGEST.items():
            if len(row.text(column)) > most:
                raise ValidationError(_("The text is longer than %(most)s characters.") % {"most": most}, column)
        won = terms.won(_whole(row.text("place")))
        name, remark = terms.without_remark(tidy(row.text("name")))
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
            province_words=row.text("province"),
            region_words=row.text("region"),
            remark=remark[:300],
            sources=terms.sources_of(row.text("source")),
            questions=list(won.questions),
        )
        self._question(award, row)
        self._place(award)
        self._match(award)
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

    def _place(self, award: PastAward) -> None:
        """The province of the selection and the region of the winner."""
        if award.level == Level.PROVINCIAL:
            award.province = self.naming.province(award.province_words, award.period)
            if award.province is None:
                award.questions.append("province")
        text = award.region_words or (award.name if award.kind in GOVERNMENTS else "")
        if text:
            award.region = self._region(award, text)
        if not _is_placed(award, bool(text)):
            award.questions.append("region")
        if award.kind in GOVERNMENTS and award.region:
            award.name = f"Provinsi {award.region}" if award.region.is_province else award.region.name

    def _region(self, award: PastAward, text: str) -> Region | None:
        """The region a row means by name, by code or by both; ValidationError where they mean two."""
        code = re.match(r"[0-9]{2}(?:\.[0-9]{2})?(?![0-9.])|[0-9]{4}(?![0-9])", text)
        if code is None:
            is_regency = award.kind == CandidateKind.REGENCY
            found = self.naming.meant(text, award.province, is_regency=is_regency, year=award.period)
        else:
            found = self._coded(award, code[0], text[code.end() :].strip(" -–—:()"))
        if found and award.kind in GOVERNMENTS and award.region_words:
            named = self.naming.called(award.name, award.period)
            if named and found not in named:
                told = {"name": award.name, "region": award.region_words}
                text = _("The winner is “%(name)s”, but the region is “%(region)s”. Correct one of the two.")
                raise ValidationError(text % told, "region")
        return found

    def _coded(self, award: PastAward, code: str, name: str) -> Region | None:
        region = self.naming.read(code, name, award.period, column="region")
        return region if award.province is None or lay_in(region, award.province, award.period) else None

    def _match(self, award: PastAward) -> None:
        """A government is its region. A name alone proves nothing: whoever bears it is asked about."""
        award.name_key = name_key(award.name)
        if award.kind in GOVERNMENTS:
            award.candidate = self.governments.get((award.kind, award.region_id or 0))
        elif any(_may_be(award, one) for one in self.named.get(_bare(award.name), [])):
            award.questions.append("candidate")


def _bare(name: str) -> str:
    return read_name(name).bare.replace(" ", "")


def _may_be(award: PastAward, candidate: Candidate) -> bool:
    """Whether kind, legal form and place leave it open that the winner is this candidate."""
    if award.kind and award.kind != candidate.kind or not may_be_one(read_name(award.name), read_name(candidate.name)):
        return False
    home, here = award.region or award.province, candidate.region
    return home is None or home.code.startswith(here.code) or here.code.startswith(home.code)


def _is_placed(award: PastAward, was_told: bool) -> bool:
    """A government and a village must have their own region; of others what was told must be understood."""
    if award.kind == CandidateKind.PROVINCE:
        return award.region is not None and award.region.is_province
    if award.kind in {CandidateKind.REGENCY, CandidateKind.VILLAGE}:
        return award.region is not None and not award.region.is_province
    return award.region is not None or not was_told


def _period(row: Row) -> int:
    text = _whole(row.text("period"))
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_PERIOD <= int(text) <= timezone.localdate().year:
        raise ValidationError(_("“%(typed)s” is not a period. Write its year.") % {"typed": text}, "period")
    return int(text)


def _whole(text: str) -> str:
    """A whole number as a spreadsheet may write it, without its decimals."""
    return re.sub(r"^([0-9]+)\.0$", r"\1", text.strip())


def _level(row: Row) -> Level:
    level = LEVELS.get(row.text("level").casefold())
    if level is None:
        raise ValidationError(_("“%(typed)s” is not a level.") % {"typed": row.text("level")}, "level")
    return level


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
            at = award.province_id or award.province_words
            of = (award.period, award.level, at, award.category, award.sector, award.zone)
            groups[(*of, award.place)].append(row)
    for group in groups.values():
        if len({(row.award.name_key, row.award.region_id) for row in group}) > 1:
            for row in group:
                row.award.questions.append("shared")
    return rows
