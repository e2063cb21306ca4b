"""Reads the titles of a category from an edition's document.

A title is ``{"slug", "name", "grouping", "places", "weights"}`` and, where needed, ``"awarding"``, ``"harapan"``,
``"among"`` (the slug of an earlier title), ``"among_places"`` and ``"ties"``, the tie rules in order: ``[{"aspect":
"cakupan"}, {"criterion": "pertumbuhan"}]``.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.criteria.schema_reader import (
    SchemaFaults,
    count,
    count_or_none,
    hundredths,
    list_of,
    mapping,
    one_of,
    slug,
)
from awards.editions.field_lengths import stored_in
from awards.models.rubrics import WHOLE, Awarding, Grouping, Title

_KEYS = {
    "slug", "name", "grouping", "places", "weights", "awarding", "harapan", "among", "among_places", "ties"
}  # fmt: skip


def read_title(reading: SchemaFaults, source: Any, place: str, aspects: list[dict[str, Any]]) -> dict[str, Any]:
    reading.unknown(source, place, _KEYS)
    named = reading.take(source, "slug", place, stored_in(Title, "slug", slug))
    place = f"{place} ({named})"
    awarding = reading.take(source, "awarding", place, one_of(Awarding), Awarding.RANKED.value)
    title = {
        "slug": named,
        "name": reading.take(source, "name", place, stored_in(Title, "name")),
        "grouping": reading.take(source, "grouping", place, one_of(Grouping)),
        "awarding": awarding,
        "places": reading.take(source, "places", place, count),
        "harapan": reading.take(source, "harapan", place, count_or_none, 0),
        "among": reading.take(source, "among", place, slug, None),
        "among_places": reading.take(source, "among_places", place, count, None),
        "weights": _weights(reading, source, place, aspects, awarding),
        "ties": _ties(reading, source, place, aspects),
    }
    if (title["among"] is None) != (title["among_places"] is None):
        reading.fault(place, _("“among” and “among_places” go together."))
    if awarding != Awarding.RANKED and (title["harapan"] or title["among"]):
        reading.fault(place, _("only a title with places in order has places Harapan or a title before it."))
    if awarding == Awarding.SPECIAL and title["ties"]:
        reading.fault(f"{place}.ties", _("a special award has no places, so no rules for ties."))
    return title


def _weights(
    reading: SchemaFaults, source: Any, place: str, aspects: list[dict[str, Any]], awarding: str | None
) -> dict[str, int]:
    if awarding == Awarding.SPECIAL:
        if reading.take(source, "weights", place, mapping, {}):
            reading.fault(f"{place}.weights", _("a special award has no weights."))
        return {}
    weights = reading.take(source, "weights", place, mapping) or {}
    criteria = {criterion["slug"] for aspect in aspects for criterion in aspect["criteria"]}
    for criterion in sorted(set(weights) - criteria):
        reading.fault(f"{place}.weights", _("“%(key)s” is not a criterion of the rubric."), key=criterion)
    read = {key: reading.take(weights, key, f"{place}.weights", hundredths) for key in sorted(weights)}
    if any(weight is not None and weight <= 0 for weight in read.values()):
        reading.fault(f"{place}.weights", _("a weight is more than 0.00."))
    must_sum_up(reading, list(read.values()), f"{place}.weights")
    return read


def _ties(reading: SchemaFaults, source: Any, place: str, aspects: list[dict[str, Any]]) -> list[dict[str, str]]:
    rules = reading.take(source, "ties", place, list_of, []) or []
    weighed = {
        "aspect": {one["slug"] for one in aspects if any(criterion["weight"] for criterion in one["criteria"])},
        "criterion": {one["slug"] for aspect in aspects for one in aspect["criteria"] if one["weight"]},
    }
    read = []
    for n, rule in enumerate(rules):
        if not isinstance(rule, dict) or len(rule) != 1 or not weighed.keys() >= rule.keys():
            reading.fault(f"{place}.ties[{n}]", _("a rule for ties names one aspect or one criterion."))
            continue
        ((kind, named),) = rule.items()
        if named not in weighed[kind]:
            reading.fault(f"{place}.ties[{n}]", _("“%(key)s” has no weight in the rubric."), key=named)
        read.append({kind: named})
    reading.once([f"{kind} {named}" for rule in read for kind, named in rule.items()], f"{place}.ties")
    return read


def must_sum_up(reading: SchemaFaults, weights: list[int | None], place: str) -> None:
    """The weights must sum to 100.00; unreadable weights are reported elsewhere."""
    if None in weights:
        return
    total = sum(weight for weight in weights if weight is not None)
    if total != WHOLE:
        shown = f"{'-' * (total < 0)}{abs(total) // 100}.{abs(total) % 100:02d}"
        reading.fault(place, _("the weights sum to %(total)s, not to 100.00."), total=shown)
