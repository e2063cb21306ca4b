"""What a page asked about its reader already: postings and appointments are read once a page, not once a question.

Only while a page is read. An act asks the database anew every time, so it is never allowed by what held before it.
"""

from __future__ import annotations

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
    """What ``ask`` finds about this person; found under this name before, where it is remembered."""
    memory: dict[str, Any] | None = getattr(user, "memory", None)
    if memory is None:
        return ask()
    if name not in memory:
        memory[name] = ask()
    return memory[name]


class ReaderMiddleware(AuthenticationMiddleware):
    """Who is signed in, with an empty memory for the length of a request that only reads."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.method in READING:
            request.user = SimpleLazyObject(partial(_reader, request))  # type: ignore[assignment]


def _reader(request: HttpRequest) -> Any:
    user = get_user(request)
    user.memory = {}  # type: ignore[union-attr]
    return user
