"""How a rule of the access policy is written: what every address of the portal is told by.

A rule says which methods an address answers, who may use it (``allow``), and who may know of the object without
being allowed (``deny``: 403). Everybody else gets the answer of an object that does not exist: 404.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import Place

OFFICIALS = frozenset({"branch", "officer", "committee", "juror", "chair", "secretary"})
CONTACT = frozenset({"contact"})
"""Of the candidate: let in by the branch to the nominations of the place, to nothing else."""
LOCAL = OFFICIALS | CONTACT
EVERYWHERE = frozenset({"head", "national", "auditor", "admin"})
SIGNED_IN = OFFICIALS | EVERYWHERE
EVERYBODY = SIGNED_IN | CONTACT | {"anonymous"}
RUN = frozenset({"committee"})
NOBODY: frozenset[str] = frozenset()


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


def of_selection(stage: str, allow: frozenset[str], methods: tuple[str, ...] = ("GET",), **more: Any) -> Rule:
    """An address of a selection: every signed-in person of the place, and whoever is everywhere, knows of it."""
    return Rule(allow, SIGNED_IN - allow, methods, at(stage), {"slug": "tidak-ada"} | more)


FORM = ("GET", "POST")
POST = ("POST",)
ADMIN = frozenset({"admin"})
