"""What the pages of security claim names tests that exist, and every threat has one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["docs/security.md", "docs/security/asvs.md"]
NAMED = re.compile(r"`(tests/[\w./]+)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_named_exists(page):
    named = NAMED.findall((ROOT / page).read_text())

    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []


def rows(text, heading):
    part = text.split(f"## {heading}")[1].split("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| ") and not line.startswith("| who |")]


def test_every_threat_names_the_test_that_stops_it():
    found = rows((ROOT / PAGES[0]).read_text(), "Who might, and what stops them")

    assert len(found) > 20
    assert [line for line in found if not NAMED.search(line)] == []


def test_every_section_is_met_by_a_test_or_has_a_reason():
    lines = [line for line in (ROOT / PAGES[1]).read_text().splitlines() if line.startswith("| V")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    assert {int(number) for row in cells for number in re.findall(r"\bV(\d+)", row[0])} == set(range(1, 18))
    assert [row for row in cells if len(row) != 3 or not row[2]] == []
