"""Reads an uploaded file in a separate process with little memory and time and without secrets.

A file is in a folder as ``file``. ``begin`` starts the reader and returns at once; ``progress`` is its progress,
``table`` its result. The reader holds a lock while it runs, so a dead one is never taken for a slow one.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paritrana.display.numbers import Percentage
from paritrana.workbooks.table import Fault, Row, Table

ROOT = Path(__file__).resolve().parents[2]
_AS_THEY_ARE = ("digest", "sheet", "unread", "header", "letters", "notes")
FILE, STATUS, RESULT, LOCK = "file", "status.json", "result.json", "lock"


@dataclass(frozen=True)
class ReadingProgress:
    """``state`` is ``reading``, ``read`` or ``refused``; ``reason`` is for the person who uploaded the file."""

    state: str
    rows: int = 0
    of: int = 0
    reason: str = ""


def begin(folder: Path, name: str) -> None:
    """Start reading ``folder/file``; ``name`` is the name the person gave it."""
    command = [sys.executable, "-m", "paritrana.workbooks.reader", str(folder), name, get_language() or "id"]
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The lock belongs to the open file, which the reader inherits: it ends with the reader, however that ends.
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
            pass_fds=[lock.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def progress(folder: Path) -> ReadingProgress:
    alive = _is_alive(folder)
    try:
        found = ReadingProgress(**json.loads((folder / STATUS).read_text()))
    except (OSError, ValueError, TypeError):
        found = ReadingProgress("reading")
    if found.state == "reading" and not alive:
        return ReadingProgress(
            "refused", reason=_("The file needs far more memory or time than a table does; it was not read.")
        )
    return found


def wait(folder: Path, seconds: float) -> ReadingProgress:
    """The progress once the file is read, or after this many seconds."""
    end = time.monotonic() + seconds
    while (found := progress(folder)).state == "reading" and time.monotonic() < end:
        time.sleep(0.02)
    return found


def table(folder: Path) -> Table:
    """The result of the reader; only when the state is ``read``."""
    result = json.loads((folder / RESULT).read_text())
    columns = result["columns"]
    empty = dict.fromkeys(columns)
    rows = [
        Row(number, {**empty, **{columns[at]: _taken(value) for at, value in cells}}, frozenset(refused))
        for number, cells, refused in result["rows"]
    ]
    faults = [Fault(*fault) for fault in result["faults"]]
    return Table(columns, rows, faults, **{name: result[name] for name in _AS_THEY_ARE})


def plain(found: Table) -> dict[str, Any]:
    """A table as JSON can say it: cells by position, a day or a percentage as a list of its kind and its text."""
    place = {name: at for at, name in enumerate(found.columns)}
    return {
        "columns": found.columns,
        "rows": [
            [
                row.number,
                [(place[name], _given(value)) for name, value in row.cells.items() if value is not None],
                sorted(row.refused),
            ]
            for row in found.rows
        ],
        "faults": [(fault.row, fault.column, str(fault.message)) for fault in found.faults],
        **{name: getattr(found, name) for name in _AS_THEY_ARE},
    }


def say(folder: Path, found: ReadingProgress) -> None:
    """Replace the status file in one step, so that no reader sees half of it."""
    passing = folder / f"{STATUS}.new"
    passing.write_text(json.dumps(vars(found)))
    passing.replace(folder / STATUS)


def _given(value: Any) -> Any:
    if isinstance(value, Percentage):
        return ["percentage", value]
    return ["day", value.isoformat()] if isinstance(value, date) else value


def _taken(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    return Percentage(text) if kind == "percentage" else date.fromisoformat(text)


def _is_alive(folder: Path) -> bool:
    if not (folder / LOCK).exists():
        return False
    with (folder / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
