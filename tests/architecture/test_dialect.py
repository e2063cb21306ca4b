"""What depends on the database is tested on PostgreSQL in every full run; see ``tests/dialect.py``."""

import re
from pathlib import Path

import pytest

from tests.dialect import BOTH, POSTGRESQL

TESTS = Path(__file__).resolve().parents[1]
OWN_SQL = re.compile(
    r"\.cursor\(|\.execute\(|\bRawSQL\b|\.raw\(|\bselect_for_update\b|\.vendor\b|\btriggers?\b"
    r"|\b(?:Integrity|Database|Operational|Programming|Internal)Error\b|\btransaction=True\b|\btransactional_db\b"
)
ELSEWHERE = re.compile(r"^pytestmark = pytest\.mark\.program$", re.MULTILINE)
"""Modules of started programs are a step of their own."""


def test_every_module_named_exists_and_is_named_once():
    assert {name for name in BOTH | POSTGRESQL if not (TESTS / name).is_file()} == set()
    assert BOTH.isdisjoint(POSTGRESQL)


def test_a_module_with_sql_triggers_locks_or_database_errors_runs_on_postgresql():
    folders = [
        folder for folder in TESTS.iterdir() if folder.is_dir() and folder.name not in {"architecture", "journeys"}
    ]
    found = {
        path.relative_to(TESTS).as_posix()
        for folder in folders
        for path in folder.rglob("test_*.py")
        if OWN_SQL.search(text := path.read_text()) and not ELSEWHERE.search(text)
    }

    assert found - BOTH - POSTGRESQL == set()


@pytest.mark.parametrize(
    "line",
    [
        "with connection.cursor() as cursor:",
        "sheets.select_for_update(no_key=True)",
        'if connection.vendor == "sqlite":',
        "triggers.take_down(connection)",
        "with pytest.raises(IntegrityError):",
        "@pytest.mark.django_db(transaction=True)",
    ],
)
def test_each_of_them_is_noticed(line):
    assert OWN_SQL.search(line)


def test_other_lines_are_not():
    assert not OWN_SQL.search("with transaction.atomic(), pytest.raises(ValidationError):")
