#!/usr/bin/env python3
"""Check a sealed result of the Paritrana Award with nothing but Python: ``python3 verify_seal.py SEAL.json [SHA256]``.

Computes every score, total and place once more from the inputs and rules in the document, in exact fractions, and
compares them with the outputs in it. It shares no code with the portal. Exit 0 when everything agrees, 1 with the first
differences when something does not, 2 when the file is no seal.

Figures in the document are whole numbers: scores and totals in hundredths (8750 is 87.50), weights in basis points.
"""

import hashlib
import json
import sys
from collections import Counter
from fractions import Fraction
from math import floor
from pathlib import Path

# Format -> whether a share above 100 % earns 100.00 where the criterion does not say "above_full".
CUTS_SHARES = {"paritrana-seal-1": False, "paritrana-seal-2": True}
MOST_SHOWN = 20


def half_up(exact):
    return floor(exact + Fraction(1, 2))


def percent(part, whole):
    return half_up(Fraction(part, whole) * 10_000) if whole else None


class Inputs:
    """The coverage by (region, year, segment), the year that counts, and whether shares are cut."""

    def __init__(self, document):
        self.cuts_shares = CUTS_SHARES[document.get("format", "paritrana-seal-2")]
        self.year = document["edition"]["coverage_year"]
        self.coverage = {(row["region"], row["year"], row["segment"]): row for row in document["inputs"]["coverage"]}

    def share(self, nomination, criterion, year):
        """(percentage, definitions by segment) over all segments together; None when a figure is missing."""
        rows = [self.coverage.get((nomination["region"], year, segment)) for segment in criterion["segments"]]
        if not rows or None in rows:
            return None, None
        part, whole = sum(row["participants"] for row in rows), sum(row["workers"] for row in rows)
        return percent(part, whole), [row["definition"] for row in rows]


def coverage(inputs, criterion, nomination):
    found, is_cut = inputs.share(nomination, criterion, inputs.year)[0], inputs.cuts_shares
    return min(found, 10_000) if found and is_cut and not criterion["rules"].get("above_full") else found


def growth(inputs, criterion, nomination):
    now, defined_now = inputs.share(nomination, criterion, inputs.year)
    before, defined_before = inputs.share(nomination, criterion, inputs.year - 1)
    if now is None or before is None or defined_now != defined_before:
        return None
    zero, full = criterion["rules"].get("zero", 0), criterion["rules"]["full"]
    reached = min(max(now - before, zero), full) - zero
    return half_up(Fraction(reached, full - zero) * 10_000)


def level(rules, code):
    return next((one["points"] for one in rules["levels"] if one["code"] == code), None)


def step(rules, figure):
    return next((one["points"] for one in reversed(rules["steps"]) if one["from"] <= figure), None)


def checklist(rules, answer, scale):
    asked = {one["code"]: one["points"] for one in rules["items"] if not one["scales"] or scale in one["scales"]}
    return percent(sum(asked.get(code, 0) for code in answer["ticked"]), sum(asked.values()))


def counted(rules, answer, _scale):
    part, rows = {"years": "year", "kinds": "kind"}.get(rules["counts"]), answer["rows"]
    return step(rules, 100 * (len({row[part] for row in rows}) if part else sum(row[rules["counts"]] for row in rows)))


ANSWERED = {
    "band": lambda rules, answer, _scale: level(rules, answer["level"]),
    "ratio": lambda _rules, answer, _scale: percent(answer["part"], answer["whole"]),
    "checklist": checklist,
    "amount": lambda rules, answer, _scale: step(rules, answer["amount"]),
    "regulations": lambda rules, answer, _scale: max((level(rules, row["kind"]) for row in answer["rows"]), default=0),
    **dict.fromkeys(("budgets", "rule-counts"), counted),
}


def attendance(inputs, criterion, nomination):
    came = nomination["attendance"]
    points = level(criterion["rules"], came["level"]) if came else None
    change = criterion["rules"].get("online", 0) if came and came["online"] else 0
    return None if points is None else max(0, points + change)


def mark(inputs, criterion, nomination):
    given = sorted(nomination["marks"].get(criterion["slug"], {}).values())
    given = given[1:-1] if criterion["trims"] and len(given) >= 5 else given
    return half_up(Fraction(sum(given), len(given))) if given else None


def answered(_inputs, criterion, nomination):
    answer = nomination["answers"].get(criterion["slug"])
    return ANSWERED[criterion["kind"]](criterion["rules"], answer, nomination["scale"]) if answer else None


