"""Seeded documents of results as a seal freezes them, with every kind of criterion, gaps, ties and groups.

Scores and places are computed by ``verify_seal``, which shares no code with the portal; ``ranked`` may be another way
for sizes at which counting who is better takes too long.
"""

import random
from typing import Any

from scoring import verify_seal

LEVELS = [
    {"code": "kepala", "label": "Kepala daerah", "points": 10_000},
    {"code": "wakil", "label": "Wakil; \"nol\" = <1> & 'dua'", "points": 8_050},
    {"code": "nihil", "label": "=Tidak hadir", "points": 0},
]
ITEMS = [
    {"code": "jkk", "label": "JKK", "points": 3_333, "scales": []},
    {"code": "jht", "label": "JHT", "points": 2_500, "scales": ["besar"]},
    {"code": "jp", "label": "JP", "points": 1_100, "scales": []},
]
STEPS = [{"from": 0, "points": 0}, {"from": 50_000, "points": 5_005}, {"from": 1_000_050, "points": 10_000}]
SEATS = 7


def document(seed: int, categories: int = 4, contenders: int = 9, ranked: Any = verify_seal.ranked) -> dict[str, Any]:
    """Categories with three titles each: all criteria together, one coarse criterion with many ties, and by sector."""
    chance = random.Random(seed)
    found: dict[str, Any] = {
        "edition": {"slug": "2023", "label": "2023", "coverage_year": 2023, "is_example": False},
        "rules": {"zones": {}, "categories": [_category(chance, n) for n in range(categories)]},
        "inputs": {"nominations": [], "coverage": [], "decisions": []},
    }
    for number, category in enumerate(found["rules"]["categories"]):
        for place in range(contenders):
            code = f"{51 + number}.{place:04d}"
            found["inputs"]["nominations"].append(_nomination(chance, category, code))
            found["inputs"]["coverage"] += _figures(chance, code)
    found["outputs"] = [out for one in found["rules"]["categories"] for out in outputs(found, one, ranked)]
    return found


def _category(chance: random.Random, number: int) -> dict[str, Any]:
    kinds = ["coverage", "growth", "ratio", "band", "checklist", "amount", "attendance", "mark", "mark"]
    weights = _weights(chance, len(kinds))
    rules = {
        "growth": {"zero": chance.choice([0, -150]), "full": 1_000},
        "ratio": {"part": "Lunas", "whole": "Semua"},
        "band": {"levels": LEVELS},
        "checklist": {"items": ITEMS},
        "amount": {"unit": "Rp", "steps": STEPS},
        "attendance": {"levels": LEVELS, "online": -1_000},
    }
    criteria = [
        {"slug": f"{kind}-{n}", "name": f"{kind.title()} {n}", "kind": kind, "weight": weight, "aspect": "ab"[n % 2]}
        | {"segments": ["PU", "BPU"] if kind in {"coverage", "growth"} else []}
        | {"rules": rules.get(kind, {}) | ({"not_applicable": 4_321} if kind == "growth" else {})}
        for n, (kind, weight) in enumerate(zip(kinds, weights, strict=True))
    ]
    some = [one["slug"] for one in criteria[-5:]]
    titles = [
        _title("terbaik", "all", {one["slug"]: one["weight"] for one in criteria if one["weight"]}),
        _title("terbaik-aturan", "all", {"band-3": 10_000}),
        _title("terbaik-sektor", "sector", dict(zip(some, _weights(chance, 5), strict=True))),
    ]
    for title in titles:
        title["weights"] = {slug: weight for slug, weight in title["weights"].items() if weight}
    return {
        "slug": f"kategori-{number}",
        "rubric_version": 1,
        "trims": number % 2 == 1,
        "criteria": criteria,
        "titles": titles,
    }


def _title(slug: str, grouping: str, weights: dict[str, int]) -> dict[str, Any]:
    return {
        "slug": slug,
        "grouping": grouping,
        "awarding": "ranked",
        "places": 3,
        "harapan": 0,
        "among": None,
        "weights": weights,
        "ties": [{"criterion": "growth-1"}, {"aspect": "a"}],
    }


