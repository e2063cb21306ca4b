"""What the sentinel doubts in the published figures of the provinces, and what it says about them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from regions.plausibility import RULES, CheckedFigure, Key, examine

FIGURES = Path(__file__).resolve().parents[3] / "fixtures" / "regions" / "coverage_provinces.csv"


@pytest.fixture(scope="module")
def published() -> list[CheckedFigure]:
    with FIGURES.open() as file:
        return [
            CheckedFigure(
                region=row["province_code"],
                year=int(row["year"]),
                segment=row["segment"],
                workers=int(row["workers"]),
                participants=int(row["participants"]),
                definition=row["territory"],
            )
            for row in csv.DictReader(file)
        ]


def test_west_papuas_fall_is_doubted_beside_the_year_before(published):
    found = [flag for flag in examine(published, date(2024, 12, 31)) if flag.keys == (Key("92", 2023, "BPU"),)]

    assert [(flag.code, flag.compared, flag.parameters["before"], flag.parameters["count"]) for flag in found] == [
        ("jump", (Key("92", 2022, "BPU"),), 253_377, 172_416)
    ]


def test_with_its_rule_switched_off_the_fall_goes_unseen(published):
    rules = {code: rule for code, rule in RULES.items() if code != "jump"}

    assert [f for f in examine(published, date(2024, 12, 31), rules=rules) if f.keys[0].region == "92"] == []


def test_two_provinces_with_the_very_same_number_of_workers_are_doubted(published):
    found = [(*flag.keys, *flag.compared) for flag in examine(published, date(2024, 12, 31)) if flag.code == "twin"]

    assert [set(pair) for pair in found] == [{Key("17", 2024, "PU"), Key("19", 2024, "PU")}]


def test_nine_published_figures_are_doubted_and_docs_sentinel_says_why(published):
    found = [(flag.code, *flag.keys[0]) for flag in examine(published, date(2024, 12, 31))]

    assert found == [
        ("twin", "17", 2024, "PU"),
        ("jump", "17", 2023, "BPU"),
        ("jump", "19", 2024, "BPU"),
        ("jump", "21", 2023, "BPU"),
        ("jump", "65", 2024, "PU"),
        ("jump", "71", 2023, "BPU"),
        ("jump", "76", 2023, "BPU"),
        ("jump", "91", 2023, "BPU"),
        ("jump", "92", 2023, "BPU"),
    ]


def test_the_message_shows_the_figures_as_people_read_them(published):
    with translation.override("en"):
        (flag,) = [flag for flag in examine(published, date(2024, 12, 31)) if flag.keys[0].region == "92"]

        assert flag.message == (
            "Participants: from 253,377 (2022) to 172,416 (2023), -31.95\N{NO-BREAK SPACE}%; "
            "comparable regions moved by about +65\N{NO-BREAK SPACE}%."
        )
        assert flag.cure == "Check both figures against their sources; if the change is real, note its cause."
