"""What every test may rely on. The settings they run with are in ``tests/settings.py``."""

import gc
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

from paritrana import triggers
from paritrana.accounts import installation, lanes, own_files
from scoring.assignments import criteria
from scoring.sealing import review
from scoring.standings import comparison
from tests.dialect import BOTH, POSTGRESQL
from tests.once import state_of
from tests.slow import SLOW, beyond_the_sample

TESTS = Path(__file__).parent

# No deadline: a busy machine must not fail a property. Fixed examples: a red run can be repeated.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("house")

ROWS = {"db", "transactional_db", "live_server", "django_db_setup"}
"""Fixtures without which a test reaches no database."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    by_test = defaultdict(list)
    for item in items:
        module = item.path.relative_to(TESTS).as_posix()
        if module in SLOW:
            item.add_marker(pytest.mark.slow)
        if not item.get_closest_marker("django_db") and ROWS.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.once)
        if module in BOTH:
            item.add_marker(pytest.mark.both)
        elif module in POSTGRESQL and not item.get_closest_marker("once"):
            item.add_marker(pytest.mark.postgresql)
        costs = module in SLOW or item.get_closest_marker("postgresql")
        if costs and not module.startswith("access/"):  # access draws a sample of its own
            by_test[item.nodeid.partition("[")[0]].append(item)
    for name, cases in by_test.items():
        for item in beyond_the_sample(cases, name):
            item.add_marker(pytest.mark.complete)


def pytest_generate_tests(metafunc):
    state_of(metafunc)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Documents a test attaches go to its own folder."""
    evidence = {**settings.STORAGES["evidence"], "OPTIONS": {"location": tmp_path / "evidence"}}
    trash = {**settings.STORAGES["trash"], "OPTIONS": {"location": tmp_path / "data" / "trash"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence, "trash": trash}


@pytest.fixture
def data_folder(db, settings, tmp_path):
    """A data folder of this test alone, which belongs to the database."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    installation.bind()
    return settings.DATA_DIR


@pytest.fixture(autouse=True)
def no_rubric_is_remembered():
    """A number taken back is given again: the next test's rubric must not be taken for the one of the last."""
    criteria._criteria_cached.cache_clear()


@pytest.fixture(autouse=True)
def no_lane_is_remembered():
    """What a test committed is emptied or rolled back: the trail of the next one begins without it.

    Afterwards as well, for rows made once for a module, and databases of their own, are made before its first test.
    """
    lanes.forget()
    yield
    lanes.forget()


@pytest.fixture(autouse=True)
def no_trail_of_another_test_is_remembered(monkeypatch):
    """All tests share a data folder, which tells how far a trail was signed."""
    monkeypatch.setattr(own_files, "HEAD", f"trail-head-{uuid4().hex}")


@pytest.fixture(autouse=True)
def no_standings_are_remembered():
    """As with rubrics: what was compared for the selection of the last test says nothing about this one."""
    comparison.forget()
    review.forget()


EMPTIED = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
"""Fixtures after which the tables are emptied instead of rolled back."""


@pytest.fixture(autouse=True)
def guards_let_the_tables_be_emptied(request):
    """The database refuses to forget; between two tests it has to. Migrating's signal puts the guards up again."""
    marker = request.node.get_closest_marker("django_db")
    is_emptied = EMPTIED & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))
    if is_emptied:
        assert not connection.in_atomic_block, "rows made once for this module are in the way of a test that commits"
        request.getfixturevalue("transactional_db")
    yield
    if is_emptied:
        triggers.take_down(connection)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What was loaded stays for good: the garbage collector need not look at it between tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