def _weights(chance: random.Random, parts: int) -> list[int]:
    cuts = sorted(chance.randrange(10_001) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def _figures(chance: random.Random, code: str) -> list[dict[str, Any]]:
    return [
        {"region": code, "year": year, "segment": segment, "participants": chance.randrange(50_000)}
        | {"workers": chance.choice([100_000, 66_667, 80_001]), "definition": "province", "version": 1}
        | {"is_verified": True, "notes": []}
        for year in (2022, 2023)
        for segment in ("PU", "BPU")
        if chance.random() > 0.01
    ]


def _nomination(chance: random.Random, category: dict[str, Any], code: str) -> dict[str, Any]:
    coarse = chance.random() < 0.6
    step = 1_000 if coarse else 1
    whole = chance.choice([3, 7, 1_000, 123_456])
    scale = chance.choice(["besar", "kecil"])
    return {
        "category": category["slug"],
        "region": code,
        "name": f"=Nama+{code}",
        "listed_as": f"=Nama+{code}",
        "scale": scale,
        "sector": chance.choice(["jasa", "tambang"]),
        "state": "wawancara",
        "version": 1,
        "answers": {
            "ratio-2": {"part": chance.randrange(whole + 1), "whole": whole},
            "band-3": {"level": chance.choice(LEVELS)["code"]},
            "checklist-4": {
                "ticked": [
                    i["code"] for i in ITEMS if chance.random() > 0.5 and (not i["scales"] or scale in i["scales"])
                ]
            },
            "amount-5": {"amount": chance.choice([0, 49_999, 50_000, 1_000_050, 10**13 + 1])},
        },
        "exemptions": {"growth-1": "x"} if chance.random() < 0.1 else {},
        "attendance": {"level": chance.choice(LEVELS)["code"], "online": chance.random() < 0.3},
        "marks": {
            slug: {
                str(seat): chance.randrange(7_000, 10_001, step)
                for seat in range(1, SEATS + 1)
                if chance.random() > 0.2
            }
            or {"1": 7_000}
            for slug in ("mark-7", "mark-8")
        },
    }


def twins(found: dict[str, Any], times: int = 3) -> dict[str, Any]:
    """Let some contenders of each category be equal to the last mark, so that ties are asked for."""
    for category in found["rules"]["categories"]:
        own = [one for one in found["inputs"]["nominations"] if one["category"] == category["slug"]]
        for one in own[1 : 1 + times]:
            one |= {key: own[0][key] for key in ("answers", "attendance", "marks", "scale", "sector", "exemptions")}
            _same_figures(found, own[0]["region"], one["region"])
    found["outputs"] = [out for one in found["rules"]["categories"] for out in outputs(found, one)]
    return found


def _same_figures(found: dict[str, Any], of: str, to: str) -> None:
    """Give one region the coverage of another."""
    rows = found["inputs"]["coverage"]
    found["inputs"]["coverage"] = [one for one in rows if one["region"] != to]
    found["inputs"]["coverage"] += [one | {"region": to} for one in rows if one["region"] == of]


def agree(found: dict[str, Any]) -> dict[str, Any]:
    """Let the plenary decide the first tie over all of every category: all but the first two go on sharing."""
    for category in found["rules"]["categories"]:
        out = next(o for o in found["outputs"] if (o["category_slug"], o["slug"]) == (category["slug"], "terbaik"))
        tied = [line for line in out["lines"] if line["is_tied"]]
        total = max((line["total"] for line in tied), default=None)
        names = sorted([line["code"], line["name"]] for line in tied if line["total"] == total)
        if names:
            found["inputs"]["decisions"].append(
                {"category": category["slug"], "title": "terbaik", "group": "", "total": total, "tied": names}
                | {"agreed": [[names[1]], [names[0]], *([names[2:]] if names[2:] else [])]}
            )
    found["outputs"] = [out for one in found["rules"]["categories"] for out in outputs(found, one)]
    return found


def outputs(found: dict[str, Any], category: dict[str, Any], ranked: Any = verify_seal.ranked) -> list[dict[str, Any]]:
    inputs = verify_seal.Inputs(found)
    contenders = [one for one in found["inputs"]["nominations"] if one["category"] == category["slug"]]
    trims = {"trims": category["trims"]}
    scores = [
        {one["slug"]: verify_seal.score(inputs, one | trims, nomination) for one in category["criteria"]}
        for nomination in contenders
    ]
    return [_output(found, category, title, contenders, scores, ranked) for title in category["titles"]]


def _output(found, category, title, contenders, scores, ranked) -> dict[str, Any]:
    placed = ranked(found, category, title, contenders, scores, None)
    names = {one["slug"]: one for one in category["criteria"]}
    groups = [verify_seal.group_of(found, title, one) for one in contenders]
    return {
        "category_slug": category["slug"],
        "category": category["slug"].title(),
        "slug": title["slug"],
        "name": title["slug"].title(),
        **{name: title[name] for name in ("grouping", "awarding", "places", "harapan")},
        "criteria": [
            {"slug": slug, "name": names[slug]["name"], "kind": names[slug]["kind"], "weight": weight}
            for slug, weight in title["weights"].items()
        ],
        "lines": [
            {
                "group": group,
                "group_order": ["", "jasa", "tambang"].index(group),
                "place": place,
                "is_tied": bool(is_tied),
                "total": total,
                "code": one["region"],
                "name": one["listed_as"],
                "region": "Provinsi",
                "scores": {slug: known[slug] for slug in title["weights"]},
                "evidence": {},
                "reasons": [] if place else [["attendance-missing"]],
                "decided_by": decided,
            }
            for one, known, group, (place, is_tied, total, decided) in zip(
                contenders, scores, groups, placed, strict=True
            )
        ],
    }
