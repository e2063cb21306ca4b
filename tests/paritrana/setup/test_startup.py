"""``prepare``, and a server started by another program, over a data folder and a database of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from paritrana.setup import environment
from paritrana.setup.testing import postgres

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parents[3]
AMBIENT = {name: text for name, text in os.environ.items() if name not in environment.NAMES}
AMBIENT["DJANGO_SETTINGS_MODULE"] = "paritrana.settings"
PREPARE = ["manage.py", "prepare", "--empty"]
SERVE = ["-c", "import paritrana.wsgi"]


def begun(folder, *command, **given):
    own = AMBIENT | {"PARITRANA_DATA": str(folder)} | given
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=own, **streams)


def run(folder, *command, **given):
    """Exit code, and what was said about a fault."""
    process = begun(folder, *command, **given)
    said = process.communicate(timeout=300)[1]
    assert "Traceback" not in said
    return process.returncode, said


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    assert run(folder, *PREPARE)[0] == 0
    return folder


@pytest.fixture
def installation(prepared, tmp_path):
    """A copy of a prepared data folder, with its SQLite file."""
    shutil.copytree(prepared, tmp_path / "data")
    return tmp_path / "data"


def test_a_prepared_installation_is_served_by_any_server(installation):
    assert run(installation, *SERVE) == (0, "")


def test_a_server_started_on_what_was_never_prepared_is_refused(tmp_path):
    code, said = run(tmp_path, *SERVE)

    assert (code, said.count("\n")) == (environment.CANNOT_BOOT, 1)
    assert "python3 manage.py prepare" in said


def test_missing_and_altered_guards_stop_a_server_until_prepare_puts_them_up_and_says_so(installation):
    with sqlite3.connect(installation / "paritrana.sqlite3") as database:
        database.execute("DROP TRIGGER guard_event_delete")
        database.execute("DROP TRIGGER guard_head_delete")
        database.execute("CREATE TRIGGER guard_head_delete AFTER DELETE ON accounts_trailhead BEGIN SELECT 1; END")
    database.close()

    refused = run(installation, *SERVE)
    prepared = run(installation, *PREPARE)

    assert refused[0] == environment.CANNOT_BOOT
    assert "event_delete, head_delete" in refused[1]
    assert prepared[0] == 0
    assert "event_delete, head_delete" in prepared[1]
    assert run(installation, *SERVE) == (0, "")


@pytest.mark.complete
def test_an_old_database_in_a_new_folder_waits_for_the_folder_to_be_adopted(installation, tmp_path):
    new = tmp_path / "new"
    new.mkdir(mode=0o700)
    shutil.copy(installation / "paritrana.sqlite3", new)

    refused = run(new, *PREPARE)
    adopted = run(new, *PREPARE, "--adopt-data-folder")

    assert (refused[0], adopted[0]) == (1, 0)
    assert "--adopt-data-folder" in refused[1]
    assert (new / "installation-id").read_text() == (installation / "installation-id").read_text()


@pytest.mark.complete
def test_a_command_that_misses_its_database_url_moves_no_file(installation):
    """The folder belongs to a database elsewhere; without the variable an empty SQLite file would be asked."""
    (installation / "paritrana.sqlite3").unlink()
    document = installation / "evidence" / "ab" / "abcdef"
    document.parent.mkdir(parents=True)
    document.touch()
    os.utime(document, (0, 0))

    refused = [run(installation, *command) for command in (SWEEP, PREPARE, ["manage.py", "send_reminders"], SERVE)]

    assert [code != 0 for code, _said in refused] == [True] * 4
    assert ["DATABASE_URL" in said for _code, said in refused] == [True] * 4
    assert document.exists()


SWEEP = ["manage.py", "sweep_evidence", "--delete", "--even-above-share"]


def test_a_database_that_does_not_answer_is_said_in_words(prepared):
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"

    refused = [run(prepared, *command, DATABASE_URL=nowhere) for command in (PREPARE, SERVE)]

    assert [code for code, _said in refused] == [1, environment.CANNOT_BOOT]
    assert ["the database does not answer" in said for _code, said in refused] == [True, True]


@pytest.mark.complete
def test_two_servers_prepare_one_database_at_once(tmp_path):
    """One makes the tables; the other waits, and joins once its own data folder is adopted."""
    folders = [tmp_path / name for name in ("one", "two")]
    with postgres.throwaway() as url:
        processes = [begun(folder, *PREPARE, "--adopt-data-folder", DATABASE_URL=url) for folder in folders]
        said = [process.communicate(timeout=300)[1] for process in processes]
        served = [run(folder, *SERVE, DATABASE_URL=url) for folder in folders]

    assert [process.returncode for process in processes] == [0, 0], said
    assert served == [(0, ""), (0, "")]
    assert len({(folder / "installation-id").read_text() for folder in folders}) == 1
