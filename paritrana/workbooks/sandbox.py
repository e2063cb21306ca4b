"""Reads a stranger's file in a separate process with little memory and time and without secrets.

The file goes in by a pipe and the table comes out by one, so nothing of it touches a disk.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paritrana.display.numbers import Percentage
from paritrana.workbooks.table import Fault, Row, Table, Unreadable

ROOT = Path(__file__).resolve().parents[2]
_AS_THEY_ARE = ("digest", "sheet", "unread", "header", "letters", "notes", "hidden")


def read(content: bytes, name: str, tell: Callable[[int, int], None] = lambda done, of: None) -> dict[str, Any]:
    """The table as JSON can say it; ``name`` is the name the person gave it. Raises Unreadable with one sentence."""
    command = [sys.executable, "-m", "paritrana.workbooks.reader", name, get_language() or "id"]
    last: list[Any] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as reader:
        pipe, answers = cast(IO[bytes], reader.stdin), cast(IO[bytes], reader.stdout)
        with suppress(BrokenPipeError):  # it ended already; what it said last is why
            pipe.write(content)
            pipe.close()
        for line in answers:
            last = said(line) or last
            if last[:1] == ["reading"]:
                tell(last[1], last[2])
    if last[:1] == ["read"]:
        return dict(last[1])
    if last[:1] == ["refused"]:
        raise Unreadable(last[1])
    raise Unreadable(_("The file needs far more memory or time than a table does; it was not read."))


def said(line: bytes) -> list[Any]:
    """What the reader said; nothing where it died in the midst of the line."""
    try:
        found = json.loads(line)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def table(result: dict[str, Any]) -> Table:
    """What ``read`` answered, or ``plain`` made, as a table again."""
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


def _given(value: Any) -> Any:
    if isinstance(value, Percentage):
        return ["percentage", value]
    return ["day", value.isoformat()] if isinstance(value, date) else value


def _taken(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    return Percentage(text) if kind == "percentage" else date.fromisoformat(text)
