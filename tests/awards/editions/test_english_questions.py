"""What the shipped rubrics ask, and every level and hint of them, has an English text."""

import json

import pytest

from tests.awards.editions.test_edition_pages import FIXTURES

NAMED = ("part", "whole", "unit")
SAME = {"Rp"}


def asked(criterion):
    labels = [*criterion.get("levels", []), *criterion.get("items", []), criterion.get("note") or {}]
    yield from criterion.get("guidance", "").split("\n")
    yield criterion.get("evidence") or ""
    yield from (criterion.get(name) or "" for name in NAMED)
    yield from (one.get("label", "") for one in labels)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_every_question_of_a_shipped_edition_has_an_english_text(path):
    edition = json.loads(path.read_text())
    criteria = [
        one for category in edition["categories"] for aspect in category["rubric"] for one in aspect["criteria"]
    ]
    words = {line for criterion in criteria for line in asked(criterion) if line}

    assert len(words) > 50
    assert words - edition["english"].keys() - SAME == set()
