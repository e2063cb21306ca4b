"""Caches what a page looks up about its reader, so that postings and appointments are read once a page.

Only requests that read are cached. An action queries the database every time, so it never relies on an old answer.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from paritrana.accounts.models import User

Found = TypeVar("Found")
READING = frozenset({"GET", "HEAD"})


def remembered(user: User, name: str, ask: Callable[[], Found]) -> Found:
    """The result of ``ask`` for this person, stored under ``name`` for the rest of the request."""
    memory: dict[str, Any] | None = getattr(user, "memory", None)
    if memory is None:
        return ask()
    if name not in memory:
        memory[name] = ask()
    return memory[name]


def known(user: User, name: str) -> Any:
    """What this request has stored under ``name``, or None."""
    return getattr(user, "memory", {}).get(name)


class ReaderMiddleware(AuthenticationMiddleware):
    """Gives each reading request an empty cache about the signed-in person."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.method in READING:
            request.user = SimpleLazyObject(partial(_reader, request))  # type: ignore[assignment]


def _reader(request: HttpRequest) -> Any:
    user = get_user(request)
    user.memory = {}  # type: ignore[union-attr]
    return user
