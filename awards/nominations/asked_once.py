"""A count that several criteria name by the same words is asked once; the later ones take it over.

Where stored answers differ it is asked at each, as before, so that showing the form changes no figure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from awards.models import Criterion

PARTS = ("part", "whole")


def repeated(criteria: Iterable[Criterion], stored: Mapping[int, tuple[Any, str]]) -> dict[str, str]:
    """Name of a box -> name of the earlier box with the same words and no other answer."""
    first: dict[str, tuple[str, Any]] = {}
    found = {}
    for criterion in criteria:
        known, _note = stored.get(criterion.pk, (None, ""))
        for part in _asked(criterion):
            name, value = f"{part}-{criterion.pk}", known.get(part) if known else None
            source, counted = first.setdefault(criterion.rules[part], (name, value))
            if source != name and (value is None or value == counted):
                found[name] = source
    return found


def _asked(criterion: Criterion) -> tuple[str, ...]:
    if criterion.kind != "ratio":
        return ()
    return PARTS[:1] if criterion.rules.get("fixed") else PARTS


def filled(data: QueryDict, sources: Mapping[str, str]) -> QueryDict:
    """What was typed, with the counts taken over; only where something else of that criterion was typed."""
    complete = data.copy()
    for name, source in sources.items():
        key = name.partition("-")[2]
        others = [f"{part}-{key}" for part in PARTS if f"{part}-{key}" not in (name, *sources)]
        if name not in data and any(data.get(other) for other in others):
            complete.setlist(name, data.getlist(source))
    return complete
