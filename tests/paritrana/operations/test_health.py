"""Whether the portal is watched: alive, ready, counted; what a failure looks like; and the page of the installation."""

import json
import logging
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from paritrana import schema
from paritrana.accounts import installation, own_files
from paritrana.operations import health, unavailable, views
from paritrana.queue.models import QueueWorker
from paritrana.setup import monitoring
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return b.administrator()


@pytest.fixture
def failed():
    """A task that failed for good."""
    return DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="paritrana.queue.tasks.sweep",
        backend_name="default",
        run_after=timezone.now(),
        finished_at=timezone.now(),
        exception_class_path="builtins.ValueError",
    )


def state_of(client):
    answer = client.get(reverse("ready"))
    return answer.status_code, answer.json()["checks"]


def test_a_server_that_can_work_is_ready_and_tells_of_a_missing_worker(client, data_folder):
    status, checks = state_of(client)

    assert status == 200
    assert checks == {"database": "ok", "storage": "ok", "disk": "ok", "schema": "ok", "queue": "no worker"}


def test_a_worker_that_beats_and_work_that_waits_are_told(client, data_folder):
    QueueWorker.objects.create(key="a", host="h", process=1, version="1")
    before = state_of(client)[1]["queue"]
    old = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.create(args_kwargs={}, task_path="x", backend_name="default", run_after=old)
    DBTaskResult.objects.update(enqueued_at=old)

    assert (before, state_of(client)[1]["queue"]) == ("ok", "work waits")


def test_a_full_disk_takes_the_server_out_of_service_and_it_comes_back(client, data_folder, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)
    full = state_of(client)
    monkeypatch.undo()

    assert (full[0], full[1]["disk"], state_of(client)[0]) == (503, "almost full", 200)


def test_a_database_that_is_away_is_told_without_its_name(client, data_folder, monkeypatch):
    def away():
        raise OperationalError("connection to server at db.internal failed")

    monkeypatch.setattr(health, "_database", away)

    assert state_of(client) == (503, {"database": "failed: OperationalError", "storage": "ok", "disk": "ok"})


def test_a_probe_reads_the_files_of_the_migrations_once_a_process(client, data_folder, monkeypatch):
    state_of(client)
    monkeypatch.setattr(schema, "MigrationLoader", lambda *args, **more: pytest.fail("read again"))

    assert state_of(client)[1]["schema"] == "ok"


def test_being_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("live")).content == b"alive\n"


@pytest.mark.parametrize("error", [OperationalError("gone"), OSError(28, "No space left on device")])
def test_what_passes_is_answered_503_with_what_is_safe_and_when_to_try_again(data_folder, monkeypatch, error):
    def broken(request):
        raise error

    monkeypatch.setattr(views.health, "checks", lambda: broken(None))
    answer = Client(raise_request_exception=False).get(reverse("ready"))

    assert (answer.status_code, answer["Retry-After"]) == (503, str(unavailable.RETRY_AFTER))
    assert 'data-error="503"' in answer.content.decode()


def test_a_fault_of_our_own_stays_a_500(data_folder, monkeypatch):
    monkeypatch.setattr(views.health, "checks", lambda: 1 // 0)

    assert Client(raise_request_exception=False).get(reverse("ready")).status_code == 500


def test_figures_are_for_whoever_has_the_token(client, settings, data_folder):
    without = client.get(reverse("metrics")).status_code
    settings.METRICS_TOKEN = "t" * 24
    wrong = client.get(reverse("metrics"), headers={"Authorization": "Bearer x"}).status_code
    right = client.get(reverse("metrics"), headers={"Authorization": f"Bearer {'t' * 24}"})

    assert (without, wrong, right.status_code) == (302, 302, 200)
    assert b"paritrana_tasks_waiting 0\n" in right.content


def test_the_page_tells_the_state_and_a_failed_task_is_tried_once_more(client, administrator, failed, data_folder):
    client.force_login(administrator)
    shown = client.get(reverse("operations")).content.decode()

    client.post(reverse("task-retry", args=[failed.pk]))

    assert [text in shown for text in ("data-version", 'data-check="disk"', f'data-task="{failed.pk}"')] == [True] * 3
    failed.refresh_from_db()
    assert (failed.status, client.post(reverse("task-retry", args=[failed.pk])).status_code) == ("READY", 404)


def test_the_clock_of_the_database_is_compared(data_folder):
    assert abs(health.clock_skew()) < 60


@pytest.mark.parametrize("given", ["GET /undangan/" + "k" * 43 + "/", "no account juri@example.org"])
def test_no_line_holds_a_key_or_an_address(given):
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "%s", (given,), None)

    monitoring.Discreet().filter(record)

    assert "…" in record.getMessage()
    assert [text in record.getMessage() for text in ("kkkk", "juri@")] == [False, False]


def test_a_line_of_great_length_is_read_in_one_go():
    """Searched from each of its letters anew, this one would take an hour."""
    assert monitoring.discreet("k" * 1_000_000) == "…"


def test_the_same_fault_is_one_traceback_a_minute():
    told, discreet = [], monitoring.Discreet()
    for _again in range(3):
        try:
            raise ValueError("juri@example.org")
        except ValueError as error:
            fault = type(error), error, error.__traceback__
            record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), fault)
            discreet.filter(record)
            told.append(logging.Formatter().format(record))

    assert ["Traceback" in line for line in told] == [True, False, False]
    assert [line for line in told if "juri@" in line] == []


def test_a_line_of_json_has_its_request_and_nobody():
    config = monitoring.logging_config(as_json=True)
    formatter = config["formatters"]["json"]
    told = {"event": "request_started", "ip": "10.0.0.1", "user_id": 7, "request": "GET /undangan/" + "k" * 43}
    processor = formatter["foreign_pre_chain"][-1]

    line = json.loads(formatter["processor"](None, "info", processor(None, "info", told | {"request_id": "r" * 36})))

    assert line == {"event": "request_started", "request": "GET /undangan/…", "request_id": "r" * 36}


def test_the_storage_that_is_checked_is_the_one_in_use(settings, data_folder):
    settings.OBJECT_STORE = True
    before = health.checks()[1].fault
    installation.bind()

    assert (before, health.checks()[1].fault, storages["evidence"].exists(own_files.IDENTITY)) == (
        "not prepared",
        "",
        True,
    )
