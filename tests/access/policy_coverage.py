"""Who may do what at the addresses of regions, coverage and what is everybody's."""

from typing import Any

from paritrana.intake import staging
from tests.access.rules import ADMIN, CONTACT, EVERYBODY, FORM, NOBODY, POST, SIGNED_IN, Rule
from tests.access.world import Place

_COVERAGE = {"of": lambda place: {"code": place.region.code, "year": 2025}, "absent": {"code": "99.99", "year": 2025}}


def _upload(place: Place) -> dict[str, Any]:
    """A file handed in by the branch of this place."""
    return {"key": staging.fresh(place.people["branch"], "cakupan.csv").key}


def _denominators_upload(place: Place) -> dict[str, Any]:
    """A file handed in by the regional office over this place."""
    province = place.region.parent
    about = f"denominators-{province.code}-2025"
    upload = staging.fresh(place.people["officer"], "penyebut.csv", about=about)
    return {"code": province.code, "year": 2025, "key": upload.key}


def _targets_upload(place: Place) -> dict[str, Any]:
    """A file of targets handed in by the regional office over this place."""
    return {"key": staging.fresh(place.people["officer"], "target.csv", about="targets").key}


def _offices_upload(place: Place) -> dict[str, Any]:
    """A file of branches handed in by the regional office over this place."""
    return {"key": staging.fresh(place.people["officer"], "kantor.csv", about="offices").key}


_PROVINCE = {
    "of": lambda place: {"code": place.region.parent.code, "year": 2025},
    "absent": {"code": "99", "year": 2025},
}
_PROVINCE_ALONE = {"of": lambda place: {"code": place.region.parent.code}, "absent": {"code": "99"}}
_REGENCY = {"of": lambda place: {"code": place.region.code}, "absent": {"code": "99.99"}}
_PROOF = {"of": lambda place: {"pk": place.proof.pk}, "absent": {"pk": 999_999}}
_PROOF_PAGE = {"of": lambda place: {"pk": place.proof.pk, "page": 1}, "absent": {"pk": 999_999, "page": 1}}
_FIGURE = {
    "of": lambda place: {"code": place.region.code, "year": 2025, "segment": "PU"},
    "absent": {"code": "99.99", "year": 2025, "segment": "PU"},
}
_ENTERS = frozenset({"branch"})
"""Of the world's kabupaten; of its province the officer does."""
_ENTERS_ANYWHERE = frozenset({"branch", "officer"})
_OFFICES = frozenset({"officer", "head"})
_ANSWERS_FOR = frozenset({"branch", "officer", "head"})
_BRANCH_YEAR = {
    "of": lambda place: {"pk": place.posting.branch_id, "year": 2025},
    "absent": {"pk": 999_999, "year": 2025},
}
_BRANCH = {"of": lambda place: {"pk": place.posting.branch_id}, "absent": {"pk": 999_999}}

_ARRANGE = frozenset({"officer", "head", "admin"})
_OFFICE = {
    "of": lambda place: {"kind": "cabang", "pk": place.posting.branch_id},
    "absent": {"kind": "cabang", "pk": 999_999},
}