SCORES = dict.fromkeys(ANSWERED, answered) | {one.__name__: one for one in (coverage, growth, attendance, mark)}


def score(inputs, criterion, nomination):
    """Hundredths; for a criterion that does not apply the points of its rule, or None."""
    is_exempt, read = criterion["slug"] in nomination["exemptions"], SCORES[criterion["kind"]]
    return criterion["rules"].get("not_applicable") if is_exempt else read(inputs, criterion, nomination)


def group_of(document, title, nomination):
    """The group a nomination competes in for a title; None where it belongs to none."""
    if title["grouping"] == "all":
        return ""
    if title["grouping"] == "sector":
        return nomination["sector"]
    province = nomination["region"][:2]
    if title["grouping"] == "province":
        return province
    zones = document["rules"]["zones"]
    return next((zone for zone, provinces in zones.items() if province in provinces), None)


def ranked(document, category, title, contenders, scores, qualified):
    """Per contender (place, is tied, total, what decided); (None, False, None, {}) without a rank."""
    totals, groups = [], []
    for number, nomination in enumerate(contenders):
        own = [(scores[number][slug], weight) for slug, weight in title["weights"].items()]
        complete = all(value is not None for value, _weight in own)
        exact = sum((Fraction(value * weight, 10_000) for value, weight in own), Fraction(0)) if complete else None
        group = group_of(document, title, nomination)
        competes = complete and group is not None and (qualified is None or number in qualified)
        totals.append(half_up(exact) if competes else None)
        groups.append(group)
    found = []
    for number, (total, group) in enumerate(zip(totals, groups, strict=True)):
        if total is None:
            found.append((None, False, None, {}))
            continue
        rivals = [other for other, theirs in enumerate(groups) if theirs == group and totals[other] is not None]
        ahead = sum(totals[other] > total for other in rivals)
        equal = [other for other in rivals if totals[other] == total]
        more, equal, decided = broken(category, title, scores, number, equal)
        first, equal, decided = agreed(document, category, title, contenders, total, number, equal, decided)
        found.append((1 + ahead + more + first, len(equal) > 1, total, decided))
    return found


def broken(category, title, scores, number, equal):
    """How many equals the rules put ahead of a contender, who stays equal, what the last rule compared."""
    ahead, decided = 0, {}
    for rule in title["ties"]:
        ((kind, slug),) = rule.items()
        figures = {other: figure_of(category, kind, slug, scores[other]) for other in equal}
        if None in figures.values() or len(set(figures.values())) == 1:
            continue
        own = figures[number]
        decided = {"by": kind, "slug": slug, "figure": own, "figures": sorted(figures.values(), reverse=True)}
        ahead += sum(figure > own for figure in figures.values())
        equal = [other for other in equal if figures[other] == own]
    return ahead, equal, decided


def figure_of(category, kind, slug, scores):
    """The score of a criterion, or the points of an aspect: its scores under the weights of the rubric."""
    if kind == "criterion":
        return scores[slug]
    inside = [(scores[one["slug"]], one["weight"]) for one in category["criteria"] if one["aspect"] == slug]
    weighed = [(value, weight) for value, weight in inside if weight]
    if any(value is None for value, _weight in weighed):
        return None
    return half_up(sum((Fraction(value * weight, 10_000) for value, weight in weighed), Fraction(0)))


def agreed(document, category, title, contenders, total, number, equal, decided):
    """The same by the plenary's decision on exactly these at exactly this total; unchanged without one."""
    names = {other: [contenders[other]["region"], contenders[other]["name"]] for other in equal}
    for decision in document["inputs"]["decisions"] if len(equal) > 1 else []:
        about = (decision["category"], decision["title"], decision["total"], sorted(decision["tied"]))
        if about == (category["slug"], title["slug"], total, sorted(names.values())):
            order = decision["agreed"]
            place = next(place for place, sharing in enumerate(order, 1) if names[number] in sharing)
            sharing = [other for other in equal if names[other] in order[place - 1]]
            return sum(map(len, order[: place - 1])), sharing, {"by": "plenary", "place": place, "of": len(order)}
    return 0, equal, decided


