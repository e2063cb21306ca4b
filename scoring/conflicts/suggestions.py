"""Suggests conflicts of interest between jurors and candidates from data; people decide.

Pure functions over facts. The rules are a table: a code, a text, and a predicate over the facts.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from awards.models.nominations import NominationQuerySet
from awards.names import SHORT_FORMS, name_key
from regions.models import Branch, Posting
from scoring.models import Seat

GOVERNMENTS = frozenset({"province", "regency", "village"})
_TITLES = {"kab": "kabupaten", "pemkab": "kabupaten", "pemkot": "kota", "pemprov": "provinsi", "prov": "provinsi"}
_MINOR = frozenset({"administrasi", *SHORT_FORMS})


@dataclass(frozen=True)
class Juror:
    """``words`` is the typed text about post and element; branches and offices are primary keys.

    ``area`` are the codes of the regions of the own branches, ``provinces`` those of the own regional offices.
    """

    seat: int
    user: int
    words: str = ""
    branches: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    area: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    is_secretary: bool = False

    @cached_property
    def post(self) -> str:
        """The words as they are compared; read once for all candidates."""
        return normalised(self.words)


@dataclass(frozen=True)
class CandidateFacts:
    """One nomination: who competes, its location, and who nominated it, from which branches and offices."""

    nomination: int
    kind: str
    name_key: str
    region: str
    region_name: str
    nominated_by: frozenset[int] = frozenset()
    verified_by: int | None = None
    branches: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()

    @cached_property
    def phrase(self) -> str:
        """The name as it is compared; read once for all jurors."""
        return _compared(_full(self).split() if self.kind in GOVERNMENTS else self.name_key.split())

    @property
    def home(self) -> str:
        return _place(self.region_name)


@dataclass(frozen=True)
class Suggestion:
    seat: int
    nomination: int
    code: str

    @property
    def words(self) -> Promise:
        return WORDS[self.code]


def normalised(text: str) -> str:
    """Post and place as they are compared: "Kepala Dinas, Pemkab. Badung" -> " kepala dinas kabupaten badung "."""
    return _compared(name_key(text).split())


def _compared(words: Iterable[str]) -> str:
    plain = [_TITLES.get(word, word) for word in words]
    return f" {' '.join(word for word in plain if word not in _MINOR)} "


@lru_cache(maxsize=600)
def _place(name: str) -> str:
    """The name of a region as it is compared; the country has fewer."""
    return normalised(name)


def _names(juror: Juror, phrase: str) -> bool:
    """Whether the juror's post contains these words as a whole phrase."""
    return not phrase.isspace() and phrase in juror.post


def _is_nominator(juror: Juror, candidate: CandidateFacts) -> bool:
    return juror.user in candidate.nominated_by


def _is_verifier(juror: Juror, candidate: CandidateFacts) -> bool:
    return juror.user == candidate.verified_by


def _shares_branch(juror: Juror, candidate: CandidateFacts) -> bool:
    return bool(juror.branches & candidate.branches)


def _leads_office(juror: Juror, candidate: CandidateFacts) -> bool:
    """The secretary is by decree the head of a BPJS office: a tie to nominations by that office."""
    return juror.is_secretary and bool(juror.offices & candidate.offices)


def _works_area(juror: Juror, candidate: CandidateFacts) -> bool:
    """A posting at a branch whose working area contains the candidate, whoever nominated it."""
    return not _shares_branch(juror, candidate) and candidate.region in juror.area


def _answers_for(juror: Juror, candidate: CandidateFacts) -> bool:
    """A posting at the regional office of the candidate's province; for the secretary ``own-office`` applies."""
    return not _leads_office(juror, candidate) and candidate.region[:2] in juror.provinces


def _same_government(juror: Juror, candidate: CandidateFacts) -> bool:
    return candidate.kind in GOVERNMENTS and _names(juror, candidate.phrase)


def _same_employer(juror: Juror, candidate: CandidateFacts) -> bool:
    return candidate.kind not in GOVERNMENTS and len(candidate.name_key) > 3 and _names(juror, candidate.phrase)


def _home_region(juror: Juror, candidate: CandidateFacts) -> bool:
    """The juror's agency belongs to the government of the candidate's region (company, village, university)."""
    return candidate.kind not in {"province", "regency"} and _names(juror, candidate.home)


def _full(candidate: CandidateFacts) -> str:
    """A government by its full name; the province with "provinsi", since the island's name alone is no match."""
    if candidate.kind == "province":
        return f"provinsi {re.sub(r'^(pemerintah )?provinsi ', '', candidate.name_key)}"
    return re.sub(r"^pemerintah ", "", candidate.name_key)


