"""Reads the rubric and the titles of a category in an edition's document; see ``editions.py`` for the whole format.

A criterion is ``{"slug", "name", "kind", "weight", "guidance"*, "evidence"*, "evidence_required"*, "minimum"*,
"legal_basis"*, "note"*}`` and what its kind needs, all points and amounts as strings with two decimals:

- coverage and growth ``"segments": ["PU"]``, growth also ``"full": "10.00", "zero"*: "0.00"``;
- band and attendance ``"levels": [{"code", "label", "points"}]``, attendance also ``"online"*: "-10.00"``;
- ratio ``"part": "…", "whole": "…", "fixed"*: 12`` (the words of the two counts; a whole that is always the same);
- checklist ``"items": [{"code", "label", "points", "scales"*: ["besar"]}]``;
- amount ``"unit": "Rp", "steps": [{"from": "0.00", "points": "0.00"}]``, rising, the first from 0.00.

``note`` ``{"label", "required"*}`` asks a few words with the answer. A weight of "0.00" needs a minimum: it is asked,
not scored. ``"not_applicable"*: "50.00"``, of what no interview is about, are the points of whom the criterion does not
apply to; a level of attendance with ``"absent"*: true`` says that nobody came. Beside the rubric ``"trims"*: true``
leaves out a highest and a lowest mark; for the titles see ``title_format.py``.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.criteria.answers import DAY_LABOUR
from awards.editions.schema_reader import (
    SchemaFaults,
    any_text,
    count,
    flag,
    hundredths,
    list_of,
    mapping,
    names,
    one_of,
    slug,
    text,
)
from awards.editions.title_schema import must_sum_up, read_title
from awards.legal_scale import Scale
from awards.models import Criterion
from awards.models.rubrics import ANSWERED, INTERVIEWED, WHOLE

_AMOUNT = re.compile(r"\d{1,13}\.\d\d")
_LEVELLED = {Criterion.Kind.BAND, Criterion.Kind.ATTENDANCE}
_OF_SEGMENTS = {Criterion.Kind.COVERAGE, Criterion.Kind.GROWTH}
_EVERY_KIND = {
    "slug", "name", "kind", "weight", "guidance", "evidence", "evidence_required", "minimum", "legal_basis"
}  # fmt: skip
_NOT_APPLICABLE = "not_applicable"
_OF_KIND: dict[str | None, set[str]] = {
    Criterion.Kind.COVERAGE: {"segments"},
    Criterion.Kind.GROWTH: {"segments", "full", "zero"},
    Criterion.Kind.BAND: {"levels", "note"},
    Criterion.Kind.ATTENDANCE: {"levels", "online"},
    Criterion.Kind.RATIO: {"part", "whole", "fixed", "note"},
    Criterion.Kind.CHECKLIST: {"items", "note"},
    Criterion.Kind.AMOUNT: {"unit", "steps", "note"},
    Criterion.Kind.MARK: set(),
    None: set(),
}


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
        "slug": reading.take(source, "slug", place, slug),
        "name": reading.take(source, "name", place, text),
        "criteria": [_criterion(reading, one, f"{place}.criteria[{n}]") for n, one in enumerate(criteria)],
    }


def _criterion(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    named = reading.take(source, "slug", place, slug)
    place = f"{place} ({named})"
    kind = reading.take(source, "kind", place, one_of(Criterion.Kind))
    if kind is not None:
        exempt = set() if kind in INTERVIEWED else {_NOT_APPLICABLE}
        reading.unknown(source, place, _EVERY_KIND | _OF_KIND[kind] | exempt | {"segments"})
    segments = reading.take(source, "segments", place, names, []) or []
    if (kind in _OF_SEGMENTS) != bool(segments):
        reading.fault(place, _("coverage and growth name their segments; other kinds have none."))
    criterion = {
        "slug": named,
        "name": reading.take(source, "name", place, text),
        "kind": kind,
        "weight": reading.take(source, "weight", place, hundredths),
        "segments": segments,
        "rules": _rules(reading, source, kind, place),
        "guidance": reading.take(source, "guidance", place, any_text, ""),
        "evidence": reading.take(source, "evidence", place, any_text, ""),
        "evidence_required": reading.take(source, "evidence_required", place, flag, False),
        "minimum": reading.take(source, "minimum", place, hundredths, None),
        "legal_basis": reading.take(source, "legal_basis", place, any_text, ""),
    }
    _must_make_sense(reading, criterion, place)
    return criterion


def _must_make_sense(reading: SchemaFaults, criterion: dict[str, Any], place: str) -> None:
    weight, minimum = criterion["weight"], criterion["minimum"]
    if minimum is not None and (criterion["kind"] not in ANSWERED or not 0 < minimum <= WHOLE):
        reading.fault(f"{place}.minimum", _("only what the nominator answers has a minimum, from 0.01 to 100.00."))
    if minimum is not None and not criterion["legal_basis"]:
        reading.fault(f"{place}.legal_basis", _("a minimum names its legal basis."))
    if weight is not None and (weight < 0 or weight == 0 and minimum is None):
        reading.fault(f"{place}.weight", _("a weight is more than 0.00, except where there is a minimum."))
    if criterion["evidence_required"] and not criterion["evidence"]:
        reading.fault(f"{place}.evidence", _("required evidence is named."))


def _rules(reading: SchemaFaults, source: Any, kind: str | None, place: str) -> dict[str, Any]:
    rules: dict[str, Any] = _OWN_RULES[kind](reading, source, place) if kind in _OWN_RULES else {}
    if kind in ANSWERED and (note := reading.take(source, "note", place, mapping, None)) is not None:
        reading.unknown(note, f"{place}.note", {"label", "required"})
        rules["note"] = {
            "label": reading.take(note, "label", f"{place}.note", text),
            "required": reading.take(note, "required", f"{place}.note", flag, False),
        }
    if kind not in INTERVIEWED and isinstance(source, dict) and _NOT_APPLICABLE in source:
        rules[_NOT_APPLICABLE] = _points(reading, source, place, _NOT_APPLICABLE)
    return rules


def _growth(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    full = reading.take(source, "full", place, hundredths)
    zero = reading.take(source, "zero", place, hundredths, 0)
    if full is not None and zero is not None and full <= zero:
        reading.fault(f"{place}.full", _("what earns 100 is more than what earns 0."))
    return {"full": full, "zero": zero}


def _levels(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    levels = reading.take(source, "levels", place, list_of) or []
    found = [_level(reading, level, f"{place}.levels[{n}]") for n, level in enumerate(levels)]
    reading.once([level["code"] for level in found], f"{place}.levels")
    return {"levels": found}


def _attendance(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    rules = {"online": reading.take(source, "online", place, hundredths, 0), **_levels(reading, source, place)}
    for n, (level, read) in enumerate(zip(source.get("levels", []), rules["levels"], strict=False)):
        if reading.take(level, "absent", f"{place}.levels[{n}]", flag, False):
            read["absent"] = True
    return rules


def _level(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    return {
        "code": reading.take(source, "code", place, slug),
        "label": reading.take(source, "label", place, text),
        "points": _points(reading, source, place),
    }


def _points(reading: SchemaFaults, source: Any, place: str, key: str = "points") -> int | None:
    points = reading.take(source, key, place, hundredths)
    if points is not None and not 0 <= points <= WHOLE:
        reading.fault(f"{place}.{key}", _("points lie between 0.00 and 100.00."))
    return points


def _ratio(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    rules = {
        "part": reading.take(source, "part", place, text),
        "whole": reading.take(source, "whole", place, text),
    }
    fixed = reading.take(source, "fixed", place, count, None)
    return rules if fixed is None else rules | {"fixed": fixed}


def _checklist(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    items = reading.take(source, "items", place, list_of) or []
    if not items:
        reading.fault(f"{place}.items", _("a checklist has at least one item."))
    found = [_item(reading, item, f"{place}.items[{n}]") for n, item in enumerate(items)]
    reading.once([item["code"] for item in found], f"{place}.items")
    return {"items": found}


def _item(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    scales = reading.take(source, "scales", place, names, []) or []
    for scale in sorted(set(scales) - {*Scale.values, DAY_LABOUR}):
        reading.fault(f"{place}.scales", _("“%(value)s” cannot be used here."), value=scale)
    item = _level(reading, source, place) | {"scales": scales}
    if item["points"] == 0:
        reading.fault(f"{place}.points", _("an item of a checklist counts for more than 0.00."))
    return item


def _amount(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    steps = reading.take(source, "steps", place, list_of) or []
    found = [
        {
            "from": reading.take(step, "from", f"{place}.steps[{n}]", _amount_of),
            "points": _points(reading, step, f"{place}.steps[{n}]"),
        }
        for n, step in enumerate(steps)
    ]
    starts = [step["from"] for step in found if step["from"] is not None]
    if starts != sorted(set(starts)) or starts[:1] != [0]:
        reading.fault(f"{place}.steps", _("steps rise, and the first begins at 0.00."))
    return {"unit": reading.take(source, "unit", place, text), "steps": found}


def _amount_of(value: Any) -> int:
    if not _AMOUNT.fullmatch(value):
        raise ValueError
    return int(value.replace(".", ""))


_OWN_RULES = {
    Criterion.Kind.GROWTH: _growth,
    Criterion.Kind.BAND: _levels,
    Criterion.Kind.ATTENDANCE: _attendance,
    Criterion.Kind.RATIO: _ratio,
    Criterion.Kind.CHECKLIST: _checklist,
    Criterion.Kind.AMOUNT: _amount,
}