def outside_rooms(document):
    """Marks of jurors who do not sit in the room that judges the candidate; without rooms the whole panel judges."""
    sitting = {(one["room"], one["category"]): one["seats"] for one in document["rules"].get("rooms", [])}
    for one in document["inputs"]["nominations"]:
        judging = sitting.get((one["room"], one["category"]), []) if "room" in one else None
        for seat in sorted({int(seat) for marks in one["marks"].values() for seat in marks}):
            if judging is not None and seat not in judging:
                yield f"{one['category']}: {one['region']} {one['name']}: juror {seat} sits in another room"


def differences(document):
    """Every difference between the outputs and what the inputs and rules give, as sentences."""
    yield from outside_rooms(document)
    inputs = Inputs(document)
    outputs = {(one["category_slug"], one["slug"]): one for one in document["outputs"]}
    for category in document["rules"]["categories"]:
        contenders = [one for one in document["inputs"]["nominations"] if one["category"] == category["slug"]]
        scores = [
            {one["slug"]: score(inputs, one | {"trims": category["trims"]}, nomination) for one in category["criteria"]}
            for nomination in contenders
        ]
        places = {}
        for title in sorted(category["titles"], key=lambda one: one["among"] is not None):
            stored = outputs.pop((category["slug"], title["slug"]), None)
            where = f"{category['slug']}/{title['slug']}"
            if stored is None:
                yield f"{where}: not among the outputs"
            elif title["awarding"] != "special":
                qualified = among(title, places)
                found = ranked(document, category, title, contenders, scores, qualified)
                places[title["slug"]] = [place for place, *_rest in found]
                yield from compared(where, title, stored, contenders, scores, found)
    for category, title in outputs:
        yield f"{category}/{title}: an output that no rule asks for"


def among(title, places):
    """The contenders (numbers) that may compete where a title is limited to another's winners."""
    if title["among"] is None:
        return None
    before, best = title["among"]
    return {number for number, place in enumerate(places[before]) if place is not None and place <= best}


def why(decided):
    """What decided, as far as it can be computed."""
    keys = ["by", "place", "of"] if decided.get("by") == "plenary" else ["by", "slug", "figure", "figures"]
    return {key: decided[key] for key in keys} if decided else {}


def compared(where, title, stored, contenders, scores, found):
    for name in ("awarding", "places", "harapan", "grouping"):
        if stored[name] != title[name]:
            yield f"{where}: {name} is {stored[name]}, by the rules {title[name]}"
    wanted = Counter(
        (one["region"], one["listed_as"], *result[:3], repr(result[3]))
        + tuple(scores[number][slug] for slug in sorted(title["weights"]))
        for number, (one, result) in enumerate(zip(contenders, found, strict=True))
    )
    given = Counter(
        (line["code"], line["name"], line["place"], line["is_tied"], line["total"], repr(why(line["decided_by"])))
        + tuple(line["scores"].get(slug) for slug in sorted(title["weights"]))
        for line in stored["lines"]
    )
    labels = ["code", "name", "place", "is tied", "total", "decided by", *sorted(title["weights"])]
    for row in sorted((given - wanted).keys(), key=repr):
        twin = next((other for other in wanted - given if other[:2] == row[:2]), None)
        if twin is None:
            yield f"{where}: {row[0]} {row[1]} is stored but does not compete"
        for label, is_stored, computed in zip(labels, row, twin or row, strict=True):
            if is_stored != computed:
                yield f"{where}: {row[0]} {row[1]}: {label} is stored as {is_stored}, computed as {computed}"
    missing = {row[:2] for row in wanted - given} - {row[:2] for row in given - wanted}
    for code, name in sorted(missing):
        yield f"{where}: {code} {name} competes but is not stored"


def main(arguments):
    if not arguments:
        print(__doc__)
        return 2
    try:
        payload = Path(arguments[0]).read_bytes()
        document = json.loads(payload)
        if document["format"] not in CUTS_SHARES:
            raise ValueError(document["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{arguments[0]} is not a sealed result: {error}")
        return 2
    digest = hashlib.sha256(payload).hexdigest()
    print(f"sha256 {digest}")
    found = list(differences(document))
    if arguments[1:] and arguments[1].lower() != digest:
        found.insert(0, f"the digest is not {arguments[1]}")
    for difference in found[:MOST_SHOWN]:
        print(difference)
    if len(found) > MOST_SHOWN:
        print(f"... and {len(found) - MOST_SHOWN} more")
    titles = sum(len(category["titles"]) for category in document["rules"]["categories"])
    print("FAILED" if found else f"ok: {titles} titles, {len(document['inputs']['nominations'])} nominations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
