"""One world for all tests of a module, and what makes thousands of visits bearable."""

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from paritrana import frame
from tests.access.world import World, build


@pytest.fixture(autouse=True)
def quiet_refusals():
    """Thousands of refusals are the point here: they need not be logged."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("django.request").setLevel(logging.NOTSET)


@pytest.fixture(scope="module", autouse=True)
def uploads(tmp_path_factory):
    """The files of a module's world stay as long as its rows."""
    folder = tmp_path_factory.mktemp("world")
    evidence = {**settings.STORAGES["evidence"], "OPTIONS": {"location": folder / "evidence"}}
    with override_settings(MEDIA_ROOT=folder / "uploads", STORAGES={**settings.STORAGES, "evidence": evidence}):
        yield folder


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, uploads) -> Iterator[World]:
    """The world, built once for the module; every test runs in a savepoint inside its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db) -> World:
    """Copies of the objects: what one test reads into them is not there for the next."""
    return copy.deepcopy(built)


@contextmanager
def frames_kept() -> Iterator[None]:
    """While nothing is written, ask the rows once per person for what frames every page, not for every visit."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("entries_for", "selections_for"):
            patch.setattr(frame, name, cache(getattr(frame, name)))
        yield
