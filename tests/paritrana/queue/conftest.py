import pytest


@pytest.fixture
def queued(settings):
    """Tasks wait for a worker, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.WORKER_BEAT, settings.SCHEDULE = 0.1, {}
