"""Who may do what at the addresses of editions, selections, nominations and candidates."""

from collections.abc import Callable
from typing import Any

from awards.models import Letter, Role
from paritrana.accounts.models import User
from paritrana.intake import staging
from tests.access.rules import ADMIN, CONTACT, EVERYBODY, FORM, NOBODY, POST, RUN, SIGNED_IN, Rule, at, of_selection
from tests.access.world import Place

_KNOW_NOMINATIONS = SIGNED_IN - {"admin", "juror"}


def nominated(stage: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"pk": place.nominations[stage].pk}


def _nomination(stage: str, allow: frozenset[str], methods: tuple[str, ...] = ("GET", "POST")) -> Rule:
    """Jurors meet nominations on their sheets only, administrators not at all."""
    return Rule(allow, _KNOW_NOMINATIONS - allow, methods, nominated(stage), {"pk": 999_999})


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
_EVIDENCE = {"of": lambda place: {"pk": place.evidence.pk}, "absent": {"pk": 999_999}}
_EXEMPTION = {
    "of": lambda place: {"pk": place.exemption.nomination_id, "exemption": place.exemption.pk},
    "absent": {"pk": 999_999, "exemption": 999_999},
}
_EVIDENCE_PAGE = {
    "of": lambda place: {"pk": place.evidence.pk, "page": 1},
    "absent": {"pk": 999_999, "page": 1},
}
_NOMINATES = frozenset({"branch"})
_READ_COMMENTS = frozenset({"branch", "committee", "auditor"})
_SECONDS = frozenset({"committee", "chair", "secretary", "national"})
_BULK = {"slug": "tidak-ada", "category": "perusahaan"}
_OF_COMPANIES = {
    "of": lambda place: {"slug": place.selections["NOMINATION"].slug, "category": "perusahaan"},
    "absent": _BULK,
}


def _nominations_upload(place: Place) -> dict[str, Any]:
    """A file of nominations handed in by the branch of this place."""
    slug = place.selections["NOMINATION"].slug
    upload = staging.fresh(place.people["branch"], "nominasi.csv", about=f"nominations-{slug}-perusahaan")
    return {"slug": slug, "category": "perusahaan", "key": upload.key}


def _winners_upload(_place: Place) -> dict[str, Any]:
    """A list of winners handed in by the national committee."""
    national = User.objects.filter(appointments__role=Role.NATIONAL_COMMITTEE).distinct().get()
    return {"key": staging.fresh(national, "pemenang.csv", about="past-list").key}


_NATION = frozenset({"national"})
_NATIONAL = {"of": lambda place: {"slug": "2025-nasional"}, "absent": {"slug": "tidak-ada"}}
_READS_PROPOSALS = frozenset({"national", "auditor"})


def _letter_given_up(place: Place) -> dict[str, Any]:
    return {"pk": Letter.objects.get(to=place.people["branch"]).pk}


