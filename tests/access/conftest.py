"""One world for all tests here, and what makes thousands of visits bearable."""

import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import reverse
from django.views import defaults

from paritrana import urls
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import ReaderMiddleware
from paritrana.pages import layout
from tests.access.personas import whoever
from tests.access.world import World, build
from tests.once import taken_back
from tests.paritrana.accounts.provider import described


@pytest.fixture(autouse=True)
def quiet_refusals():
    """Thousands of refusals are the point here: they need not be logged."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("django.request").setLevel(logging.NOTSET)


@pytest.fixture(scope="package", autouse=True)
def uploads(tmp_path_factory):
    """The files of the world stay as long as its rows."""
    folder = tmp_path_factory.mktemp("world")
    evidence = {**settings.STORAGES["evidence"], "OPTIONS": {"location": folder / "evidence"}}
    with override_settings(STORAGES={**settings.STORAGES, "evidence": evidence}):
        yield folder


@pytest.fixture(scope="package", autouse=True)
def sessions():
    """Who is signed in is told by the cookie alone: thousands of visits need not ask a table for it."""
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        yield


@pytest.fixture(scope="package", autouse=True)
def agency():
    """One is configured, and never asked."""
    with override_settings(AGENCIES=described("https://sso.example")):
        yield


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, uploads) -> Iterator[World]:
    """The world, built once for all modules; every test runs in a savepoint inside its transaction."""
    with django_db_blocker.unblock(), taken_back():
        yield build()


@pytest.fixture
def world(built, db) -> World:
    """Copies of the objects: what one test reads into them is not there for the next."""
    return copy.deepcopy(built)


@contextmanager
def frames_kept() -> Iterator[None]:
    """While nothing is written, ask the rows once per person for what frames every page, not for every visit."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("entries_for", "selections_for"):
            patch.setattr(layout, name, cache(getattr(layout, name)))
        yield


@contextmanager
def reader_kept() -> Iterator[None]:
    """Load whoever asks once, with what pages look up about them; a POST, which may write, asks the rows anew.

    Without it most of the time of a refused request is spent on the same few rows of roles.
    """
    kept: list[tuple[User | AnonymousUser, dict[str, Any]]] = []

    def process_request(self: ReaderMiddleware, request: HttpRequest) -> None:
        if not kept:
            kept.append((get_user(request), {}))
        user, memory = kept[0]
        request.user = copy.copy(user)
        if request.method != "POST":
            request.user.memory = memory

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ReaderMiddleware, "process_request", process_request)
        yield


@contextmanager
def refusals_kept() -> Iterator[None]:
    """Draw "you may not" and "this does not exist" once for each person and each reason given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler403", _drawn_once(defaults.permission_denied), raising=False)
        patch.setattr(urls, "handler404", _drawn_once(defaults.page_not_found), raising=False)
        yield


def _drawn_once(view: Callable[[HttpRequest, Exception], HttpResponse]) -> Callable[..., HttpResponse]:
    drawn: dict[tuple[int | None, str], HttpResponse] = {}

    def answer(request: HttpRequest, exception: Exception) -> HttpResponse:
        key = request.user.pk, str(exception)
        if key not in drawn:
            drawn[key] = view(request, exception)
        return type(drawn[key])(drawn[key].content)

    return answer


@pytest.fixture
def client_of(client, world):
    """The client signed in as a persona, whose first page has been seen: nothing tried later gets into its frame."""

    def signed_in(persona: str):
        if user := whoever(world, persona):
            client.force_login(user)
        client.get(reverse("home"))
        return client

    with frames_kept():
        yield signed_in


@pytest.fixture
def refusals():
    with refusals_kept():
        yield


@pytest.fixture
def reader():
    with reader_kept():
        yield
