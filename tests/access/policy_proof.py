"""Who may do what where results are proved: traces, marks, copies, firmness, suppositions."""

from typing import Any

from tests.access.rules import CONTACT, FORM, SIGNED_IN, Rule, of_selection
from tests.access.world import Place

_TITLE = {"category": "pemerintah-kabupaten-kota", "title": "terbaik"}
_NAMES_JURORS = frozenset({"chair", "secretary", "auditor"})
_SEES_RANKING = _NAMES_JURORS | {"committee"}
_TAKES_COPIES = frozenset({"committee", "auditor", "branch"}) | CONTACT
_KNOW_NOMINATIONS = frozenset({"branch", "officer", "committee", "chair", "secretary", "head", "national", "auditor"})
_DESIGNS = frozenset({"national"})


def _of(stage: str, **more: Any) -> dict[str, Any]:
    """An address of the nomination at this stage in its title."""

    def of(place: Place) -> dict[str, Any]:
        return {"slug": place.selections[stage].slug, "pk": place.nominations[stage].pk} | more

    return {"of": of, "absent": {"slug": "tidak-ada", "pk": 999_999} | more}


def _of_title(stage: str) -> dict[str, Any]:
    return {
        "of": lambda place: {"slug": place.selections[stage].slug} | _TITLE,
        "absent": {"slug": "tidak-ada"} | _TITLE,
    }


PROOF: dict[str, Rule] = {
    "trace": Rule(_SEES_RANKING, SIGNED_IN - _SEES_RANKING, **_of("PLENARY", **_TITLE)),
    "mark-history": Rule(_NAMES_JURORS, SIGNED_IN - _NAMES_JURORS, **_of("PLENARY", seat=1)),
    "candidate-copy": Rule(_TAKES_COPIES, _KNOW_NOMINATIONS - _TAKES_COPIES, FORM, **_of("ANNOUNCED", **_TITLE)),
    "nomination-traces": Rule(
        _SEES_RANKING,
        (_KNOW_NOMINATIONS - _SEES_RANKING) | CONTACT,
        of=lambda place: {"pk": place.nominations["PLENARY"].pk},
        absent={"pk": 999_999},
    ),
    "firmness": Rule(_SEES_RANKING, SIGNED_IN - _SEES_RANKING, **_of_title("PLENARY")),
    "what-if-start": of_selection("SEALED", _DESIGNS),
    "what-if": Rule(_DESIGNS, SIGNED_IN - _DESIGNS, **_of_title("SEALED")),
}
