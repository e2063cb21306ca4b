"""What every test may rely on. The settings they run with are in ``tests/settings.py``."""

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

from paritrana import guards
from scoring import judging
from tests.once import state_of

# No deadline: a busy machine must not fail a property. Fixed examples: a red run can be repeated.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("house")

THOROUGH = {
    "access/test_matrix.py",
    "accounts/test_people.py",
    "awards/test_calendar.py",
    "awards/test_candidate_merging.py",
    "awards/test_candidates.py",
    "awards/test_moves.py",
    "awards/test_nomination_pages.py",
    "awards/test_opening.py",
    "awards/test_outbox.py",
    "awards/test_pages.py",
    "awards/test_past_winners.py",
    "paritrana/test_runner.py",
    "paritrana/test_workbooks.py",
    "paritrana/test_workbooks_apart.py",
    "ranking/test_panels.py",
    "regions/test_atlas.py",
    "regions/test_coverage_files.py",
    "regions/test_coverage_pages.py",
    "regions/test_grid.py",
    "regions/test_search.py",
    "regions/test_sentinel_benchmark.py",
    "regions/test_targets.py",
    "regions/test_template.py",
    "regions/test_upload_phases.py",
    "regions/test_uploads.py",
    "regions/test_verification_pages.py",
    "scoring/test_export.py",
    "scoring/test_interviews.py",
    "scoring/test_panels.py",
    "scoring/test_public_results.py",
    "scoring/test_races.py",
    "scoring/test_rank.py",
    "scoring/test_result_pages.py",
    "scoring/test_sheet_pages.py",
}
"""Modules that try many combinations, pages or files: every full run has them, ``manage.py test --fast`` does not."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "/".join(item.path.parts[-2:]) in THOROUGH:
            item.add_marker(pytest.mark.thorough)


def pytest_generate_tests(metafunc):
    state_of(metafunc)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Files a test uploads go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    evidence = {**settings.STORAGES["evidence"], "OPTIONS": {"location": tmp_path / "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence}
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def no_rubric_is_remembered():
    """A number taken back is given again: the next test's rubric must not be taken for the one of the last."""
    judging._criteria_kept.cache_clear()


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
        guards.take_down(connection)
