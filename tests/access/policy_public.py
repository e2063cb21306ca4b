"""Who may do what at the addresses everybody may open, and at those that lead there."""

from collections.abc import Callable
from typing import Any

from tests.access.rules import EVERYBODY, FORM, RUN, Rule, at, of_selection
from tests.access.world import Place

_ANNOUNCED = {"of": at("ANNOUNCED"), "absent": {"slug": "tidak-ada"}}


def _winner() -> dict[str, Callable[[Place], dict[str, Any]] | dict[str, Any]]:
    """The government that won in the announced selection of the place, by its page."""
    return {
        "of": lambda place: {"code": place.region.code, "slug": place.region.name.lower().replace(" ", "-")},
        "absent": {"code": "99", "slug": "tidak-ada"},
    }


def _photographed() -> dict[str, Callable[[Place], dict[str, Any]] | dict[str, Any]]:
    """The winner of the announced selection, of whom there is a photo."""
    return {
        "of": lambda place: at("ANNOUNCED")(place) | {"pk": place.nominations["ANNOUNCED"].pk},
        "absent": {"slug": "tidak-ada", "pk": 999_999},
    }


PUBLIC: dict[str, Rule] = {
    "public-results": Rule(EVERYBODY),
    "winners-json": Rule(EVERYBODY),
    "winners-csv": Rule(EVERYBODY),
    "winners-schema": Rule(EVERYBODY),
    "public-map": Rule(EVERYBODY),
    "public-data": Rule(EVERYBODY),
    "press-kit": Rule(EVERYBODY, **_ANNOUNCED),
    "winners-atom": Rule(EVERYBODY),
    "public-result": Rule(EVERYBODY, **_ANNOUNCED),
    "public-result-picture": Rule(EVERYBODY, **_ANNOUNCED),
    "winner-photo": Rule(EVERYBODY, **_photographed()),
    "public-recipient": Rule(EVERYBODY, **_winner()),
    "public-recipient-picture": Rule(EVERYBODY, **_winner()),
    "past-winners": Rule(EVERYBODY),
    "public-calendar": Rule(EVERYBODY),
    "public-about": Rule(EVERYBODY),
    "public-picture": Rule(EVERYBODY),
    "sitemap": Rule(EVERYBODY),
    "robots": Rule(EVERYBODY),
    "ceremony": of_selection("SEALED", frozenset({"committee", "national", "auditor"})),
    "ceremony-remote": of_selection("SEALED", RUN),
    "ceremony-position": of_selection("SEALED", RUN, FORM),
    "publishing": of_selection("SEALED", RUN, FORM),
}
