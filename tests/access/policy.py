"""Who may do what at every address: the policy, written down apart from the code that carries it out.

Each rule says which methods an address answers, who may use it (``allow``), and who may know of the object without
being allowed (``deny``: 403). Everybody else gets the answer of an object that does not exist: 404.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from regions import denominator_sheets, uploads
from tests.access.world import Place

LOCAL = frozenset({"branch", "officer", "committee", "juror", "chair", "secretary"})
EVERYWHERE = frozenset({"head", "national", "auditor", "admin"})
SIGNED_IN = LOCAL | EVERYWHERE
EVERYBODY = SIGNED_IN | {"anonymous"}
PANEL = frozenset({"juror", "chair", "secretary"})
RUN = frozenset({"committee"})
NOBODY: frozenset[str] = frozenset()
_KNOW_NOMINATIONS = SIGNED_IN - {"admin", "juror"}


@dataclass(frozen=True)
class Rule:
    """``of`` gives the address's arguments from a place; without it the address belongs to nobody in particular."""

    allow: frozenset[str]
    deny: frozenset[str] = NOBODY
    methods: tuple[str, ...] = ("GET",)
    of: Callable[[Place], dict[str, Any]] | None = None
    absent: dict[str, Any] = field(default_factory=dict)
    write: frozenset[str] | None = None
    """Who may POST, where that is not everybody who may read."""


def at(stage: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"slug": place.selections[stage].slug}


def nominated(stage: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"pk": place.nominations[stage].pk}


def both(stage: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"slug": place.selections[stage].slug, "pk": place.nominations[stage].pk}


def _selection(stage: str, allow: frozenset[str], methods: tuple[str, ...] = ("GET",), **more: Any) -> Rule:
    """An address of a selection: every signed-in person of the place, and whoever is everywhere, knows of it."""
    return Rule(allow, SIGNED_IN - allow, methods, at(stage), {"slug": "tidak-ada"} | more)


def _nomination(stage: str, allow: frozenset[str], methods: tuple[str, ...] = ("GET", "POST")) -> Rule:
    """Jurors meet nominations on their sheets only, administrators not at all."""
    return Rule(allow, _KNOW_NOMINATIONS - allow, methods, nominated(stage), {"pk": 999_999})


FORM = ("GET", "POST")
POST = ("POST",)
_COVERAGE = {"of": lambda place: {"code": place.region.code, "year": 2025}, "absent": {"code": "99.99", "year": 2025}}


def _upload(place: Place) -> dict[str, Any]:
    """A file handed in by the branch of this place."""
    return {"key": uploads.fresh(place.people["branch"], "cakupan.csv").key}


def _denominators_upload(place: Place) -> dict[str, Any]:
    """A file handed in by the regional office over this place."""
    province = place.region.parent
    about = denominator_sheets.about(province, 2025)
    upload = uploads.fresh(place.people["officer"], "penyebut.csv", about=about)
    return {"code": province.code, "year": 2025, "key": upload.key}


_PROVINCE = {
    "of": lambda place: {"code": place.region.parent.code, "year": 2025},
    "absent": {"code": "99", "year": 2025},
}
_FIGURE = {
    "of": lambda place: {"code": place.region.code, "year": 2025, "segment": "PU"},
    "absent": {"code": "99.99", "year": 2025, "segment": "PU"},
}
_ENTERS = frozenset({"branch"})
_OFFICES = frozenset({"officer", "head"})
_ANSWERS_FOR = frozenset({"branch", "officer", "head"})
_BRANCH_YEAR = {
    "of": lambda place: {"pk": place.posting.branch_id, "year": 2025},
    "absent": {"pk": 999_999, "year": 2025},
}
_BRANCH = {"of": lambda place: {"pk": place.posting.branch_id}, "absent": {"pk": 999_999}}
_PERSON = {"of": lambda place: {"pk": place.people["juror"].pk}, "absent": {"pk": 999_999}}
_ADMIN = frozenset({"admin"})
_SEAT = {
    "of": lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.seat.pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}
