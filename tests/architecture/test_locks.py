"""Rows the trail and the standings point to are never locked in full; see docs/adr/0005."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IN_FULL = re.compile(r"\b(?:User|Selection|Nomination)\.objects(?:[^\n]|\n\s+\.)*?select_for_update\((?!no_key)")


def test_people_selections_and_nominations_are_held_so_that_others_may_point_to_them():
    found = [
        str(path.relative_to(ROOT))
        for floor in ("awards", "regions", "scoring", "paritrana")
        for path in (ROOT / floor).rglob("*.py")
        if IN_FULL.search(path.read_text())
    ]

    assert found == []


def test_a_full_lock_is_noticed():
    assert IN_FULL.search("Nomination.objects.filter(pk=1).select_for_update(of=('self',))")
    assert not IN_FULL.search("Nomination.objects.select_for_update(no_key=True).get(pk=1)")
