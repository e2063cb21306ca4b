"""Who may do what at the addresses of people, panels, sheets, results."""

from collections.abc import Callable
from typing import Any

from paritrana.accounts.models import User
from paritrana.intake import staging
from tests.access.rules import ADMIN, CONTACT, EVERYBODY, FORM, NOBODY, POST, RUN, SIGNED_IN, Rule, at, of_selection
from tests.access.world import Place

PANEL = frozenset({"juror", "chair", "secretary"})


def both(stage: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"slug": place.selections[stage].slug, "pk": place.nominations[stage].pk}


_PERSON = {"of": lambda place: {"pk": place.people["juror"].pk}, "absent": {"pk": 999_999}}
_SEAT = {
    "of": lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.seat.pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}
_ROOM = {
    "of": lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.room.pk},
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
_CONFIRMS = RUN | {"chair", "secretary", "national"}
_HEARS = PANEL | {"committee", "auditor"}
_FOLLOWS = frozenset({"committee", "chair", "secretary", "auditor"})
_LEADS = frozenset({"chair", "secretary"})
_INTERVIEW = {"of": both("INTERVIEW"), "absent": {"slug": "tidak-ada", "pk": 999_999}}
_both_of = both("INTERVIEW")
_PROBLEM = {
    "of": lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.problem.pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}


def _people_upload(_place: Place) -> dict[str, Any]:
    """A file of people handed in by the administrator."""
    administrator = User.objects.get(is_superuser=True)
    return {"key": staging.fresh(administrator, "pengguna.csv", about="people").key}


def _panel_upload(place: Place) -> dict[str, Any]:
    """A file of panel members handed in by the committee."""
    slug = place.selections["INTERVIEW"].slug
    return {"slug": slug, "key": staging.fresh(place.people["committee"], "panel.csv", about=f"panel-{slug}").key}


