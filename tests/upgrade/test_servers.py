"""A server meets a database it does not fit: a sentence, no traceback to read through, and no server."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

UNPREPARED = (
    "The database has not been prepared yet. If DATABASE_URL names the right one, run python3 manage.py prepare, "
    "then start again."
)

pytestmark = pytest.mark.program

ROOT = Path(__file__).resolve().parents[2]
OURS = {"PARITRANA_URL", "PARITRANA_DATA", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
AMBIENT = {name: text for name, text in os.environ.items() if name not in OURS}


def run(folder, *line):
    environment = AMBIENT | {"PARITRANA_DATA": str(folder)}
    return subprocess.run([sys.executable, *line], cwd=ROOT, env=environment, capture_output=True, text=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_another_server_says_that_nothing_was_prepared(tmp_path):
    ended = run(tmp_path, "-m", "gunicorn", "--check-config", "paritrana.wsgi")

    last = [line for line in ended.stderr.splitlines() if line][-1]
    assert ended.returncode != 0
    assert last.endswith(UNPREPARED)


@pytest.mark.complete
def test_start_says_that_a_database_of_an_unreleased_version_cannot_be_upgraded(tmp_path):
    assert run(tmp_path, "manage.py", "prepare", "--empty").returncode == 0
    with sqlite3.connect(tmp_path / "paritrana.sqlite3") as database:
        database.execute("ALTER TABLE awards_contact DROP COLUMN phone")

    ended = run(tmp_path, "manage.py", "start", "--empty", "--port", free_port())

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "no column awards_contact.phone" in ended.stderr
    assert "cannot be upgraded" in ended.stderr
