"""Which tables a topic of the help explains, and which errands there are: each importer says so where it stands."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.urls import get_resolver

from paritrana.accounts.requests import UserRequest
from paritrana.intake.description import Intake
from paritrana.intake.errands import IntakeErrand
from paritrana.intake.template import described_columns

if TYPE_CHECKING:
    from paritrana.accounts.models import User

Finder = Callable[..., IntakeErrand]
"""Given the request and the arguments of the address: the errand, after asking who may do it."""

_OF_TOPICS: dict[str, list[Callable[[], Intake]]] = {}
_FINDERS: dict[str, Finder] = {}


def explains(topic: str, described: Callable[[], Intake]) -> None:
    """Let the help on ``topic`` show the columns of this table."""
    _OF_TOPICS.setdefault(topic, []).append(described)


def tables_of(topic: str) -> list[dict[str, object]]:
    """Title and columns of each table, in the active language."""
    found = [described() for described in _OF_TOPICS.get(topic, [])]
    return [{"title": intake.title, "columns": described_columns(intake)} for intake in found]


def finds(name: str, find: Finder) -> None:
    """Let a worker find the errand whose addresses begin with this name."""
    _FINDERS[name] = find


def errand_of(name: str, user: "User", args: Iterable[Any]) -> IntakeErrand:
    """The errand of these addresses for this person. Raises PermissionDenied or Http404 as its page does."""
    get_resolver().url_patterns  # noqa: B018  (importers register where their addresses stand)
    request = HttpRequest()
    request.user = user
    return _FINDERS[name](cast(UserRequest, request), *args)