Rule = Callable[[Juror, CandidateFacts], bool]

RULES: list[tuple[str, Promise, Rule]] = [
    ("own-nomination", _("nominated or sent this candidate"), _is_nominator),
    ("own-verification", _("verified this nomination"), _is_verifier),
    ("own-branch", _("posted at the branch of the nominator"), _shares_branch),
    ("own-office", _("leads the office this nomination comes from"), _leads_office),
    ("own-area", _("posted at a branch that works in this region"), _works_area),
    ("own-province", _("posted at the regional office of this province"), _answers_for),
    ("same-government", _("holds a post in this government"), _same_government),
    ("same-employer", _("works for this candidate"), _same_employer),
    ("home-region", _("holds a post in the region of this candidate"), _home_region),
]
WORDS = {code: words for code, words, _rule in RULES}


def suggestions(jurors: Iterable[Juror], candidates: Iterable[CandidateFacts]) -> list[Suggestion]:
    """Every tie found, in the order of jurors, candidates and rules."""
    candidates = list(candidates)
    return [
        Suggestion(juror.seat, candidate.nomination, code)
        for juror in jurors
        for candidate in candidates
        for code, _words, holds in RULES
        if holds(juror, candidate)
    ]


Map = dict[tuple[int, int], list[Suggestion]]


_FACTS = ("pk", "candidate__kind", "candidate__name_key", "candidate__region__code", "candidate__region__name")
_PEOPLE = ("nominated_by", "submitted_by", "verified_by")


def suggested(seats: Iterable[Seat], nominations: NominationQuerySet) -> Map:
    """(seat, nomination) -> the ties found in the data. Only current postings count. Loads no nomination."""
    seats, rows = list(seats), list(nominations.order_by().values_list(*_FACTS, *_PEOPLE))
    jurors = {seat.user.pk for seat in seats}
    nominators = {key for *_facts, by, sent_by, _verified_by in rows for key in (by, sent_by) if key}
    held = defaultdict(list)
    posted = Posting.objects.current().filter(user__in=jurors | nominators)
    for posting in posted.select_related("branch").prefetch_related("regional_office__provinces"):
        held[posting.user_id].append(posting)
    own = {posting.branch_id for key in jurors for posting in held[key] if posting.branch_id}
    area = {branch.pk: _area(branch) for branch in Branch.objects.filter(pk__in=own).prefetch_related("working_area")}
    found: Map = defaultdict(list)
    for one in suggestions([_juror(seat, held[seat.user.pk], area) for seat in seats], _candidates(rows, held)):
        found[one.seat, one.nomination].append(one)
    return dict(found)


def _area(branch: Branch) -> frozenset[str]:
    return frozenset(region.code for region in branch.working_area.all())


def _juror(seat: Seat, postings: list[Posting], area: dict[int, frozenset[str]]) -> Juror:
    branches = frozenset(posting.branch_id for posting in postings if posting.branch_id)
    return Juror(
        seat=seat.pk,
        user=seat.user.pk,
        words=f"{seat.user.office} | {seat.element}",
        branches=branches,
        offices=_offices(postings),
        area=frozenset().union(*(area[key] for key in branches)),
        provinces=frozenset(
            region.code
            for posting in postings
            if posting.regional_office
            for region in posting.regional_office.provinces.all()
        ),
        is_secretary=seat.appointment.role == Role.SECRETARY,
    )


def _candidates(rows: Iterable[tuple[Any, ...]], held: dict[int, list[Posting]]) -> Iterator[CandidateFacts]:
    """Where the nominators are posted is asked once for all they nominated."""
    posted: dict[frozenset[int], tuple[frozenset[int], frozenset[int]]] = {}
    for pk, kind, key, code, name, by, sent_by, verified_by in rows:
        nominators = frozenset(key for key in (by, sent_by) if key is not None)
        if nominators not in posted:
            postings = [posting for key in nominators for posting in held[key]]
            branches = frozenset(posting.branch_id for posting in postings if posting.branch_id)
            posted[nominators] = branches, _offices(postings)
        yield CandidateFacts(pk, kind, key, code, name, nominators, verified_by, *posted[nominators])


def _offices(postings: list[Posting]) -> frozenset[int]:
    """The regional offices a person works at, or whose branches they work at."""
    over = {
        posting.regional_office_id or (posting.branch.regional_office_id if posting.branch else None)
        for posting in postings
    }
    return frozenset(key for key in over if key is not None)