JUDGING: dict[str, Rule] = {
    "my-account": Rule(SIGNED_IN | CONTACT),
    "my-sessions": Rule(SIGNED_IN | CONTACT, methods=FORM),
    "people": Rule(ADMIN),
    "people-template": Rule(ADMIN),
    "people-upload": Rule(ADMIN, methods=FORM),
    "people-upload-read": Rule(ADMIN, methods=FORM, of=_people_upload, absent={"key": "x" * 22}),
    "person-create": Rule(ADMIN, methods=FORM),
    "person": Rule(ADMIN, **_PERSON),
    "person-edit": Rule(ADMIN, methods=FORM, **_PERSON),
    "person-deactivate": Rule(ADMIN, methods=FORM, **_PERSON),
    "person-reactivate": Rule(ADMIN, methods=POST, **_PERSON),
    "person-send-link": Rule(ADMIN, methods=POST, **_PERSON),
    "person-share-link": Rule(ADMIN, methods=POST, **_PERSON),
    "person-address": Rule(ADMIN, methods=FORM, **_PERSON),
    "my-data": Rule(SIGNED_IN | CONTACT),
    "my-data-file": Rule(SIGNED_IN | CONTACT, methods=POST),
    "person-data": Rule(ADMIN, **_PERSON),
    "person-data-file": Rule(ADMIN, methods=POST, **_PERSON),
    "erasure": Rule(ADMIN, methods=FORM, **_PERSON),
    "erasure-second": Rule(ADMIN, methods=POST, **_PERSON),
    "erasure-withdraw": Rule(ADMIN, methods=POST, **_PERSON),
    "factor-reset": Rule(ADMIN, methods=FORM, **_PERSON),
    "factor-reset-second": Rule(ADMIN, methods=POST, **_PERSON),
    "factor-reset-withdraw": Rule(ADMIN, methods=POST, **_PERSON),
    "person-agency": Rule(ADMIN, methods=FORM, **_PERSON),
    "person-agency-end": Rule(ADMIN, methods=POST, **_PERSON),
    "agency-link": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"token": place.agency_token}, absent={"token": "tidak-ada"}
    ),
    "person-address-withdraw": Rule(ADMIN, methods=POST, **_PERSON),
    "address-confirm": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"token": place.address_token}, absent={"token": "tidak-ada"}
    ),
    "posting-create": Rule(ADMIN, methods=FORM, **_PERSON),
    "posting-end": Rule(ADMIN, methods=POST, of=lambda place: {"pk": place.posting.pk}, absent={"pk": 999_999}),
    "appointment-create": Rule(ADMIN, methods=FORM, **_PERSON),
    "appointment-end": Rule(ADMIN, methods=POST, of=lambda place: {"pk": place.appointment.pk}, absent={"pk": 999_999}),
    "trail": Rule(frozenset({"admin", "auditor"})),
    "trail-check": Rule(frozenset({"admin", "auditor"}), methods=POST),
    "panel": of_selection("INTERVIEW", SIGNED_IN),
    "panel-template": of_selection("INTERVIEW", RUN),
    "panel-paste": of_selection("INTERVIEW", RUN, FORM),
    "panel-upload": of_selection("INTERVIEW", RUN, FORM),
    "panel-upload-read": Rule(RUN, NOBODY, FORM, _panel_upload, {"slug": "tidak-ada", "key": "x" * 22}),
    "panel-decree": of_selection("INTERVIEW", RUN, FORM),
    "panel-decree-document": of_selection("INTERVIEW", RUN, FORM),
    "panel-decree-file": of_selection("INTERVIEW", SIGNED_IN),
    "seat-substitute": Rule(RUN, SIGNED_IN - RUN, FORM, **_SEAT),
    "invite": of_selection("INTERVIEW", RUN, FORM),
    "invitation-resend": Rule(RUN, SIGNED_IN - RUN, POST, **_INVITATION),
    "invitation-share": Rule(RUN, SIGNED_IN - RUN, POST, **_INVITATION),
    "invitation-withdraw": Rule(RUN, SIGNED_IN - RUN, POST, **_INVITATION),
    "invitation": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"token": place.invitation_token}, absent={"token": "tidak-ada"}
    ),
    "conflict-map": of_selection("INTERVIEW", frozenset({"committee", "chair", "secretary", "auditor"})),
    "seat-changes": of_selection("INTERVIEW", _CONFIRMS, FORM),
    "seat-change-withdraw": Rule(
        _CONFIRMS,
        SIGNED_IN - _CONFIRMS,
        POST,
        lambda place: {"slug": place.selections["INTERVIEW"].slug, "pk": place.seat_change.pk},
        {"slug": "tidak-ada", "pk": 999_999},
    ),
    "seat-end": Rule(RUN, SIGNED_IN - RUN, FORM, **_SEAT),
    "recuse": Rule(frozenset({"chair", "secretary"}), SIGNED_IN - {"chair", "secretary"}, FORM, **_SEAT),
    "progress": of_selection("INTERVIEW", frozenset({"committee", "chair", "secretary", "auditor"})),
    "chair-room": of_selection("INTERVIEW", _FOLLOWS),
    "chair-nudge": of_selection("INTERVIEW", _LEADS, POST),
    "chair-nudge-share": Rule(_LEADS, SIGNED_IN - _LEADS, POST, **_SEAT),
    "panel-close": of_selection("INTERVIEW", frozenset({"chair"}), FORM),
    "panel-reopen": of_selection("INTERVIEW", frozenset({"chair"}), FORM),
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
    "deliberation": of_selection("PLENARY", _SEES_RANKING),
    "deliberation-agree": Rule(
        _LEADS,
        SIGNED_IN - _LEADS,
        FORM,
        lambda place: {
            "slug": place.selections["PLENARY"].slug,
            "title": place.nominations["PLENARY"].standings.get().title_id,
            "group": 0,
        },
        {"slug": "tidak-ada", "title": 999_999, "group": 0},
    ),
    "tie": Rule(
        _LEADS,
        SIGNED_IN - _LEADS,
        FORM,
        lambda place: {
            "slug": place.selections["PLENARY"].slug,
            "title": place.nominations["PLENARY"].standings.get().title.slug,
            "group": 0,
            "place": 1,
        },
        {"slug": "tidak-ada", "title": "tidak-ada", "group": 0, "place": 1},
    ),
    "uniformity": of_selection("PLENARY", frozenset({"chair", "auditor"})),
    "uniformity-book": of_selection("PLENARY", frozenset({"chair", "auditor"}), POST),
    "interviews": of_selection("INTERVIEW", SIGNED_IN),
    "interviews-plan": of_selection("INTERVIEW", RUN, FORM),
    "interviews-reorder": of_selection("INTERVIEW", RUN, POST),
    "interviews-shift": of_selection("INTERVIEW", RUN, FORM),
    "interviews-publish": of_selection("INTERVIEW", RUN, POST),
    "interview-draws": of_selection("INTERVIEW", _HEARS),
    "interviews-file": of_selection("INTERVIEW", _HEARS),
    "interviews-public-file": Rule(EVERYBODY, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "interviews-paper": of_selection("INTERVIEW", _HEARS),
    "attendance-paper": of_selection("INTERVIEW", _HEARS),
    "interviews-paper-file": Rule(
        _HEARS,
        SIGNED_IN - _HEARS,
        of=lambda place: at("INTERVIEW")(place) | {"paper": "daftar-hadir", "form": "xlsx"},
        absent={"slug": "tidak-ada", "paper": "daftar-hadir", "form": "xlsx"},
    ),
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
    "sheet-next": Rule(PANEL, **_SHEET),
    "sheet-hand-in": Rule(PANEL, NOBODY, FORM, **_SHEET),
    "sheets-hand-in": Rule(PANEL, NOBODY, FORM, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheets-compare": Rule(PANEL, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "sheet-history": Rule(PANEL, **_SHEET),
    "sheet-peers": Rule(PANEL, **_OF_A_CLOSED_SHEET),
    "sheet-problem": Rule(PANEL, NOBODY, FORM, **_SHEET),
    "sheet-problems": of_selection("INTERVIEW", _LEADS),
    "sheet-problem-answer": Rule(_LEADS, SIGNED_IN - _LEADS - {"juror"}, FORM, **_PROBLEM),
    "sheets-offline": Rule(EVERYBODY),
    "sheets-worker": Rule(EVERYBODY),
    "sheets-keys": Rule(SIGNED_IN),
    "sheets-board": Rule(PANEL, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "sheets-deliver": Rule(PANEL, NOBODY, POST, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheets-rescue": Rule(PANEL, NOBODY, FORM, at("INTERVIEW"), {"slug": "tidak-ada"}),
    "sheets-receipts": Rule(PANEL, of=at("INTERVIEW"), absent={"slug": "tidak-ada"}),
    "panel-rooms": of_selection("INTERVIEW", RUN, FORM),
    "panel-room-drop": Rule(RUN, SIGNED_IN - RUN, POST, **_ROOM),
    "panel-rules": of_selection("INTERVIEW", RUN, FORM),
    "seat-assistant": Rule(PANEL, SIGNED_IN - PANEL, FORM, **_SEAT),
    "sheet-reopen": Rule(frozenset({"chair"}), SIGNED_IN - {"chair"}, FORM, **_SHEET_OF_THE_SEAT),
    "rankings": of_selection("PLENARY", _SEES_RANKING),
    "ranking": Rule(_SEES_RANKING, SIGNED_IN - _SEES_RANKING, **_RANKING),
    "result": of_selection("SEALED", _SEES_RESULT - {"juror"}),
    "export-winners": of_selection("SEALED", frozenset({"committee", "national", "auditor"}), FORM),
    "recap": of_selection("PLENARY", frozenset({"chair", "secretary", "auditor"}), FORM),
    "recap-own": Rule(PANEL, NOBODY, FORM, at("PLENARY"), {"slug": "tidak-ada"}),
    "export-nation": Rule(
        frozenset({"national", "auditor"}),
        SIGNED_IN - {"national", "auditor"},
        FORM,
        lambda place: {"slug": place.selections["SEALED"].edition.slug},
        {"slug": "tidak-ada"},
    ),
    "seal-document": of_selection("SEALED", frozenset({"committee", "national", "auditor"})),
    "verifier": Rule(SIGNED_IN),
    "special-awards": of_selection("PLENARY", RUN, FORM),
    "special-award-take-back": Rule(
        RUN,
        SIGNED_IN - RUN,
        POST,
        lambda place: {"slug": place.selections["PLENARY"].slug, "pk": place.special_award.pk},
        {"slug": "tidak-ada", "pk": 999_999},
    ),
    "seal": of_selection("PLENARY", RUN, FORM),
    "checks": of_selection("PLENARY", _SEES_RANKING),
    "rubrics-lock": of_selection("PLENARY", RUN, POST),
    "standings-recompute": of_selection("PLENARY", RUN, POST),
    "seal-withdraw": of_selection("PLENARY", RUN, POST),
    "seal-second": of_selection("PLENARY", RUN | _LEADS, FORM),
    "reopen-result": of_selection("SEALED", RUN, FORM),
    "seals": of_selection("SEALED", frozenset({"committee", "national", "auditor"})),
    "numbered-seal": Rule(
        frozenset({"committee", "national", "auditor"}),
        SIGNED_IN - {"committee", "national", "auditor"},
        of=lambda place: {"slug": place.selections["SEALED"].slug, "number": 1},
        absent={"slug": "tidak-ada", "number": 1},
    ),
    "withhold": of_selection("SEALED", RUN, POST),
    "announce": of_selection("SEALED", RUN, FORM),
    "announce-preview": of_selection("SEALED", RUN | _LEADS),
    "notices": of_selection("ANNOUNCED", RUN, FORM),
}
