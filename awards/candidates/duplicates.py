"""Who a candidate may be already. A number proves it; a name only asks.

One NPP is one candidate, and another NPP, NIB or NPWP is another one. Whoever has the same NIB or NPWP, or the same
name in the same place without a number that tells them apart, is a question to a person: the form, the file of
nominations and the list of winners ask it, and none of them answers it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from awards import taxpayer_number
from awards.models import Candidate
from awards.models.candidates import CandidateQuerySet
from awards.models.editions import CandidateKind
from awards.names import Name, likeness, may_be_one, name_of_key, read_name
from regions.models import Region

ALIKE = 0.82
"""Likeness from which a person who is just typing is shown another candidate; 1 is the same name."""
NEARLY_EQUAL = 0.92
"""Likeness from which a name in a file is asked about."""
SHORTEST = 3
"""Shorter names are alike only when they are equal."""
MOST = 5
NUMBERS = ("npp", "nib")
"""What is one candidate's own; two different ones tell two candidates apart."""


@dataclass
class Found:
    """``same`` has its number; ``asked`` are those only a person can tell from it, best first."""

    same: Candidate | None = None
    asked: list[Candidate] = field(default_factory=list)


class Register:
    """Candidates by what identifies them; also those of a file that are not saved yet."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_npp: dict[str, Candidate] = {}
        self._by_number: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[tuple[Name, Candidate]]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        if candidate.npp:
            self._by_npp[candidate.npp] = candidate
        for number in _numbers(candidate):
            self._by_number[number].append(candidate)
        place = candidate.kind, candidate.region.province_code
        self._by_place[place].append((read_name(candidate.name), candidate))

    def find(self, given: Candidate) -> Found:
        """Who ``given`` is, and who it may be, among those at home where it is."""
        same = self._by_npp.get(given.npp) if given.npp else None
        if same is not None:
            return Found(same)
        numbered = self._numbered(given)
        name = read_name(given.name)
        if len(numbered) == 1 and _is_proved(given, name, numbered[0]):
            return Found(numbered[0])
        named = [one for one in self._named(given, name) if one.region.overlaps(given.region)]
        return Found(None, _once([*numbered, *(one for one in named if not differ(one, given))])[:MOST])

    def _numbered(self, given: Candidate) -> list[Candidate]:
        """Those with its NIB or its NPWP."""
        return _once(one for number in _numbers(given) for one in self._by_number.get(number, []))

    def _named(self, given: Candidate, name: Name) -> list[Candidate]:
        """Those of its kind in its province with nearly its name; villages within their kabupaten or kota only."""
        if given.region_id is None:
            return []
        scored = []
        for other, candidate in self._by_place[given.kind, given.region.province_code]:
            if given.kind == CandidateKind.VILLAGE and candidate.region_id != given.region_id:
                continue
            if may_be_one(name, other) and (score := _nearness(name, other, NEARLY_EQUAL)):
                scored.append((name.key != other.key, -score, candidate.name, candidate))
        return [candidate for *_order, candidate in sorted(scored, key=lambda one: one[:3])]


def _nearness(name: Name, other: Name, least: float) -> float:
    """How alike they are; 0 where that is less than ``least``, or a short name is not the same."""
    score = likeness(name, other)
    return score if score >= (least if len(name.bare) >= SHORTEST else 1) else 0.0


def held_twice(among: CandidateQuerySet) -> QuerySet[Any, dict[str, Any]]:
    """The numbers several of ``among`` have: ``number`` (which), ``value``. One NPP is one candidate; a NIB or NPWP
    may be that of a company with several candidates."""
    npp, *others = [with_several(among, number) for number in (*NUMBERS, "npwp")]
    return npp.union(*others).order_by("number", "value")


def with_several(among: CandidateQuerySet, number: str) -> QuerySet[Any, dict[str, Any]]:
    rows = among.current().order_by().exclude(**{number: ""}).values(value=F(number))
    counted = rows.annotate(number=Value(number, CharField()), times=Count("pk"))
    return counted.filter(times__gt=1).values("number", "value")


def differ(one: Candidate, other: Candidate) -> bool:
    """Whether their numbers say that they are two."""
    return taxpayer_number.differ(one.npwp, other.npwp) or any(
        getattr(one, number) and getattr(other, number) and getattr(one, number) != getattr(other, number)
        for number in NUMBERS
    )


def with_a_number_of(given: Candidate) -> Q:
    """Those with the same NIB or the same NPWP."""
    found = Q(pk__in=[])
    for kind, number in _numbers(given):
        found |= Q(**{kind: number})
    return found


def _numbers(candidate: Candidate) -> list[tuple[str, str]]:
    return [(kind, number) for kind in ("nib", "npwp") if (number := getattr(candidate, kind))]


def shares_number(candidate: Candidate, given: Mapping[str, str]) -> bool:
    """Whether one of the numbers typed is this candidate's."""
    return any(given.get(number) and getattr(candidate, number) == given[number] for number in (*NUMBERS, "npwp"))


def similar(
    among: CandidateQuerySet,
    kind: str,
    *,
    name: str,
    npp: str = "",
    nib: str = "",
    npwp: str = "",
    region: Region | None,
    but: int | None = None,
) -> list[Candidate]:
    """The likeliest of ``among`` (what the reader may see), best first: one number of any kind, or a name alike.

    Of the names in the province only the stored keys are read.
    """
    given = Candidate(kind=kind, name=name, npp=npp, nib=nib, npwp=npwp, region=region)
    others = among.current().exclude(pk=but).select_related("region")
    numbers = with_a_number_of(given) | Q(npp=npp) if npp else with_a_number_of(given)
    numbered = sorted(others.filter(numbers), key=lambda one: (not npp or one.npp != npp, one.nib != nib, one.pk))
    alike = _named(others, given)
    named = others.in_bulk(alike)
    return list({one.pk: one for one in [*numbered, *(named[key] for key in alike)]}.values())[:MOST]


def _named(others: CandidateQuerySet, given: Candidate) -> list[int]:
    """The keys of those of its kind in its province with a name alike, best first; villages within their region."""
    if given.region_id is None:
        return []
    rows = others.filter(kind=given.kind, region__code__startswith=given.region.province_code)
    if given.kind == CandidateKind.VILLAGE:
        rows = rows.filter(region=given.region_id)
    name, scored = read_name(given.name), []
    for pk, key, written in rows.order_by().values_list("pk", "name_key", "name"):
        if score := _nearness(name, name_of_key(key), ALIKE):
            scored.append((key != name.key, -score, written, pk))
    return [pk for *_order, pk in sorted(scored)[:MOST]]


def _is_proved(given: Candidate, name: Name, other: Candidate) -> bool:
    """One NIB or NPWP, one name and nothing against it."""
    return given.kind == other.kind and read_name(other.name).key == name.key and not differ(given, other)


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each row once, saved or not."""
    return list({id(candidate): candidate for candidate in candidates}.values())
