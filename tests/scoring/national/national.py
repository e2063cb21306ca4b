"""The national selection of period 2024 on the published figures, and its ranking computed a second time.

The second computation shares nothing with the portal: ``fractions`` instead of scaled integers, the file instead of
the database, counting who is better instead of sorting.
"""

import csv
import json
from collections import defaultdict
from fractions import Fraction
from math import floor
from pathlib import Path

from awards.editions.documents import load_edition
from awards.models import Category, Nomination, Selection
from awards.stages import NominationState, Stage
from tests import builders

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
EDITION = json.loads((FIXTURES / "editions" / "2024.json").read_text())
ZONES = [(zone["name"], list(zone["provinces"])) for zone in EDITION["zones"]]


def provinces() -> dict[str, str]:
    """code -> name"""
    with (FIXTURES / "regions" / "provinces.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def figures() -> dict[tuple[str, int, str], tuple[int, int, str]]:
    """(province, year, segment) -> participants, workers, territory"""
    with (FIXTURES / "regions" / "coverage_provinces.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["province_code"], int(row["year"]), row["segment"]): (
                int(row["participants"]),
                int(row["workers"]),
                row["territory"],
            )
            for row in csv.DictReader(file)
        }


def national_selection(stage: str = Stage.PLENARY) -> Selection:
    for code in builders.SEGMENTS:
        builders.segment(code)
    regions = {code: builders.province(code, name, regional_office=None) for code, name in provinces().items()}
    edition = load_edition(EDITION)
    selection = Selection.objects.create(edition=edition, slug="2024-nasional", level="national", stage=stage)
    category = Category.objects.get(edition=edition, slug="pemerintah-provinsi")
    selection.categories.add(category)
    by = builders.person()
    for region in regions.values():
        builders.nomination(selection, region, NominationState.VERIFIED, by)
    assert Nomination.objects.filter(selection=selection, category=category).count() == 38
    for (code, year, segment), (participants, workers, territory) in figures().items():
        kind = builders.definition(territory)
        builders.coverage(regions[code], year, segment, workers, participants, definition=kind)
    return selection


def rounded(value: Fraction) -> Fraction:
    """Half up to two decimals."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def expected_scores(code: str) -> dict[str, Fraction] | None:
    known = figures()
    if any((code, year, segment) not in known for year in (2023, 2024) for segment in ("PU", "BPU")):
        return None

    def share(year: int, *segments: str) -> Fraction:
        counts = [known[code, year, segment] for segment in segments]
        return rounded(Fraction(100 * sum(c[0] for c in counts), sum(c[1] for c in counts)))

    growth = share(2024, "PU", "BPU") - share(2023, "PU", "BPU")
    points = rounded(min(max(growth * 10, Fraction(0)), Fraction(100)))
    return {"pu": share(2024, "PU"), "bpu": share(2024, "BPU"), "pertumbuhan": points}


def expected_table() -> list[list[str]]:
    """The command's rows with criteria, without the reason: group, place, tied, code, name, total, three scores."""
    names, weights = provinces(), {"pu": Fraction(3, 8), "bpu": Fraction(3, 8), "pertumbuhan": Fraction(1, 4)}
    ranked, unranked = [], []
    for zone, members in ZONES:
        totals = {}
        for code in members:
            scores = expected_scores(code)
            if scores:
                totals[code] = rounded(sum(scores[slug] * weight for slug, weight in weights.items()))
            else:
                unranked.append([zone, "", "0", code, names[code], "", *_known_scores(code)])
        places = {code: 1 + sum(other > total for other in totals.values()) for code, total in totals.items()}
        shared = defaultdict(int)
        for place in places.values():
            shared[place] += 1
        for code in sorted(totals, key=lambda code: (places[code], code)):
            scores = [decimal(score) for score in expected_scores(code).values()]
            tied = str(int(shared[places[code]] > 1))
            ranked.append([zone, str(places[code]), tied, code, names[code], decimal(totals[code]), *scores])
    return [*ranked, *unranked]


def _known_scores(code: str) -> list[str]:
    """A province that is not ranked has no figure at all in the published tables."""
    assert not any(key[0] == code for key in figures())
    return ["", "", ""]


def decimal(value: Fraction) -> str:
    cents = value * 100
    assert cents.denominator == 1
    return f"{cents.numerator // 100}.{cents.numerator % 100:02d}"