_SHEET = {"of": both("INTERVIEW"), "absent": {"slug": "tidak-ada", "pk": 999_999}}
_OF_A_CLOSED_SHEET = {"of": both("PLENARY"), "absent": {"slug": "tidak-ada", "pk": 999_999}}
_SHEET_OF_THE_SEAT = {
    "of": lambda place: {
        "slug": place.selections["INTERVIEW"].slug,
        "pk": place.seat.pk,
        "nomination": place.nominations["INTERVIEW"].pk,
    },
    "absent": {"slug": "tidak-ada", "pk": 999_999, "nomination": 999_999},
}
_RANKING = {
    "of": lambda place: {"slug": place.selections["PLENARY"].slug, "title": "terbaik"},
    "absent": {"slug": "tidak-ada", "title": "terbaik"},
}
_SEES_RANKING = frozenset({"committee", "chair", "secretary", "auditor"})
_SEES_RESULT = _SEES_RANKING | {"juror", "national"}
_INVITATION = {
    "of": lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.invitation.pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}
_HEARS = PANEL | {"committee", "auditor"}
_FOLLOWS = frozenset({"committee", "chair", "secretary", "auditor"})
_LEADS = frozenset({"chair", "secretary"})
_INTERVIEW = {"of": both("INTERVIEW"), "absent": {"slug": "tidak-ada", "pk": 999_999}}

_ENTERS_CANDIDATES = frozenset({"branch", "committee", "national"})
_COMMITTEES = frozenset({"committee", "national"})


def _candidate(allow: frozenset[str], methods: tuple[str, ...] = ("GET",)) -> Rule:
    """Whoever knows of nominations knows of candidates."""
    return Rule(allow, _KNOW_NOMINATIONS - allow, methods, lambda place: {"pk": place.company.pk}, {"pk": 999_999})


_KIND = {"of": lambda place: {"kind": "company"}, "absent": {"kind": "province"}}
_DESIGN = frozenset({"national", "admin"})
_EDITION = {"of": lambda place: {"slug": "2023"}, "absent": {"slug": "1999"}}
_KINDS = {"category": "pemerintah-kabupaten-kota"}
_CATEGORY = {"of": lambda place: {"slug": "2023"} | _KINDS, "absent": {"slug": "2023", "category": "tidak-ada"}}
_VERSION = {
    "of": lambda place: {"slug": "2023", "version": 1} | _KINDS,
    "absent": {"slug": "2023", "version": 99} | _KINDS,
}

_both_of = both("INTERVIEW")
_EVIDENCE = {"of": lambda place: {"pk": place.evidence.pk}, "absent": {"pk": 999_999}}
_EVIDENCE_PAGE = {
    "of": lambda place: {"pk": place.evidence.pk, "page": 1},
    "absent": {"pk": 999_999, "page": 1},
}

_NOMINATES = frozenset({"branch"})
_BULK = {"slug": "tidak-ada", "category": "perusahaan"}
_OF_COMPANIES = {
    "of": lambda place: {"slug": place.selections["NOMINATION"].slug, "category": "perusahaan"},
    "absent": _BULK,
}


def _nominations_upload(place: Place) -> dict[str, Any]:
    """A file of nominations handed in by the branch of this place."""
    slug = place.selections["NOMINATION"].slug
    upload = uploads.fresh(place.people["branch"], "nominasi.csv", about=f"nominations-{slug}-perusahaan")
    return {"slug": slug, "category": "perusahaan", "key": upload.key}


_NATIONAL = {"of": lambda place: {"slug": "2025-nasional"}, "absent": {"slug": "tidak-ada"}}
_READS_PROPOSALS = frozenset({"national", "auditor"})

