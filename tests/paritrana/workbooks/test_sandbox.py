"""A stranger's file is read in another process: what is honest comes back whole, what is hostile ends there."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from paritrana.display.numbers import Percentage
from paritrana.workbooks import Unreadable, read_table, sandbox
from tests.paritrana.uploads.hostile import HOSTILE, MEASURE, workbook
from tests.paritrana.workbooks.spreadsheets import PERCENT, number, sheet, xlsx

ROOT = Path(__file__).resolve().parents[3]
LARGEST = 200 * 1024
"""Kilobytes of memory any reader of this test may have used."""


def test_a_table_comes_back_as_it_was_read_here():
    content = workbook(["a", "b", "c"], [1, "x", date(2024, 12, 31)], [2.5, None, "=1+1"])

    there = sandbox.table(json.loads(json.dumps(sandbox.read(content, "a.xlsx"))))

    here = read_table(io.BytesIO(content), "a.xlsx")
    assert (there.columns, there.digest, there.sheet) == (here.columns, here.digest, here.sheet)
    assert [(row.number, row.refused) for row in there.rows] == [(row.number, row.refused) for row in here.rows]
    assert there.rows[0].cells == here.rows[0].cells
    assert [(fault.row, fault.column) for fault in there.faults] == [(3, "c")]


def test_percentages_and_how_the_file_was_read_come_back_too():
    rows = sheet(["x"], None, [None, "a", "b"], [None, number(0.31, PERCENT), None], hidden={4})
    content = xlsx(rows, sheet(), names=["Data", "Lain"])

    there = sandbox.table(sandbox.read(content, "a.xlsx"))

    here = read_table(io.BytesIO(content), "a.xlsx")
    assert there.rows == here.rows
    assert isinstance(there.rows[0].cells["a"], Percentage)
    assert (there.header, there.letters, there.unread, there.notes) == (3, ["B", "C"], ["Lain"], here.notes)
    assert len(there.notes) == 3


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(kind):
    with pytest.raises(Unreadable) as here:
        read_table(io.BytesIO(HOSTILE[kind]), "a.xlsx")

    with pytest.raises(Unreadable) as there:
        sandbox.read(HOSTILE[kind], "a.xlsx")

    assert (bool(str(here.value)), bool(str(there.value))) == (True, True)


def test_no_hostile_file_takes_much_memory(tmp_path):
    for kind, content in HOSTILE.items():
        (tmp_path / kind).write_bytes(content)

    command = [sys.executable, "-c", MEASURE, *(str(tmp_path / kind) for kind in HOSTILE)]
    measured = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=ROOT)

    assert 1024 < int(measured.stdout.split()[0]) < LARGEST


def test_a_reader_that_dies_refuses_the_file(monkeypatch, tmp_path):
    (tmp_path / "paritrana" / "workbooks").mkdir(parents=True)
    for name in ("", "workbooks/"):
        (tmp_path / "paritrana" / name / "__init__.py").touch()
    (tmp_path / "paritrana" / "workbooks" / "reader.py").write_text("print('[\"read\", {', flush=True); 1 / 0")
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)

    with pytest.raises(Unreadable, match="memori atau waktu"):
        sandbox.read(b"a\n1", "a.csv")


def test_the_reader_tells_how_far_it_is():
    told = []

    sandbox.read(b"a\n" + b"1\n" * 2000, "a.csv", lambda rows, of: told.append((rows, of)))

    assert told[-1] == (2000, 2001)


def test_progress_is_told_while_a_long_file_is_read(tmp_path):
    told = []
    content = b"a\n" + b"1\n" * 2000

    read_table(io.BytesIO(content), "a.csv", lambda rows, of: told.append((rows, of)))

    assert told == [(0, 2001), (500, 2001), (1000, 2001), (1500, 2001), (2000, 2001)]
