"""Creates a complete ``.venv`` from a bare Python, with the standard library only.

A lock counts as installed when its stamp in ``.venv`` says so: the stamp is written last and names the lock's content
and the interpreter, so an edited lock or a replaced Python is noticed. An interrupted install leaves the file
``UNFINISHED``, and then everything is installed again.
"""

import argparse
import fcntl
import hashlib
import importlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
OVERVIEW = """\
start [--port N] [--empty]   prepare everything that is missing, then serve on 127.0.0.1
prepare [--empty]            the same without serving
test [--fast | --thorough] [ARGUMENT ...]
                             every check; with arguments only pytest, with those

Besides these, every command of Django:
"""
LOCKS = ("requirements.txt", "requirements-test.txt")
USUALLY = {"requirements.txt": "10 to 20 s", "requirements-test.txt": "20 to 40 s"}
AT_ONCE = 2
"""Number of pips that share a lock: one waits for the network while another unpacks."""


class SetupRefused(Exception):
    """A problem only the person at the keyboard can solve; the text says what is wrong and what to do."""


def start_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("manage.py start", description="Prepare everything that is missing, then serve.")
    parser.add_argument("--port", type=port, default=8000, help="port on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--empty", action="store_true", help="no example edition and no example accounts")
    return parser.parse_args(arguments)


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def test_options(arguments: list[str]) -> argparse.Namespace:
    """Split our own ``--fast`` and ``--thorough`` (``extent``) from the arguments meant for pytest."""
    parser = argparse.ArgumentParser(
        "manage.py test",
        usage="manage.py test [--fast | --thorough] [PYTEST ARGUMENT ...]",
        description="Without arguments every check runs: lint, types, import contracts, migrations, then pytest on "
        "SQLite, on a throwaway PostgreSQL, and in a browser. With arguments only pytest runs, with those arguments, "
        "on SQLite and then on PostgreSQL.",
        allow_abbrev=False,
    )
    extent = parser.add_mutually_exclusive_group()
    add = partial(extent.add_argument, action="store_const", dest="extent")
    add(
        "--fast",
        const="fast",
        help="about a minute: no PostgreSQL, browser, started programs, slow tests, or tests of the database",
    )
    add("--thorough", const="thorough", help="all cases of all tests on both databases, the whole access matrix")
    parser.set_defaults(extent="usual")
    options, rest = parser.parse_known_args(arguments)
    options.arguments = rest
    return options


def demand_free_port(number: int) -> None:
    """Refuse a port in use before anything slow is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError as error:
            raise SetupRefused(
                f"cannot listen on 127.0.0.1:{number} ({error.strerror}). "
                f"Stop what runs there or choose another port: python3 manage.py start --port {number % 65535 + 1}"
            ) from None


def demand_data_folder() -> None:
    """Create PARITRANA_DATA, or refuse it when not writable; a relative path is resolved here, once."""
    folder = Path(os.environ.get("PARITRANA_DATA") or ROOT / "var").expanduser().absolute()
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupRefused(
            f"cannot write to the data folder {folder} ({error.strerror}). "
            "Set PARITRANA_DATA to a folder this account may write to."
        ) from None
    os.environ["PARITRANA_DATA"] = str(folder)


def enter_environment(lock: str) -> None:
    """Continue inside an environment with ``lock`` installed; replaces this process if necessary."""
    if _is_kept_by_hand(Path(sys.prefix)):
        return
    if not _is_kept_by_hand(VENV):
        wanted = LOCKS[: LOCKS.index(lock) + 1]
        if not all(map(_is_installed, wanted)):
            with alone(ROOT / ".venv.lock"):
                for name in wanted:
                    if not _is_installed(name):
                        _install(name)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]])


def _is_kept_by_hand(prefix: Path) -> bool:
    """Whether somebody ran ``pip install -e .`` there: then that person looks after its packages."""
    return any(prefix.glob("lib/python*/site-packages/paritrana-*.dist-info"))


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.installed"


def _fingerprint(lock: str) -> str:
    content = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"{content} {PYTHON.resolve()}\n"


def _is_installed(lock: str) -> bool:
    try:
        return PYTHON.exists() and not UNFINISHED.exists() and _stamp(lock).read_text() == _fingerprint(lock)
    except OSError:
        return False


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time build; the others wait and then find the work done."""
    try:
        file = lock.open("w")
    except OSError as error:
        raise SetupRefused(f"cannot write {lock} ({error.strerror}).") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another manage.py that is at work ...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(lock: str) -> None:
    if not _is_sound():
        _make_venv()
    print(f"Installing {lock} into .venv, usually {USUALLY[lock]} ...", flush=True)
    UNFINISHED.touch()  # remains when this process is killed here
    failed = [done.stdout for done in _pips((ROOT / lock).read_text()) if done.returncode]
    UNFINISHED.unlink()
    if failed:
        raise SetupRefused(
            f"pip could not install {lock}:\n{''.join(failed)}\nWith the cause removed, run the same command again."
        )
    _stamp(lock).write_text(_fingerprint(lock))


