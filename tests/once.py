"""Rows that many tests start from, made once; and changes that are taken back before the next."""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made_once(build: Callable[[], Any]) -> tuple[Any, Any]:
    """Two fixtures of a module: what ``build`` made, once, and a copy of it for each test.

    Every test runs in a savepoint inside the module's transaction. A test gets a copy of the objects, so what it reads
    into them is not there for the next. Tests that commit, or that must find no rows, stand in another module.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker) -> Iterator[Any]:
        with django_db_blocker.unblock(), taken_back():
            yield build()

    return built, _copied()


def each_once(states: Mapping[str, Callable[[], Any]]) -> tuple[Any, ...]:
    """The same where a module has several beginnings: ``built``, and a fixture by the name of each of them.

    The module calls the mapping ``STATES``. The tests that start from one run beside each other (see ``state_of``), for
    one is taken back before the next is made.
    """
    return _one_of(states), *(_copied() for _state in states)


def parts_once(states: Mapping[str, Callable[[], Mapping[str, Any]]], *names: str) -> tuple[Any, ...]:
    """The same where a beginning has several parts: ``built``, ``parts`` and a fixture for each of the names.

    ``STATES`` tells each beginning by the part no other has, the furthest first; a test that asks for that part starts
    there.
    """

    def part(name: str) -> Any:
        @pytest.fixture
        def made(parts: Mapping[str, Any]) -> Any:
            return parts[name]

        return made

    return _one_of(states), _copied(), *map(part, names)


def _one_of(states: Mapping[str, Callable[[], Any]]) -> Any:
    @pytest.fixture(scope="module")
    def built(request, django_db_setup, django_db_blocker) -> Iterator[Any]:
        with django_db_blocker.unblock(), taken_back():
            yield states[request.param]()

    return built


def _copied() -> Any:
    @pytest.fixture
    def made(built: Any, db: None) -> Any:
        return copy.deepcopy(built)

    return made


def state_of(metafunc: pytest.Metafunc) -> None:
    """Say which of its module's ``STATES`` a test starts from, and that in no name of a test."""
    states = getattr(metafunc.module, "STATES", {})
    wanted = [name for name in states if name in metafunc.fixturenames]
    if wanted:
        metafunc.parametrize("built", wanted[:1], indirect=True, scope="module", ids=[pytest.HIDDEN_PARAM])
