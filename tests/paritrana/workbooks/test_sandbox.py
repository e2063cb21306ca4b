"""A stranger's file is read in another process: what is honest comes back whole, what is hostile ends there."""

import io
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


def begun(folder, content, name="a.xlsx"):
    (folder / sandbox.FILE).write_bytes(content)
    sandbox.begin(folder, name)
    return sandbox.wait(folder, 60)


def test_a_table_comes_back_as_it_was_read_here(tmp_path):
    content = workbook(["a", "b", "c"], [1, "x", date(2024, 12, 31)], [2.5, None, "=1+1"])

    found = begun(tmp_path, content)

    here, there = read_table(io.BytesIO(content), "a.xlsx"), sandbox.table(tmp_path)
    assert (found.state, found.rows) == ("read", 2)
    assert (there.columns, there.digest, there.sheet) == (here.columns, here.digest, here.sheet)
    assert [(row.number, row.refused) for row in there.rows] == [(row.number, row.refused) for row in here.rows]
    assert there.rows[0].cells == here.rows[0].cells
    assert [(fault.row, fault.column) for fault in there.faults] == [(3, "c")]


def test_percentages_and_how_the_file_was_read_come_back_too(tmp_path):
    rows = sheet(["x"], None, [None, "a", "b"], [None, number(0.31, PERCENT), None], hidden={4})
    content = xlsx(rows, sheet(), names=["Data", "Lain"])

    begun(tmp_path, content)

    here, there = read_table(io.BytesIO(content), "a.xlsx"), sandbox.table(tmp_path)
    assert there.rows == here.rows
    assert isinstance(there.rows[0].cells["a"], Percentage)
    assert (there.header, there.letters, there.unread, there.notes) == (3, ["B", "C"], ["Lain"], here.notes)
    assert len(there.notes) == 3


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(tmp_path, kind):
    with pytest.raises(Unreadable) as here:
        read_table(io.BytesIO(HOSTILE[kind]), "a.xlsx")

    found = begun(tmp_path, HOSTILE[kind])

    assert (found.state, bool(found.reason)) == ("refused", True)
    assert str(here.value)


def test_no_hostile_file_takes_much_memory(tmp_path):
    for kind, content in HOSTILE.items():
        (tmp_path / kind).mkdir()
        (tmp_path / kind / sandbox.FILE).write_bytes(content)

    command = [sys.executable, "-c", MEASURE, *(str(tmp_path / kind) for kind in HOSTILE)]
    measured = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=ROOT)

    assert 1024 < int(measured.stdout.split()[0]) < LARGEST


def test_a_reader_that_dies_is_told_from_one_that_is_slow(tmp_path):
    (tmp_path / sandbox.FILE).write_bytes(b"a\n1")
    (tmp_path / sandbox.LOCK).touch()
    sandbox.say(tmp_path, sandbox.ReadingProgress("reading", 10, 100))

    assert sandbox.progress(tmp_path).state == "refused"


def test_progress_is_told_while_a_long_file_is_read(tmp_path):
    told = []
    content = b"a\n" + b"1\n" * 2000

    read_table(io.BytesIO(content), "a.csv", lambda rows, of: told.append((rows, of)))

    assert told == [(0, 2001), (500, 2001), (1000, 2001), (1500, 2001), (2000, 2001)]
