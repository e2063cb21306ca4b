"""Who may do what at the addresses of papers, and at those where everybody checks one."""

from tests.access.rules import EVERYBODY, FORM, POST, RUN, SIGNED_IN, Rule, at, of_selection

_DESIGN = frozenset({"national", "admin"})
_NATIONAL = frozenset({"national"})
_SEES = frozenset({"committee", "chair", "secretary", "auditor", "national"})
_MAKES = RUN | {"secretary"}
_EDITION = {"of": lambda place: {"slug": "2023"}, "absent": {"slug": "1999"}}
_TEXT = {"of": lambda place: {"slug": "2023", "kind": "minutes"}, "absent": {"slug": "1999", "kind": "minutes"}}
_TITLE = {"category": "pemerintah-kabupaten-kota", "title": "terbaik"}
_WINNER = {
    "of": lambda place: at("SEALED")(place) | {"pk": place.nominations["SEALED"].pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}
_SECONDS = frozenset({"committee", "chair", "secretary"})
_ADDENDUM = {
    "of": lambda place: at("SEALED")(place) | {"pk": place.addendum.pk},
    "absent": {"slug": "tidak-ada", "pk": 999_999},
}

DOCUMENTS: dict[str, Rule] = {
    "documents": of_selection("SEALED", _SEES),
    "minutes-draft": of_selection("PLENARY", frozenset({"committee", "chair", "secretary", "auditor"}), FORM),
    "minutes-make": of_selection("SEALED", _MAKES, FORM),
    "addendum-ask": of_selection("SEALED", _MAKES, FORM),
    "addendum-second": Rule(_SECONDS, SIGNED_IN - _SECONDS, FORM, **_ADDENDUM),
    "addendum-withdraw": Rule(_MAKES, SIGNED_IN - _MAKES, POST, **_ADDENDUM),
    "letterhead": of_selection("SEALED", _MAKES, FORM),
    "certificates-make": of_selection("SEALED", _MAKES, FORM),
    "certificates-progress": of_selection("SEALED", _MAKES),
    "certificates-take": of_selection("SEALED", _SEES, POST),
    "document-take": Rule(
        _SEES,
        SIGNED_IN - _SEES,
        POST,
        lambda place: at("SEALED")(place) | {"pk": place.document.pk},
        {"slug": "tidak-ada", "pk": 999_999},
    ),
    "showcase": of_selection("SEALED", _MAKES),
    "showcase-story": Rule(_MAKES, SIGNED_IN - _MAKES, FORM, **_WINNER),
    "showcase-photo": Rule(_MAKES, SIGNED_IN - _MAKES, **_WINNER),
    "showcase-rewards": Rule(
        _MAKES, SIGNED_IN - _MAKES, FORM, lambda place: at("SEALED")(place) | _TITLE, {"slug": "tidak-ada"} | _TITLE
    ),
    "document-texts": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_EDITION),
    "document-logo": Rule(_DESIGN, SIGNED_IN - _DESIGN, **_EDITION),
    "document-text": Rule(_DESIGN, SIGNED_IN - _DESIGN, FORM, **_TEXT),
    "document-preview": Rule(_DESIGN, SIGNED_IN - _DESIGN, POST, **_TEXT),
    "past-certificates": Rule(_NATIONAL, SIGNED_IN - _NATIONAL, FORM),
    "check": Rule(EVERYBODY),
    "check-code": Rule(
        EVERYBODY, methods=FORM, of=lambda place: {"code": place.announced_document.code}, absent={"code": "A" * 16}
    ),
}
