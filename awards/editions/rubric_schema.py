"""Reads the rubric and the titles of a category from an edition's document; ``documents.py`` has the whole format.

A criterion is ``{"slug", "name", "kind", "weight", "guidance"*, "evidence"*, "evidence_required"*, "minimum"*,
"legal_basis"*, "note"*}`` and the keys of its kind, see ``awards/criteria/kinds/``, all points and amounts as strings
with two decimals. Coverage and growth name their ``"segments": ["PU"]``; ``"above_full"*: true`` lets a
share above 100 % count as it is. ``note`` ``{"label", "required"*}`` requests a
short text with the answer. A weight of "0.00" needs a minimum: it is required, not scored. ``"not_applicable"*:
"50.00"``, for criteria outside the interview, are the points of candidates the criterion does not apply to. On the
level of the rubric ``"trims"*: true`` leaves out a highest and a lowest mark; for the titles see ``title_schema.py``.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.criteria import WHOLE
from awards.criteria.kind import Kind
from awards.criteria.kinds import KINDS, NO_KIND, kind_name
from awards.criteria.levels import read_points
from awards.criteria.schema_reader import (
    SchemaFaults,
    any_text,
    flag,
    hundredths,
    list_of,
    mapping,
    names,
    slug,
    within,
)
from awards.editions.field_lengths import stored_in
from awards.editions.title_schema import must_sum_up, read_title
from awards.models import Aspect, Criterion

_EVERY_KIND = {
    "slug", "name", "kind", "weight", "guidance", "evidence", "evidence_required", "minimum", "legal_basis"
}  # fmt: skip
_NOT_APPLICABLE = "not_applicable"
LONGEST_LABEL = 120


def read_rubric(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    """``{"rubric": [aspects], "titles": [titles], "trims": bool}`` of a category's document, normalised."""
    aspects = reading.take(source, "rubric", place, list_of) or []
    titles = reading.take(source, "titles", place, list_of, []) or []
    rubric = [_aspect(reading, aspect, f"{place}.rubric[{n}]") for n, aspect in enumerate(aspects)]
    criteria = [criterion for aspect in rubric for criterion in aspect["criteria"]]
    reading.once([aspect["slug"] for aspect in rubric], f"{place}.rubric")
    reading.once([criterion["slug"] for criterion in criteria], f"{place}.rubric")
    must_sum_up(reading, [criterion["weight"] for criterion in criteria], f"{place}.rubric")
    read = [read_title(reading, title, f"{place}.titles[{n}]", rubric) for n, title in enumerate(titles)]
    reading.once([title["slug"] for title in read], f"{place}.titles")
    for n, title in enumerate(read):
        earlier = {other["slug"] for other in read[:n]}
        if title["among"] is not None and title["among"] not in earlier:
            reading.fault(f"{place}.titles[{n}].among", _("it names a title that stands before it."))
    return {"rubric": rubric, "titles": read, "trims": bool(reading.take(source, "trims", place, flag, False))}


def _aspect(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    reading.unknown(source, place, {"slug", "name", "criteria"})
    criteria = reading.take(source, "criteria", place, list_of) or []
    return {
        "slug": reading.take(source, "slug", place, stored_in(Aspect, "slug", slug)),
        "name": reading.take(source, "name", place, stored_in(Aspect, "name")),
        "criteria": [_criterion(reading, one, f"{place}.criteria[{n}]") for n, one in enumerate(criteria)],
    }


def _criterion(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    named = reading.take(source, "slug", place, stored_in(Criterion, "slug", slug))
    place = f"{place} ({named})"
    name = reading.take(source, "kind", place, kind_name)
    kind = KINDS[name] if name else NO_KIND
    if name:
        reading.unknown(source, place, _EVERY_KIND | _keys(kind) | {"segments"})
    segments = reading.take(source, "segments", place, names, []) or []
    if kind.counts_coverage != bool(segments):
        reading.fault(place, _("coverage and growth name their segments; other kinds have none."))
    criterion = {
        "slug": named,
        "name": reading.take(source, "name", place, stored_in(Criterion, "name")),
        "kind": name,
        "weight": reading.take(source, "weight", place, hundredths),
        "segments": segments,
        "rules": _rules(reading, source, kind, place),
        "guidance": reading.take(source, "guidance", place, any_text, ""),
        "evidence": reading.take(source, "evidence", place, stored_in(Criterion, "evidence", any_text), ""),
        "evidence_required": reading.take(source, "evidence_required", place, flag, False),
        "minimum": reading.take(source, "minimum", place, hundredths, None),
        "legal_basis": reading.take(source, "legal_basis", place, stored_in(Criterion, "legal_basis", any_text), ""),
    }
    _must_make_sense(reading, criterion, kind, place)
    return criterion


def _keys(kind: Kind) -> set[str]:
    """The keys allowed only for criteria of this kind."""
    note = {"note"} if kind.is_answered else set()
    rows = {kind.rows} if kind.rows else set()
    return {*kind.rule_boxes} | rows | note | (set() if kind.is_interviewed else {_NOT_APPLICABLE})


def _must_make_sense(reading: SchemaFaults, criterion: dict[str, Any], kind: Kind, place: str) -> None:
    weight, minimum = criterion["weight"], criterion["minimum"]
    if minimum is not None and (not kind.is_answered or not 0 < minimum <= WHOLE):
        reading.fault(f"{place}.minimum", _("only what the nominator answers has a minimum, from 0.01 to 100.00."))
    if minimum is not None and not criterion["legal_basis"]:
        reading.fault(f"{place}.legal_basis", _("a minimum names its legal basis."))
    if weight is not None and (weight < 0 or weight == 0 and minimum is None):
        reading.fault(f"{place}.weight", _("a weight is more than 0.00, except where there is a minimum."))
    if criterion["evidence_required"] and not criterion["evidence"]:
        reading.fault(f"{place}.evidence", _("required evidence is named."))


def _rules(reading: SchemaFaults, source: Any, kind: Kind, place: str) -> dict[str, Any]:
    rules = kind.read_rules(reading, source, place)
    if kind.is_answered and (note := reading.take(source, "note", place, mapping, None)) is not None:
        reading.unknown(note, f"{place}.note", {"label", "required"})
        rules["note"] = {
            "label": reading.take(note, "label", f"{place}.note", within(LONGEST_LABEL)),
            "required": reading.take(note, "required", f"{place}.note", flag, False),
        }
    if not kind.is_interviewed and isinstance(source, dict) and _NOT_APPLICABLE in source:
        rules[_NOT_APPLICABLE] = read_points(reading, source, place, _NOT_APPLICABLE)
    return rules
