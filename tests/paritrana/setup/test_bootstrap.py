"""The bootstrap runs before anything is installed, so it is tried on a tree of its own, as a program."""

import ast
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from paritrana.setup import bootstrap

ROOT = Path(__file__).resolve().parents[3]
TELL_WHERE = (
    "import sys; from paritrana.setup import bootstrap; "
    "bootstrap.enter_environment('requirements.txt'); print(sys.prefix)"
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A checkout with an empty lock, whose manage.py only says which environment it ended up in."""
    tree = tmp_path_factory.mktemp("checkout")
    (tree / "paritrana" / "setup").mkdir(parents=True)
    for name in ("__init__.py", "setup/__init__.py", "setup/bootstrap.py"):
        shutil.copy(ROOT / "paritrana" / name, tree / "paritrana" / name)
    (tree / "manage.py").write_text(TELL_WHERE)
    (tree / "requirements.txt").write_text("# nothing\n")
    return tree


def run(tree, **environment):
    command = [sys._base_executable, "manage.py"]
    return subprocess.run(command, cwd=tree, env=os.environ | environment, capture_output=True, text=True)


def own_manage(*arguments, **environment):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60)


@pytest.mark.program
def test_a_bare_python_ends_up_in_its_own_environment_and_builds_it_once(tree):
    first = run(tree)
    second = run(tree)

    assert first.stdout.splitlines()[-1] == str(tree / ".venv"), first.stderr
    assert [second.stdout.strip(), second.returncode] == [str(tree / ".venv"), 0]


@pytest.mark.program
def test_an_interrupted_install_is_made_anew(tree):
    run(tree)
    (tree / ".venv" / "unfinished").touch()
    (tree / ".venv" / "lib" / "rubble").touch()

    repaired = run(tree)

    assert repaired.returncode == 0
    assert not (tree / ".venv" / "lib" / "rubble").exists()


@pytest.mark.complete
@pytest.mark.program
def test_a_replaced_python_is_made_anew(tree):
    run(tree)
    (tree / ".venv" / "bin" / "python").unlink()
    (tree / ".venv" / "bin" / "python").symlink_to("/nonexistent/python3")

    assert run(tree).stdout.splitlines()[-1] == str(tree / ".venv")


@pytest.mark.complete
@pytest.mark.program
def test_an_edited_lock_is_installed_into_the_environment_that_is_there(tree):
    run(tree)
    (tree / ".venv" / "lib" / "keepsake").touch()
    (tree / "requirements.txt").write_text("# still nothing\n")

    run(tree)
    again = run(tree)

    assert (tree / ".venv" / "lib" / "keepsake").exists()
    assert again.stdout.strip() == str(tree / ".venv")


@pytest.mark.program
def test_a_lock_that_cannot_be_installed_is_refused_and_tried_again_next_time(tree):
    run(tree)
    whole = (tree / "requirements.txt").read_text()
    (tree / "requirements.txt").write_text("./does-not-exist\n")

    failed = run(tree)
    (tree / "requirements.txt").write_text(whole)

    assert failed.returncode == 1
    assert run(tree).returncode == 0


@pytest.mark.complete
@pytest.mark.program
def test_a_lock_is_installed_as_it_stands_without_what_its_packages_ask_for(tree):
    wheel = package(tree, "Requires-Dist: nothing-of-this-name-exists")
    before = (tree / "requirements.txt").read_text()
    (tree / "requirements.txt").write_text(f"./{wheel.name} \\\n    --hash=sha256:{digest(wheel)}\n    # via us\n")

    installed = run(tree)
    (tree / "requirements.txt").write_text(before)

    assert installed.returncode == 0, installed.stderr
    assert [found.name for found in (tree / ".venv").glob("lib/python*/site-packages/only_*.py")] == ["only_one.py"]


@pytest.mark.complete
@pytest.mark.program
def test_a_requirement_without_the_right_hash_is_not_installed(tree):
    wheel = package(tree, "Summary: no requirement")
    before = (tree / "requirements.txt").read_text()

    refused = []
    for requirement in (f"./{wheel.name}", f"./{wheel.name} --hash=sha256:{'0' * 64}"):
        (tree / "requirements.txt").write_text(f"{requirement}\n")
        refused.append(run(tree))
    (tree / "requirements.txt").write_text(before)

    assert [done.returncode for done in refused] == [1, 1]
    assert ["hash" in done.stderr.lower() for done in refused] == [True, True]


def package(folder, header):
    """A wheel with one module, made by hand."""
    wheel = folder / "only_one-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("only_one.py", "")
        made.writestr("only_one-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: only-one\nVersion: 1\n{header}\n")
        made.writestr("only_one-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr("only_one-1.dist-info/RECORD", "")
    return wheel


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.complete
@pytest.mark.program
def test_an_environment_somebody_installed_the_portal_into_is_left_alone(tree):
    run(tree)
    site = next((tree / ".venv").glob("lib/python*/site-packages"))
    (site / "paritrana-0.1.0.dist-info").mkdir()
    (tree / ".venv" / "requirements.txt.installed").unlink()

    untouched = run(tree)
    (site / "paritrana-0.1.0.dist-info").rmdir()

    assert untouched.stdout.strip() == str(tree / ".venv")
    assert not (tree / ".venv" / "requirements.txt.installed").exists()


def test_a_busy_port_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(bootstrap.SetupRefused, match=str(taken.getsockname()[1])):
            bootstrap.demand_free_port(taken.getsockname()[1])


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "80.5"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit) as refusal:
        bootstrap.start_options(["--port", port])

    assert refusal.value.code == 2


def test_our_own_options_are_told_apart_from_those_of_pytest():
    options = bootstrap.test_options(["tests/regions", "-k", "search", "--fast", "-x"])

    assert (options.extent, options.arguments) == ("fast", ["tests/regions", "-k", "search", "-x"])


@pytest.mark.parametrize(("typed", "extent"), [([], "usual"), (["--fast"], "fast"), (["--thorough"], "thorough")])
def test_a_run_is_usual_unless_another_extent_is_asked_for(typed, extent):
    assert bootstrap.test_options(typed).extent == extent


def test_a_run_is_not_fast_and_thorough_at_once():
    with pytest.raises(SystemExit) as refusal:
        bootstrap.test_options(["--fast", "--thorough"])

    assert refusal.value.code == 2


def test_a_relative_data_folder_counts_from_where_the_command_was_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARITRANA_DATA", "some/where")

    bootstrap.demand_data_folder()

    assert os.environ["PARITRANA_DATA"] == str(tmp_path / "some" / "where")
    assert list((tmp_path / "some" / "where").iterdir()) == []


def test_a_data_folder_that_is_a_file_is_refused_in_words(tmp_path):
    (tmp_path / "file").touch()

    done = own_manage("check", PARITRANA_DATA=str(tmp_path / "file"))

    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith(f"manage.py: cannot write to the data folder {tmp_path / 'file'}")


def test_bootstrap_imports_the_standard_library_only():
    code = "import sys; from paritrana.setup import bootstrap; print({name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)

    foreign = ast.literal_eval(done.stdout) - set(sys.stdlib_module_names) - {"paritrana", "__main__"}
    assert {name for name in foreign if not name.startswith(("_", "sitecustomize"))} == set()
