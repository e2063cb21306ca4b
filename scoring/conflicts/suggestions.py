"""Which ties between a juror and a candidate the rows already show: suggestions, never decisions.

Pure: facts in, suggestions out. The rules are a table; each is a code, words, and a question to the facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Role
from awards.names import SHORT_FORMS, name_key
from regions.models import Branch, Posting
from scoring.models import Seat

GOVERNMENTS = frozenset({"province", "regency", "village"})
_TITLES = {"kab": "kabupaten", "pemkab": "kabupaten", "pemkot": "kota", "pemprov": "provinsi", "prov": "provinsi"}
_MINOR = frozenset({"administrasi", *SHORT_FORMS})


@dataclass(frozen=True)
class Juror:
    """``words`` is what is typed about the post and the element represented; branches and offices are primary keys.

    ``area`` are the codes of the regions of the own branches, ``provinces`` those the own regional offices answer for.
    """

    seat: int
    user: int
    words: str = ""
    branches: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    area: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    is_secretary: bool = False


@dataclass(frozen=True)
class CandidateFacts:
    """One nomination: who competes, where it is at home, and who brought it in, from which branches and offices."""

    nomination: int
    kind: str
    name_key: str
    region: str
    region_name: str
    nominated_by: frozenset[int] = frozenset()
    verified_by: int | None = None
    branches: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()


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
    plain = [_TITLES.get(word, word) for word in name_key(text).split()]
    return f" {' '.join(word for word in plain if word not in _MINOR)} "


def _names(juror: Juror, name: str) -> bool:
    """Whether the juror's post contains these words, in a row and whole."""
    wanted = normalised(name).strip()
    return bool(wanted) and f" {wanted} " in normalised(juror.words)


def _is_nominator(juror: Juror, candidate: CandidateFacts) -> bool:
    return juror.user in candidate.nominated_by


def _is_verifier(juror: Juror, candidate: CandidateFacts) -> bool:
    return juror.user == candidate.verified_by


def _shares_branch(juror: Juror, candidate: CandidateFacts) -> bool:
    return bool(juror.branches & candidate.branches)


def _leads_office(juror: Juror, candidate: CandidateFacts) -> bool:
    """The secretary of the panel is by decree the head of a BPJS office: towards nominations of that office."""
    return juror.is_secretary and bool(juror.offices & candidate.offices)


def _works_area(juror: Juror, candidate: CandidateFacts) -> bool:
    """A posting at a branch whose working area the candidate lies in, whoever nominated it."""
    return not _shares_branch(juror, candidate) and candidate.region in juror.area


def _answers_for(juror: Juror, candidate: CandidateFacts) -> bool:
    """A posting at the regional office over the candidate's province; of the secretary ``own-office`` says more."""
    return not _leads_office(juror, candidate) and candidate.region[:2] in juror.provinces


def _same_government(juror: Juror, candidate: CandidateFacts) -> bool:
    return candidate.kind in GOVERNMENTS and _names(juror, _full(candidate))


def _same_employer(juror: Juror, candidate: CandidateFacts) -> bool:
    return candidate.kind not in GOVERNMENTS and len(candidate.name_key) > 3 and _names(juror, candidate.name_key)


def _home_region(juror: Juror, candidate: CandidateFacts) -> bool:
    """The juror's agency belongs to the government of the place a company, village or university is at home."""
    return candidate.kind not in {"province", "regency"} and _names(juror, candidate.region_name)


def _full(candidate: CandidateFacts) -> str:
    """A government by its own name; the province as "provinsi ...", so that the island alone means nothing."""
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


def suggested(seats: Iterable[Seat], nominations: Iterable[Nomination]) -> Map:
    """(seat, nomination) -> what ties them, as far as the rows tell. Postings count while they last."""
    seats, nominations = list(seats), list(nominations)
    jurors = {seat.user.pk for seat in seats}
    nominators = {key for each in nominations for key in (each.nominated_by_id, each.submitted_by_id) if key}
    held = defaultdict(list)
    posted = Posting.objects.current().filter(user__in=jurors | nominators)
    for posting in posted.select_related("branch").prefetch_related("regional_office__provinces"):
        held[posting.user_id].append(posting)
    own = {posting.branch_id for key in jurors for posting in held[key] if posting.branch_id}
    area = {branch.pk: _area(branch) for branch in Branch.objects.filter(pk__in=own).prefetch_related("working_area")}
    found: Map = defaultdict(list)
    for one in suggestions(
        [_juror(seat, held[seat.user.pk], area) for seat in seats],
        [_candidate(each, held) for each in nominations],
    ):
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


def _candidate(nomination: Nomination, held: dict[int, list[Posting]]) -> CandidateFacts:
    nominators = {key for key in (nomination.nominated_by_id, nomination.submitted_by_id) if key is not None}
    postings = [posting for key in nominators for posting in held[key]]
    candidate = nomination.candidate
    return CandidateFacts(
        nomination=nomination.pk,
        kind=candidate.kind,
        name_key=candidate.name_key,
        region=candidate.region.code,
        region_name=candidate.region.name,
        nominated_by=frozenset(nominators),
        verified_by=nomination.verified_by_id,
        branches=frozenset(posting.branch_id for posting in postings if posting.branch_id),
        offices=_offices(postings),
    )


def _offices(postings: list[Posting]) -> frozenset[int]:
    """The regional offices somebody works at or under."""
    over = {
        posting.regional_office_id or (posting.branch.regional_office_id if posting.branch else None)
        for posting in postings
    }
    return frozenset(key for key in over if key is not None)