COVERAGE: dict[str, Rule] = {
    "home": Rule(EVERYBODY),
    "help": Rule(EVERYBODY),
    "help-topic": Rule(EVERYBODY, of=lambda _place: {"topic": "cakupan"}, absent={"topic": "tidak-ada"}),
    "set_language": Rule(EVERYBODY, methods=POST),
    "theme": Rule(EVERYBODY, methods=POST),
    "form-draft": Rule(SIGNED_IN | CONTACT, methods=FORM),
    "first-steps-taken": Rule(SIGNED_IN, methods=POST),
    "search": Rule(SIGNED_IN),
    "offices": Rule(SIGNED_IN),
    "offices-template": Rule(_ARRANGE, SIGNED_IN - _ARRANGE),
    "offices-upload": Rule(_ARRANGE, SIGNED_IN - _ARRANGE, FORM),
    "offices-upload-read": Rule(frozenset({"officer"}), NOBODY, FORM, _offices_upload, {"key": "x" * 22}),
    "office": Rule(SIGNED_IN, **_OFFICE),
    "office-create": Rule(_ARRANGE, methods=FORM, of=lambda _place: {"kind": "cabang"}, absent={"kind": "lain"}),
    "office-edit": Rule(_ARRANGE, methods=FORM, **_OFFICE),
    "office-area": Rule(_ARRANGE, methods=FORM, **_OFFICE),
    "office-split": Rule(_ARRANGE, methods=FORM, **_OFFICE),
    "office-close": Rule(_ARRANGE, methods=FORM, **_OFFICE),
    "office-reopen": Rule(_ARRANGE, methods=POST, **_OFFICE),
    "style": Rule(ADMIN),
    "regions": Rule(SIGNED_IN),
    "region": Rule(SIGNED_IN, of=lambda place: {"code": place.region.code}, absent={"code": "99.99"}),
    "atlas": Rule(SIGNED_IN),
    "atlas-province": Rule(SIGNED_IN, of=lambda place: {"code": place.region.parent.code}, absent={"code": "99"}),
    "universal-coverage": Rule(SIGNED_IN),
    "indicators": Rule(SIGNED_IN),
    "indicator-province": Rule(SIGNED_IN, **_PROVINCE_ALONE),
    "indicator-answer": Rule(_ENTERS, _OFFICES, FORM, **_PROVINCE_ALONE),
    "indicator-files": Rule(_ANSWERS_FOR, methods=FORM, write=_ENTERS, **_REGENCY),
    "indicator-file": Rule(_ANSWERS_FOR, **_PROOF),
    "indicator-file-picture": Rule(_ANSWERS_FOR, **_PROOF_PAGE),
    "indicator-file-download": Rule(_ANSWERS_FOR, methods=POST, **_PROOF),
    "indicator-file-take-back": Rule(_ENTERS, _OFFICES, POST, **_PROOF),
    "indicator-verify": Rule(_OFFICES, _ENTERS, POST, **_PROVINCE_ALONE),
    "targets": Rule(SIGNED_IN),
    "target-grid": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "nation-target-edit": Rule(
        frozenset({"head"}),
        SIGNED_IN - {"head"},
        FORM,
        of=lambda _place: {"year": 2025},
        absent={"year": 1999},
    ),
    "targets-template": Rule(_OFFICES, SIGNED_IN - _OFFICES),
    "targets-upload": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "targets-upload-read": Rule(frozenset({"officer"}), NOBODY, FORM, _targets_upload, {"key": "x" * 22}),
    "target-edit": Rule(frozenset({"officer", "head"}), frozenset({"branch"}), FORM, **_COVERAGE),
    "branch": Rule(_ANSWERS_FOR, **_BRANCH),
    "branch-target-edit": Rule(_OFFICES, _ENTERS, FORM, **_BRANCH_YEAR),
    "coverage": Rule(SIGNED_IN),
    "coverage-edit": Rule(_ANSWERS_FOR, methods=FORM, write=frozenset({"branch"}), **_COVERAGE),
    "coverage-verify": Rule(frozenset({"officer", "head"}), frozenset({"branch"}), POST, **_COVERAGE),
    "coverage-history": Rule(_ANSWERS_FOR, **_COVERAGE),
    "coverage-send": Rule(_ENTERS, _OFFICES, FORM, **_COVERAGE),
    "coverage-send-area": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE, FORM),
    "coverage-queue": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "coverage-queue-verify": Rule(_OFFICES, SIGNED_IN - _OFFICES, FORM),
    "coverage-return": Rule(_OFFICES, _ENTERS, FORM, **_FIGURE),
    "coverage-share-return": Rule(_OFFICES, _ENTERS, POST, **_COVERAGE),
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
    "coverage-grid": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE, FORM),
    "coverage-grid-keep": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE, POST),
    "coverage-template": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE),
    "coverage-paper": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE),
    "coverage-upload": Rule(_ENTERS_ANYWHERE, SIGNED_IN - _ENTERS_ANYWHERE, FORM),
    "coverage-upload-read": Rule(_ENTERS, NOBODY, FORM, _upload, {"key": "x" * 22}),
}
