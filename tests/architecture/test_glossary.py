"""Every term of the glossary names a place in the code that exists."""

import re

from tests.named_paths import ROOT, absent, paths_in

PAGE = ROOT / "docs" / "glossary.md"
HEAD = "| Indonesian | English | in code |"


def terms() -> list[list[str]]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("|") and line != HEAD]
    return [line.strip("| ").split(" | ") for line in lines if not re.fullmatch(r"[|-]+", line)]


def test_the_glossary_has_its_three_columns():
    rows = terms()

    assert len(rows) > 50
    assert [row for row in rows if len(row) != 3] == []


def test_every_term_names_one_place_that_exists():
    assert [row for row in terms() if len(paths_in(row[2])) != 1] == []
    assert absent(paths_in(PAGE.read_text())) == []


def test_a_model_that_is_gone_is_found():
    row = "| kandidat | candidate | `awards/models/candidates.py:Contender` |"

    assert absent(paths_in(row)) == ["awards/models/candidates.py:Contender"]


def test_no_indonesian_and_no_english_term_has_two_rows():
    for column in (0, 1):
        words = [row[column].partition(":")[0] for row in terms() if row[column] != "-"]

        assert sorted({word for word in words if words.count(word) > 1}) == []