AWARD: dict[str, Rule] = {
    "editions": Rule(SIGNED_IN),
    "edition-create": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM),
    "edition-import": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM),
    "edition": Rule(SIGNED_IN, **_EDITION),
    "edition-export": Rule(SIGNED_IN, **_EDITION),
    "edition-edit": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "edition-calendar": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "edition-english": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
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
    "selection": of_selection("INTERVIEW", SIGNED_IN),
    "selection-open-next": of_selection("INTERVIEW", RUN, FORM),
    "take-back-stage": Rule(_SECONDS, SIGNED_IN - _SECONDS, FORM, at("VERIFICATION"), {"slug": "tidak-ada"}, write=RUN),
    "second-taking-back": of_selection("VERIFICATION", _SECONDS, POST),
    "withdraw-taking-back": of_selection("VERIFICATION", RUN, POST),
    "selections-open": Rule(
        frozenset({"national"}),
        SIGNED_IN - {"national"},
        FORM,
        of=lambda place: {"slug": "2023"},
        absent={"slug": "1999"},
    ),
    "calendar": of_selection("INTERVIEW", RUN, FORM),
    "calendar-file": of_selection("INTERVIEW", SIGNED_IN),
    "selection-categories": of_selection("NOMINATION", RUN, FORM),
    "selection-category-add": of_selection("NOMINATION", RUN, FORM),
    "letters": Rule(SIGNED_IN),
    "letter-retry": Rule(ADMIN, methods=POST, of=_letter_given_up, absent={"pk": 999_999}),
    "letter-share": Rule(ADMIN, methods=POST, of=_letter_given_up, absent={"pk": 999_999}),
    "nominations": of_selection("NOMINATION", SIGNED_IN),
    "nominate": Rule(
        frozenset({"branch"}),
        SIGNED_IN - {"branch"},
        FORM,
        lambda place: {"slug": place.selections["NOMINATION"].slug, "category": "pemerintah-kabupaten-kota"},
        {"slug": "tidak-ada", "category": "pemerintah-kabupaten-kota"},
    ),
    "nomination": _nomination("INTERVIEW", _KNOW_NOMINATIONS | CONTACT, ("GET",)),
    "nomination-answers": _nomination("NOMINATION", _NOMINATES | CONTACT),
    "nomination-answers-keep": _nomination("NOMINATION", _NOMINATES | CONTACT, POST),
    "door": _nomination("NOMINATION", _NOMINATES),
    "door-share": _nomination("INTERVIEW", _NOMINATES, POST),
    "door-take-over": _nomination("INTERVIEW", _NOMINATES, POST),
    "door-give-back": _nomination("INTERVIEW", _NOMINATES, POST),
    "door-close": _nomination("INTERVIEW", _NOMINATES, POST),
    "door-invitation": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"token": place.door_token}, absent={"token": "x" * 43}
    ),
    "doors": Rule(SIGNED_IN | CONTACT),
    "my-nomination": Rule(CONTACT, of=nominated("INTERVIEW"), absent={"pk": 999_999}),
    "door-hand-over": Rule(CONTACT, methods=POST, of=nominated("INTERVIEW"), absent={"pk": 999_999}),
    "nomination-clear": _nomination("VERIFICATION", RUN),
    "nomination-revoke-clearing": _nomination("VERIFICATION", RUN),
    "exemptions": _nomination("VERIFICATION", RUN),
    "exemption-end": Rule(RUN, _KNOW_NOMINATIONS - RUN, POST, **_EXEMPTION),
    "evidence": Rule(_KNOW_NOMINATIONS | CONTACT, **_EVIDENCE),
    "evidence-picture": Rule(_KNOW_NOMINATIONS | CONTACT, **_EVIDENCE_PAGE),
    "evidence-download": Rule(_KNOW_NOMINATIONS | CONTACT, methods=POST, **_EVIDENCE),
    "nomination-comments": Rule(
        _READ_COMMENTS,
        _KNOW_NOMINATIONS - _READ_COMMENTS,
        ("GET", "POST"),
        nominated("VERIFICATION"),
        {"pk": 999_999},
        write=RUN,
    ),
    "comment-file": Rule(
        _READ_COMMENTS, methods=POST, of=lambda place: {"pk": place.comment.pk}, absent={"pk": 999_999}
    ),
    "nomination-submit": _nomination("NOMINATION", frozenset({"branch"})),
    "nomination-return": _nomination("VERIFICATION", RUN),
    "nomination-share-return": _nomination("VERIFICATION", RUN, POST),
    "nomination-verify": _nomination("VERIFICATION", RUN),
    "nomination-shortlist": _nomination("VERIFICATION", RUN),
    "nomination-pass-over": _nomination("VERIFICATION", RUN),
    "nomination-withdraw": _nomination("INTERVIEW", frozenset({"branch", "committee"})),
    "nomination-disqualify": _nomination("INTERVIEW", RUN),
    "nomination-reinstate": _nomination("PLENARY", RUN),
    "nominations-choose": of_selection("VERIFICATION", RUN, FORM),
    "nominations-desk": of_selection("VERIFICATION", RUN),
    "nominations-verify": of_selection("VERIFICATION", RUN, FORM),
    "nominations-template": Rule(_NOMINATES, SIGNED_IN - _NOMINATES, **_OF_COMPANIES),
    "nominations-upload": Rule(_NOMINATES, SIGNED_IN - _NOMINATES, FORM, **_OF_COMPANIES),
    "nominations-upload-read": Rule(_NOMINATES, NOBODY, FORM, _nominations_upload, _BULK | {"key": "x" * 22}),
    "proposals": Rule(_READS_PROPOSALS, ADMIN, **_NATIONAL),
    "proposals-book": Rule(_READS_PROPOSALS, ADMIN, **_NATIONAL),
    "proposals-take-over": Rule(frozenset({"national"}), frozenset({"auditor", "admin"}), POST, **_NATIONAL),
    "proposal-exception": Rule(frozenset({"national"}), frozenset({"auditor", "admin"}), FORM, **_NATIONAL),
    "candidates": Rule(SIGNED_IN),
    "candidates-export": Rule(SIGNED_IN, methods=FORM),
    "candidate-new": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES),
    "candidate-create": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES, FORM, **_KIND),
    "candidate-hints": Rule(_ENTERS_CANDIDATES, SIGNED_IN - _ENTERS_CANDIDATES, POST, **_KIND),
    "candidate": _candidate(_KNOW_NOMINATIONS),
    "candidate-edit": _candidate(_ENTERS_CANDIDATES, FORM),
    "candidate-contacts": _candidate(_ENTERS_CANDIDATES, FORM),
    "contacts-save": _candidate(_ENTERS_CANDIDATES, POST),
    "candidate-numbers": Rule(_COMMITTEES, SIGNED_IN - _COMMITTEES),
    "candidate-merge": _candidate(_COMMITTEES),
    "candidate-merge-into": Rule(
        _COMMITTEES,
        _KNOW_NOMINATIONS - _COMMITTEES,
        FORM,
        lambda place: {"pk": place.company.pk, "into": place.twin.pk},
        {"pk": 999_999, "into": 999_999},
    ),
    "past-questions": Rule(_COMMITTEES, SIGNED_IN - _COMMITTEES),
    "past-list-template": Rule(_NATION, SIGNED_IN - _NATION),
    "past-list-upload": Rule(_NATION, SIGNED_IN - _NATION, FORM),
    "past-list-upload-read": Rule(_NATION, NOBODY, FORM, _winners_upload, {"key": "x" * 22}),
    "past-settle": Rule(
        _COMMITTEES, methods=FORM, of=lambda place: {"pk": place.past_award.pk}, absent={"pk": 999_999}
    ),
}