def _pips(lock: str) -> list[subprocess.CompletedProcess[str]]:
    """Install every requirement of the lock, without compiling to bytecode.

    The lock is complete: without --no-deps pip would ask the index again for each extra of a package. So requirements
    do not depend on each other's order, and several pips can share them.
    """
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    pip += ["--no-compile", "--no-deps", "--require-hashes", "--requirement"]
    lines = [line.strip() for line in lock.replace("\\\n", " ").splitlines()]
    requirements = [line for line in lines if line and not line.startswith("#")]
    with tempfile.TemporaryDirectory(prefix="paritrana-lock-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        begun = []
        for number, part in enumerate(filter(None, (requirements[at::AT_ONCE] for at in range(AT_ONCE)))):
            file = Path(folder) / f"{number}.txt"
            file.write_text("\n".join(part))
            begun.append(pool.submit(_run, [*pip, str(file)]))
        return [each.result() for each in begun]


def _is_sound() -> bool:
    """Whether pip may continue in .venv: no install was interrupted and its interpreter still exists."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    return any(_stamp(lock).is_file() and _stamp(lock).read_text().endswith(f" {PYTHON.resolve()}\n") for lock in LOCKS)


def _make_venv() -> None:
    # Started in a virtual environment, venv would link to that one; the base interpreter outlives it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if importlib.util.find_spec("ensurepip") is None:
        _add_ensurepip()
    print(f"Making .venv with {base}, usually 1 s ...", flush=True)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    wheel = _pip_of_python()
    done = _run([base, "-m", "venv", *(["--without-pip"] if wheel else []), str(VENV)])
    if done.returncode:
        raise SetupRefused(f"could not make .venv:\n{done.stdout}")
    if wheel:
        shutil.unpack_archive(wheel, sysconfig.get_path("purelib", "venv", {"base": str(VENV)}), "zip")


def _pip_of_python() -> Path | None:
    """The wheel of pip bundled with this Python: unpacking it is ten times as fast as ``venv`` installing it.

    None where it is not found; then ``venv`` installs pip.
    """
    import ensurepip

    folders = [Path(ensurepip.__file__).with_name("_bundled"), sysconfig.get_config_var("WHEEL_PKG_DIR")]
    return next((wheel for folder in folders if folder for wheel in Path(folder).glob("pip-*.whl")), None)


def _add_ensurepip() -> None:
    line = "apt-get install -y python3-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"This Python cannot make virtual environments; running {line} ...", flush=True)
        _run(["apt-get", "update"])
        _run(line.split())
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupRefused(f"this Python cannot make virtual environments (ensurepip is missing). Type: sudo {line}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command with both streams in ``stdout``, to be shown only after a failure."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with suppress(KeyError):
        del environment["PYTHONHOME"]
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
