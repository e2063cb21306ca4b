"""The differences between two documents of a rubric as text, and operations that derive one document from another."""

import copy
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.criteria import rule_text
from awards.criteria.kinds import KINDS
from awards.criteria.weights import rescaled
from awards.models import Criterion
from awards.models.rubrics import Awarding, Grouping
from paritrana.display import formats

Document = dict[str, Any]


class RubricChange(NamedTuple):
    """One difference: its place, the old and the new value; empty means that there is none."""

    label: str
    before: str
    after: str


_CRITERION: dict[str, Promise] = {
    "name": _("Name"),
    "aspect": _("Aspect"),
    "kind": _("Kind"),
    "weight": _("Weight"),
    "segments": _("Segments"),
    "rules": _("Rule"),
    "guidance": _("Guidance"),
    "evidence": _("Evidence"),
    "minimum": _("Minimum"),
    "legal_basis": _("Legal basis"),
    "place": _("Order"),
}
_TITLE: dict[str, Promise] = {
    "name": _("Name"),
    "grouping": _("Grouping"),
    "awarding": _("Kind of award"),
    "places": _("Places"),
    "harapan": _("Places Harapan"),
    "among": _("Only among"),
    "weights": _("Weights"),
    "ties": _("Rules for ties"),
    "place": _("Order"),
}


def changes(before: Document, after: Document) -> list[RubricChange]:
    """Every difference, criteria first, then titles; empty when both documents mean the same."""
    old, new = _criteria(before), _criteria(after)
    names = {slug: entry["name"] for slug, entry in (old | new).items()}  # a new name does not change a weight
    aspects = {aspect["slug"]: aspect["name"] for aspect in before["rubric"] + after["rubric"]}
    titles_before, titles_after = (_titles(document, names, aspects) for document in (before, after))
    return _trims(before, after) + _compare(old, new, _CRITERION) + _compare(titles_before, titles_after, _TITLE)


def _trims(before: Document, after: Document) -> list[RubricChange]:
    if before["trims"] == after["trims"]:
        return []
    texts = [_("without the highest and the lowest") if one["trims"] else _("all of them") for one in (before, after)]
    return [RubricChange(str(_("Marks in the mean")), *map(str, texts))]


def _compare(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]], words: dict[str, Promise]
) -> list[RubricChange]:
    found = []
    for slug, was in old.items():
        found += [] if slug in new else [RubricChange(was["name"], was["text"], "")]
    for slug, now in new.items():
        if slug not in old:
            found.append(RubricChange(now["name"], "", now["text"]))
            continue
        was = old[slug]
        found += [
            RubricChange(f"{now['name']} · {word}", *_shown(key, was[key], now[key]))
            for key, word in words.items()
            if was[key] != now[key]
        ]
    return found


def _shown(key: str, was: str, now: str) -> tuple[str, str]:
    """Of the weights of a title those that differ: it has a dozen of them."""
    if key != "weights":
        return was, now
    old, new = was.split("; "), now.split("; ")
    return "; ".join(one for one in old if one not in new), "; ".join(one for one in new if one not in old)


def _criteria(document: Document) -> dict[str, dict[str, str]]:
    found = {}
    for aspect in document["rubric"]:
        for place, one in enumerate(aspect["criteria"], start=1):
            evidence = [one["evidence"], str(_("required")) if one["evidence_required"] else ""]
            found[one["slug"]] = {
                "name": one["name"],
                "aspect": aspect["name"],
                "kind": str(KINDS[one["kind"]].label),
                "weight": formats.percent(one["weight"]),
                "segments": ", ".join(one["segments"]),
                "rules": rule_text.rules_text(one["kind"], one["rules"]),
                "guidance": one["guidance"].replace("\r\n", "\n"),
                "evidence": ", ".join(filter(None, evidence)),
                "minimum": "" if one["minimum"] is None else formats.hundredths(one["minimum"]),
                "legal_basis": one["legal_basis"],
                "place": str(place),
            }
            entry = found[one["slug"]]
            entry["text"] = f"{entry['aspect']} · {entry['kind']} · {entry['weight']}"
    return found


def _titles(document: Document, criteria: dict[str, str], aspects: dict[str, str]) -> dict[str, dict[str, str]]:
    names = {title["slug"]: title["name"] for title in document["titles"]}
    found = {}
    for place, one in enumerate(document["titles"], start=1):
        among = f"{names.get(one['among'], one['among'])} 1–{one['among_places']}" if one["among"] else ""
        weights = [
            f"{name} {formats.percent(one['weights'][slug])}"
            for slug, name in criteria.items()
            if slug in one["weights"]
        ]
        found[one["slug"]] = {
            "name": one["name"],
            "grouping": str(Grouping(one["grouping"]).label),
            "awarding": str(Awarding(one["awarding"]).label),
            "places": str(one["places"]),
            "harapan": str(one["harapan"]),
            "among": among,
            "weights": "; ".join(weights),
            "ties": "; ".join(
                aspects[rule["aspect"]] if "aspect" in rule else criteria[rule["criterion"]] for rule in one["ties"]
            ),
            "place": str(place),
            "text": " · ".join(filter(None, [str(Grouping(one["grouping"]).label), str(one["places"]), among])),
        }
    return found


def scored(aspects: list[dict[str, Any]]) -> dict[str, int]:
    """slug -> weight of the criteria with a weight, in the order of the sheet."""
    return {one["slug"]: one["weight"] for aspect in aspects for one in aspect["criteria"] if one["weight"]}


def with_titles_following(before: Document, aspects: list[dict[str, Any]]) -> Document:
    """New aspects with the existing titles adapted to them.

    A title with the rubric's weights keeps following the rubric; others keep their weights, re-scaled where a criterion
    was removed. A title without criteria is removed, and titles limited to its winners lose the limit. Tie rules that
    name a removed criterion are removed.
    """
    old, new = scored(before["rubric"]), scored(aspects)
    left_over = {"aspect": {aspect["slug"] for aspect in aspects if scored([aspect])}, "criterion": set(new)}
    titles: list[Any] = []
    for title in before["titles"]:
        following = title | {"ties": [rule for rule in title["ties"] if all(rule[k] in left_over[k] for k in rule)]}
        if title["awarding"] != Awarding.SPECIAL:
            left = {slug: weight for slug, weight in title["weights"].items() if slug in new}
            if title["weights"] == old:
                left = new
            elif left and left != title["weights"]:
                left = rescaled(left)
            if not left:
                continue
            following["weights"] = left
        if title["among"] not in {other["slug"] for other in titles}:
            following |= {"among": None, "among_places": None}
        titles.append(following)
    return {"rubric": aspects, "titles": titles, "trims": before["trims"]}


def without_interview(document: Document) -> Document:
    """The same rubric without its interview, the other weights re-scaled to 100.00.

    The interview is every aspect with an attendance criterion; ValueError when there is none, or nothing else.
    """
    remaining = [aspect for aspect in document["rubric"] if not is_interview(aspect)]
    if len(remaining) == len(document["rubric"]):
        raise ValueError("there is no interview")
    aspects = copy.deepcopy(remaining)
    weights = rescaled(scored(aspects))
    for aspect in aspects:
        for criterion in aspect["criteria"]:
            criterion["weight"] = weights.get(criterion["slug"], 0)
    return with_titles_following(document, aspects)


def is_interview(aspect: dict[str, Any]) -> bool:
    return any(criterion["kind"] == Criterion.Kind.ATTENDANCE for criterion in aspect["criteria"])
