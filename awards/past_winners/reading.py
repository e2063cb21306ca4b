"""What a row of a published list means; every doubt becomes a question of its award."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import Candidate, PastAward
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.selections import Level
from awards.names import may_be_one, name_key, read_name, tidy
from awards.past_winners import terms
from regions.models import Region
from regions.naming import Naming, lay_in

Prize = PastAward.Prize


class WinnerReader:
    """The regions and candidates that rows are matched with; two queries."""

    def __init__(self) -> None:
        self.naming = Naming(Region.objects.all())
        self.governments: dict[tuple[str, int], Candidate] = {}
        self.named: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in Candidate.objects.current().select_related("region"):
            if candidate.kind in GOVERNMENTS:
                self.governments[candidate.kind, candidate.region_id] = candidate
            else:
                self.named[_bare(candidate.name)].append(candidate)

    def published(self, values: Mapping[str, Any]) -> PastAward:
        """The award as understood. ValidationError whose code is the column at fault."""
        won = terms.won(values["place"])
        name, remark = terms.without_remark(tidy(values["name"]))
        award = PastAward(
            period=values["period"],
            level=values["level"],
            category=values["category"],
            kind=terms.kind_of(values["category"]),
            sector=values["sector"],
            prize=won.prize,
            place=won.place,
            is_joint=won.is_joint,
            place_words=values["place"],
            name=name or values["name"],
            name_words=values["name"],
            province_words=values["province"],
            region_words=values["region"],
            remark=remark[:300],
            sources=terms.sources_of(values["source"]),
            questions=list(won.questions),
        )
        self._question(award, values["zone"])
        self._place(award)
        self._match(award)
        return award

    def _question(self, award: PastAward, zone_words: str) -> None:
        zone = terms.zone_of(zone_words)
        award.zone = zone_words if zone is None else zone
        if zone is None:
            award.questions.append("zone")
        if not award.kind or terms.is_doubtful(terms.without_remark(award.category)[1]):
            award.questions.append("category")
        if terms.is_doubtful(award.remark) or not any(map(str.isalnum, award.name)):
            award.questions.append("name")

    def _place(self, award: PastAward) -> None:
        """The province of the selection, and where the winner is at home: of a national award the column says that."""
        home = self.naming.province(award.province_words, award.period)
        is_national = award.level != Level.PROVINCIAL
        if not is_national:
            award.province = home
            if home is None:
                award.questions.append("province")
        text = award.region_words or (award.name if award.kind in GOVERNMENTS else "")
        if text:
            award.region = self._region(award, text, home)
        elif is_national:
            award.region = home
        if not _is_placed(award, bool(text or is_national and award.province_words)):
            award.questions.append("region")
        if award.kind in GOVERNMENTS and award.region:
            award.name = f"Provinsi {award.region}" if award.region.is_province else award.region.name

    def _region(self, award: PastAward, text: str, home: Region | None) -> Region | None:
        """The region in the province that a row means by name, code or both; ValidationError where they mean two."""
        code = re.match(r"[0-9]{2}(?:\.[0-9]{2})?(?![0-9.])|[0-9]{4}(?![0-9])", text)
        if code is None:
            is_regency = award.kind == CandidateKind.REGENCY
            found = self.naming.meant(text, home, is_regency=is_regency, year=award.period)
        else:
            name = text[code.end() :].strip(" -–—:()")
            found = self.naming.read(code[0], name, award.period, column="region")
            found = found if home is None or lay_in(found, home, award.period) else None
        if found and award.kind in GOVERNMENTS and award.region_words:
            named = self.naming.called(award.name, award.period)
            if named and found not in named:
                values = {"name": award.name, "region": award.region_words}
                text = _("The winner is “%(name)s”, but the region is “%(region)s”. Correct one of the two.")
                raise ValidationError(text % values, "region")
        return found

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
    return home is None or home.overlaps(here)


def _is_placed(award: PastAward, was_named: bool) -> bool:
    """Governments and villages need their own region; for others a named region must be found."""
    if award.kind == CandidateKind.PROVINCE:
        return award.region is not None and award.region.is_province
    if award.kind in {CandidateKind.REGENCY, CandidateKind.VILLAGE}:
        return award.region is not None and not award.region.is_province
    return award.region is not None or not was_named


def ask_of_shared_places(awards: Iterable[PastAward]) -> None:
    """Winners of one place in one ranking share it where the next places are left out (1, 2, 2, 4), or say so
    themselves; others get a question each."""
    rankings: dict[tuple, dict[int | None, list[PastAward]]] = defaultdict(lambda: defaultdict(list))
    for award in awards:
        if award.prize == Prize.PLACE:
            # The province of a national award is where its winner is at home.
            at = award.province_id or award.province_words if award.level == Level.PROVINCIAL else ""
            of = (award.period, award.level, at, award.category, award.sector, award.zone)
            rankings[of][award.place].append(award)
    for ranking in rankings.values():
        for place, group in ranking.items():
            winners = len({(award.name_key, award.region_id) for award in group})
            following = min((other for other in ranking if other and place and other > place), default=None)
            is_tie = place is not None and following == place + winners
            for award in group if winners > 1 else []:
                if is_tie:
                    award.is_joint = True
                elif not award.is_joint:
                    award.questions.append("shared")