POLICY: dict[str, Rule] = {
    "home": Rule(EVERYBODY),
    "help": Rule(EVERYBODY),
    "set_language": Rule(EVERYBODY, methods=POST),
    "theme": Rule(EVERYBODY, methods=POST),
    "public-results": Rule(EVERYBODY),
    "public-result": Rule(EVERYBODY, of=at("ANNOUNCED"), absent={"slug": "tidak-ada"}),
    "search": Rule(SIGNED_IN),
    "style": Rule(_ADMIN),
    "regions": Rule(SIGNED_IN),
    "region": Rule(SIGNED_IN, of=lambda place: {"code": place.region.code}, absent={"code": "99.99"}),
    "atlas": Rule(SIGNED_IN),
    "atlas-province": Rule(SIGNED_IN, of=lambda place: {"code": place.region.parent.code}, absent={"code": "99"}),
    "targets": Rule(SIGNED_IN),
    "target-edit": Rule(frozenset({"officer", "head"}), frozenset({"branch"}), FORM, **_COVERAGE),
    "branch": Rule(_ANSWERS_FOR, **_BRANCH),
    "branch-target-edit": Rule(_OFFICES, _ENTERS, FORM, **_BRANCH_YEAR),
    "coverage": Rule(SIGNED_IN),
    "coverage-edit": Rule(_ANSWERS_FOR, methods=FORM, write=frozenset({"branch"}), **_COVERAGE),
    "coverage-verify": Rule(frozenset({"officer", "head"}), frozenset({"branch"}), POST, **_COVERAGE),
    "coverage-history": Rule(_ANSWERS_FOR, **_COVERAGE),
    "coverage-send": Rule(_ENTERS, _OFFICES, FORM, **_COVERAGE),
    "coverage-send-area": Rule(_ENTERS, SIGNED_IN - _ENTERS, FORM),
    "coverage-queue": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "coverage-queue-verify": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "coverage-return": Rule(_OFFICES, _ENTERS, FORM, **_FIGURE),
    "correction-propose": Rule(_ANSWERS_FOR, methods=FORM, **_FIGURE),
    "correction": Rule(
        _ANSWERS_FOR,
        methods=FORM,
        of=lambda place: {"pk": place.correction.pk},
        absent={"pk": 999_999},
        write=_OFFICES,
    ),
    "denominators": Rule(_OFFICES, methods=FORM, **_PROVINCE),
    "denominators-template": Rule(_OFFICES, **_PROVINCE),
    "denominators-upload": Rule(_OFFICES, methods=FORM, **_PROVINCE),
    "denominators-upload-read": Rule(
        frozenset({"officer"}),
        methods=FORM,
        of=_denominators_upload,
        absent={"code": "99", "year": 2025, "key": "x" * 22},
    ),
    "coverage-grid": Rule(_ENTERS, SIGNED_IN - _ENTERS, FORM),
    "coverage-grid-keep": Rule(_ENTERS, SIGNED_IN - _ENTERS, POST),
    "coverage-template": Rule(_ENTERS, SIGNED_IN - _ENTERS),
    "coverage-paper": Rule(_ENTERS, SIGNED_IN - _ENTERS),
    "coverage-upload": Rule(_ENTERS, SIGNED_IN - _ENTERS, FORM),
    "coverage-upload-read": Rule(_ENTERS, NOBODY, FORM, _upload, {"key": "x" * 22}),
    "editions": Rule(SIGNED_IN),
    "edition-create": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM),
    "edition-import": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM),
    "edition": Rule(SIGNED_IN, **_EDITION),
    "edition-export": Rule(SIGNED_IN, **_EDITION),
    "edition-edit": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "edition-zones": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "category-create": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "category-edit": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_CATEGORY),
    "category-remove": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_CATEGORY),
    "rubric-edit": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_CATEGORY),
    "rubric-titles": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_CATEGORY),
    "rubric-versions": Rule(SIGNED_IN, **_CATEGORY),
    "rubric-version": Rule(SIGNED_IN, **_VERSION),
    "rubric-preview": Rule(SIGNED_IN, **_CATEGORY),
    "selections": Rule(SIGNED_IN),
    "selection": _selection("INTERVIEW", SIGNED_IN),
    "selection-open-next": _selection("INTERVIEW", RUN, FORM),
    "selections-open": Rule(
        frozenset({"national"}),
        SIGNED_IN - {"national"},
        FORM,
        of=lambda place: {"slug": "2023"},
        absent={"slug": "1999"},
    ),
    "calendar": _selection("INTERVIEW", RUN, FORM),
    "calendar-file": _selection("INTERVIEW", SIGNED_IN),
    "selection-categories": _selection("NOMINATION", RUN, FORM),
    "selection-category-add": _selection("NOMINATION", RUN, FORM),
    "letters": Rule(SIGNED_IN),
    "nominations": _selection("NOMINATION", SIGNED_IN),
    "nominate": Rule(
        frozenset({"branch"}),
        SIGNED_IN - {"branch"},
        FORM,
        lambda place: {"slug": place.selections["NOMINATION"].slug, "category": "pemerintah-kabupaten-kota"},
        {"slug": "tidak-ada", "category": "pemerintah-kabupaten-kota"},
    ),
    "nomination": _nomination("INTERVIEW", _KNOW_NOMINATIONS, ("GET",)),
    "nomination-answers": _nomination("NOMINATION", frozenset({"branch"})),
    "nomination-answers-keep": _nomination("NOMINATION", frozenset({"branch"}), POST),
    "nomination-clear": _nomination("VERIFICATION", RUN),
    "nomination-revoke-clearing": _nomination("VERIFICATION", RUN),
    "evidence": Rule(_KNOW_NOMINATIONS, **_EVIDENCE),
    "evidence-picture": Rule(_KNOW_NOMINATIONS, **_EVIDENCE_PAGE),
    "evidence-download": Rule(_KNOW_NOMINATIONS, methods=POST, **_EVIDENCE),
    "nomination-submit": _nomination("NOMINATION", frozenset({"branch"})),
    "nomination-return": _nomination("VERIFICATION", RUN),
    "nomination-verify": _nomination("VERIFICATION", RUN),
    "nomination-shortlist": _nomination("VERIFICATION", RUN),
    "nomination-pass-over": _nomination("VERIFICATION", RUN),
    "nomination-withdraw": _nomination("INTERVIEW", frozenset({"branch", "committee"})),
    "nomination-disqualify": _nomination("INTERVIEW", RUN),
    "nomination-reinstate": _nomination("PLENARY", RUN),
    "nominations-choose": _selection("VERIFICATION", RUN, FORM),
    "nominations-template": Rule(_NOMINATES, SIGNED_IN - _NOMINATES, **_OF_COMPANIES),
    "nominations-upload": Rule(_NOMINATES, SIGNED_IN - _NOMINATES, FORM, **_OF_COMPANIES),
    "nominations-upload-read": Rule(
        _NOMINATES, SIGNED_IN - _NOMINATES, FORM, _nominations_upload, _BULK | {"key": "x" * 22}
    ),
    "proposals": Rule(_READS_PROPOSALS, _ADMIN, **_NATIONAL),
    "proposals-book": Rule(_READS_PROPOSALS, _ADMIN, **_NATIONAL),
    "proposals-take-over": Rule(frozenset({"national"}), frozenset({"auditor", "admin"}), POST, **_NATIONAL),
    "proposal-exception": Rule(frozenset({"national"}), frozenset({"auditor", "admin"}), FORM, **_NATIONAL),
    "candidates": Rule(SIGNED_IN),
    "candidate-new": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES),
    "candidate-create": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES, FORM, **_KIND),
    "candidate-hints": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES, **_KIND),
    "candidate": _candidate(_KNOW_NOMINATIONS),
    "candidate-edit": _candidate(_ENTERS_CANDIDATES, FORM),
    "candidate-contacts": _candidate(_ENTERS_CANDIDATES, FORM),
    "contacts-save": _candidate(_ENTERS_CANDIDATES, POST),
    "candidate-merge": _candidate(_COMMITTEES),
    "candidate-merge-into": Rule(
        _COMMITTEES,
        _KNOW_NOMINATIONS - _COMMITTEES,
        FORM,
        lambda place: {"pk": place.company.pk, "into": place.twin.pk},
        {"pk": 999_999, "into": 999_999},
    ),
    "past-winners": Rule(EVERYBODY),
    "past-questions": Rule(_COMMITTEES, SIGNED_IN - _COMMITTEES),
    "past-settle": Rule(
        _COMMITTEES, methods=FORM, of=lambda place: {"pk": place.past_award.pk}, absent={"pk": 999_999}
    ),
    "people": Rule(_ADMIN),
    "person-create": Rule(_ADMIN, methods=FORM),
    "person": Rule(_ADMIN, **_PERSON),
    "person-edit": Rule(_ADMIN, methods=FORM, **_PERSON),
    "person-deactivate": Rule(_ADMIN, methods=FORM, **_PERSON),
    "person-reactivate": Rule(_ADMIN, methods=POST, **_PERSON),
    "person-send-link": Rule(_ADMIN, methods=POST, **_PERSON),
    "posting-create": Rule(_ADMIN, methods=FORM, **_PERSON),
    "posting-end": Rule(_ADMIN, methods=POST, of=lambda place: {"pk": place.posting.pk}, absent={"pk": 999_999}),
    "appointment-create": Rule(_ADMIN, methods=FORM, **_PERSON),
    "appointment-end": Rule(
        _ADMIN, methods=POST, of=lambda place: {"pk": place.appointment.pk}, absent={"pk": 999_999}
    ),
    "trail": Rule(frozenset({"admin", "auditor"})),
    "panel": _selection("INTERVIEW", SIGNED_IN),
    "panel-decree": _selection("INTERVIEW", RUN, FORM),
    "seat-add": _selection("INTERVIEW", RUN, FORM),
    "panel-decree-document": _selection("INTERVIEW", RUN, FORM),
    "panel-decree-file": _selection("INTERVIEW", SIGNED_IN),
    "seat-substitute": Rule(RUN, SIGNED_IN - RUN, FORM, **_SEAT),
    "invite": _selection("INTERVIEW", RUN, FORM),
    "invitation-resend": Rule(RUN, SIGNED_IN - RUN, POST, **_INVITATION),
    "invitation-withdraw": Rule(RUN, SIGNED_IN - RUN, POST, **_INVITATION),
    "invitation": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"token": place.invitation_token}, absent={"token": "tidak-ada"}
    ),
    "conflict-map": _selection("INTERVIEW", frozenset({"committee", "chair", "secretary", "auditor"})),
    "seat-end": Rule(RUN, SIGNED_IN - RUN, FORM, **_SEAT),
    "recuse": Rule(frozenset({"chair", "secretary"}), SIGNED_IN - {"chair", "secretary"}, FORM, **_SEAT),
    "progress": _selection("INTERVIEW", frozenset({"committee", "chair", "secretary", "auditor"})),
    "chair-room": _selection("INTERVIEW", _FOLLOWS),
    "chair-nudge": _selection("INTERVIEW", _LEADS, POST),
    "chair-candidate": Rule(_FOLLOWS, SIGNED_IN - _FOLLOWS, FORM, write=_LEADS, **_INTERVIEW),
    "calibration": Rule(
        _FOLLOWS | {"juror"},
        SIGNED_IN - _FOLLOWS - {"juror"},
        FORM,
        at("INTERVIEW"),
        {"slug": "tidak-ada"},
        write=_LEADS,
    ),
    "practice": Rule(
        PANEL,
        NOBODY,
        FORM,
        lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.practice.pk},
        {"slug": "tidak-ada", "pk": 999_999},
    ),
    "deliberation": _selection("PLENARY", _SEES_RANKING),
    "deliberation-agree": Rule(
        frozenset({"chair"}),
        SIGNED_IN - {"chair"},
        FORM,
        lambda place: {
            "slug": place.selections["PLENARY"].slug,
            "title": place.nominations["PLENARY"].standings.get().title_id,
            "group": 0,
        },
        {"slug": "tidak-ada", "title": 999_999, "group": 0},
    ),
    "uniformity": _selection("PLENARY", frozenset({"chair", "auditor"})),
    "uniformity-book": _selection("PLENARY", frozenset({"chair", "auditor"}), POST),
    "interviews": _selection("INTERVIEW", SIGNED_IN),
    "interviews-plan": _selection("INTERVIEW", RUN, FORM),
    "interviews-reorder": _selection("INTERVIEW", RUN, POST),
    "interviews-shift": _selection("INTERVIEW", RUN, FORM),
    "interviews-publish": _selection("INTERVIEW", RUN, POST),
    "interview-draws": _selection("INTERVIEW", _HEARS),
    "interviews-file": _selection("INTERVIEW", _HEARS),
    "interviews-public-file": Rule(EVERYBODY, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "interviews-paper": _selection("INTERVIEW", _HEARS),
    "attendance-paper": _selection("INTERVIEW", _HEARS),
    "interview-minutes": Rule(
        _HEARS, SIGNED_IN - _HEARS - {"admin"}, FORM, write=frozenset({"committee", "secretary"}), **_INTERVIEW
    ),
    "interview-schedule": Rule(RUN, SIGNED_IN - RUN - {"admin"}, FORM, **_INTERVIEW),
    "interview-attendance": Rule(RUN | {"secretary"}, SIGNED_IN - RUN - {"secretary", "admin"}, FORM, **_INTERVIEW),
    "sheets": Rule(SIGNED_IN),
    "declare": Rule(PANEL, NOBODY, FORM, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheet": Rule(PANEL, NOBODY, FORM, **_SHEET),
    "sheet-evidence": Rule(
        PANEL,
        NOBODY,
        POST,
        lambda place: _both_of(place) | {"evidence": place.evidence.pk},
        {"slug": "tidak-ada", "pk": 999_999, "evidence": 999_999},
    ),
    "sheet-hand-in": Rule(PANEL, NOBODY, FORM, **_SHEET),
    "sheet-history": Rule(PANEL, **_SHEET),
    "sheet-peers": Rule(PANEL, **_OF_A_CLOSED_SHEET),
    "sheets-offline": Rule(EVERYBODY),
    "sheets-worker": Rule(EVERYBODY),
    "sheets-board": Rule(PANEL, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "sheets-deliver": Rule(PANEL, NOBODY, POST, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheets-rescue": Rule(PANEL, NOBODY, FORM, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheets-receipts": Rule(PANEL, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "panel-rules": _selection("INTERVIEW", RUN, FORM),
    "seat-assistant": Rule(PANEL, SIGNED_IN - PANEL, FORM, **_SEAT),
    "sheet-reopen": Rule(frozenset({"chair"}), SIGNED_IN - {"chair"}, FORM, **_SHEET_OF_THE_SEAT),
    "rankings": _selection("PLENARY", _SEES_RANKING),
    "ranking": Rule(_SEES_RANKING, SIGNED_IN - _SEES_RANKING, **_RANKING),
    "result": _selection("SEALED", _SEES_RESULT),
    "export-winners": _selection("SEALED", frozenset({"committee", "national", "auditor"}), FORM),
    "seal-document": _selection("SEALED", frozenset({"committee", "national", "auditor"})),
    "verifier": Rule(SIGNED_IN),
    "special-awards": _selection("PLENARY", RUN, FORM),
    "special-award-take-back": Rule(
        RUN,
        SIGNED_IN - RUN,
        POST,
        lambda place: {"slug": place.selections["PLENARY"].slug, "pk": place.special_award.pk},
        {"slug": "tidak-ada", "pk": 999_999},
    ),
    "seal": _selection("PLENARY", RUN, FORM),
    "announce": _selection("SEALED", RUN, FORM),
}
