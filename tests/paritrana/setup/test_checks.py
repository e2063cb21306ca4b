"""Each check is held against a database of its own, whichever one the other tests run on."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from paritrana.settings import _SQLITE_OPTIONS
from paritrana.setup import checks
from paritrana.setup.testing import postgres

pytestmark = pytest.mark.django_db  # lets a test open connections at all
DEFAULTS = {
    "TIME_ZONE": None,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "AUTOCOMMIT": True,
    "ATOMIC_REQUESTS": False,
}


@pytest.fixture
def ids_on_sqlite(tmp_path):
    def ids(**options):
        connection = SQLite({**DEFAULTS, "NAME": tmp_path / "own.sqlite3", "OPTIONS": options})
        try:
            return [message.id for message in checks.examine_sqlite(connection) if message.is_serious()]
        finally:
            connection.close()

    return ids


def test_the_settings_of_the_portal_are_durable_on_sqlite(ids_on_sqlite):
    assert ids_on_sqlite(**_SQLITE_OPTIONS) == []


@pytest.mark.parametrize("pragma", ["journal_mode=DELETE", "synchronous=NORMAL"])
def test_sqlite_that_may_lose_a_commit_is_an_error(ids_on_sqlite, pragma):
    options = {**_SQLITE_OPTIONS, "init_command": f"{_SQLITE_OPTIONS['init_command']} PRAGMA {pragma};"}

    assert ids_on_sqlite(**options) == ["paritrana.E001"]


def test_sqlite_with_deferred_transactions_is_an_error(ids_on_sqlite):
    assert ids_on_sqlite(**_SQLITE_OPTIONS | {"transaction_mode": "DEFERRED"}) == ["paritrana.E002"]


@pytest.mark.parametrize(("sound", "expected"), [((3, 0, 0), []), ((99, 0, 0), ["paritrana.W001"])])
def test_an_old_sqlite_is_a_warning_that_stops_nothing(tmp_path, monkeypatch, sound, expected):
    monkeypatch.setattr(checks, "SOUND_SQLITE", sound)
    connection = SQLite({**DEFAULTS, "NAME": tmp_path / "own.sqlite3", "OPTIONS": _SQLITE_OPTIONS})

    found = checks.examine_sqlite(connection)
    connection.close()

    assert [(message.id, message.is_serious()) for message in found] == [(id_, False) for id_ in expected]


def test_postgres_that_may_lose_a_commit_is_a_warning_for_each_setting():
    with postgres.throwaway() as url:
        host = postgres.folder_of(url)
        place = {"NAME": "postgres", "USER": "postgres", "PASSWORD": "", "HOST": host, "PORT": "", "OPTIONS": {}}
        connection = Postgres({**DEFAULTS, **place})
        with_risks = [message.id for message in checks.examine_postgres(connection)]
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
        with_one_less = [message.id for message in checks.examine_postgres(connection)]
        connection.close()

    assert (with_risks, with_one_less) == (["paritrana.W002"] * 3, ["paritrana.W002"] * 2)


def test_the_database_the_tests_run_on_has_no_serious_fault():
    assert [message for message in run_checks(tags=["database"], databases=["default"]) if message.is_serious()] == []


def test_an_ordinary_check_does_not_ask_the_database():
    assert checks.database_is_durable(databases=None) == []


@pytest.mark.parametrize(
    ("address", "proxies", "found"),
    [
        ("https://award.example", None, ["paritrana.E010"]),
        ("https://award.example", 0, []),
        ("https://award.example", 2, []),
        ("http://127.0.0.1:8000", None, []),
    ],
)
def test_a_server_with_an_https_address_says_how_many_proxies_are_trusted(settings, address, proxies, found):
    settings.PARITRANA_URL, settings.PARITRANA_PROXIES = address, proxies

    of_deployment = run_checks(tags=["security"], include_deployment_checks=True)

    assert [message.id for message in of_deployment if message.id.startswith("paritrana.")] == found


@pytest.mark.parametrize(("written", "read"), [("0", "0"), (" 2 ", "2")])
def test_the_number_of_proxies_is_read_as_it_is_written(written, read, tmp_path):
    assert proxies_read(written, tmp_path) == (0, read)


@pytest.mark.parametrize("written", ["-1", "two", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_refused_by_name(written, tmp_path):
    code, told = proxies_read(written, tmp_path)

    assert (code, "PARITRANA_PROXIES is the number of trusted proxies" in told) == (3, True)


def proxies_read(written, folder):
    """What a process of its own makes of the variable: its exit code, and what it prints last."""
    environment = {**os.environ, "PARITRANA_DATA": str(folder), "PARITRANA_PROXIES": written}
    asked = "from paritrana import settings; print(settings.PARITRANA_PROXIES)"
    run = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=False)
    return run.returncode, (run.stdout or run.stderr).strip().splitlines()[-1]
