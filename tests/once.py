"""Rows that many tests start from, made once; and changes that are taken back before the next."""

import copy
from collections.abc import Callable, Iterator
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
    into them is not there for the next.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker) -> Iterator[Any]:
        with django_db_blocker.unblock(), taken_back():
            yield build()

    @pytest.fixture
    def made(built: Any, db: None) -> Any:
        return copy.deepcopy(built)

    return built, made
