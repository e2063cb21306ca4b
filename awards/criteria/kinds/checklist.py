"""Checklist: which items are true, each with its points.

Rules: ``{"items": [{"code", "label", "points", "scales"}]}``; an item with scales applies to those scales only. In the
document the points are "25.00" and ``"scales"*: ["besar"]`` may be left out. An answer is ``{"ticked": [codes]}``.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, levels
from awards.criteria.answered import Answered, AskedColumn, Value, refusal
from awards.criteria.exchange import Candidate, Cell, Cells, Count, Criterion, Facts, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, list_of, names
from awards.legal_scale import Scale
from paritrana.display import formats
from paritrana.display.english import in_english, told_in_english

DAY_LABOUR = "harian"
"""A further scale in checklists: construction with day labourers, whatever its legal scale."""
SCALES = [*((scale.value, scale.label) for scale in Scale), (DAY_LABOUR, gettext_lazy("workers by the day"))]
NONE_OF_THEM = "-"
NO_SUCH_ITEM = gettext_lazy("%(criterion)s has no such item for this scale.")


@register
class ChecklistKind(Answered):
    name = "checklist"
    label = gettext_lazy("checklist")
    order = 5
    rows = "items"
    row_boxes = {
        "code": boxes.hidden,
        "label": boxes.text(gettext_lazy("Item"), 120),
        "points": boxes.figure(gettext_lazy("Points")),
        "scales": boxes.ticks(gettext_lazy("Asked of"), SCALES, gettext_lazy("Nothing ticked: of everybody.")),
    }
    add_row = gettext_lazy("Add an item")
    several = frozenset({"scales"})

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        items = reading.take(source, "items", place, list_of) or []
        if not items:
            reading.fault(f"{place}.items", gettext_lazy("a checklist has at least one item."))
        found = [_read_item(reading, item, f"{place}.items[{n}]") for n, item in enumerate(items)]
        reading.once([item["code"] for item in found], f"{place}.items")
        return {"items": found}

    def rule_text(self, rules: Rules) -> str:
        return "; ".join(
            f"{in_english(item['label'])} {formats.hundredths(item['points'])}{_scales_text(item['scales'])}"
            for item in rules["items"]
        )

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        """The boxes, and one for "none of these": empty boxes alone are not an answer."""
        choices = [(item["code"], told_in_english(item["label"])) for item in _items_for(criterion, candidate)]
        return {
            "ticked": forms.MultipleChoiceField(
                label=told_in_english(criterion.name),
                help_text=told_in_english(criterion.guidance),
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            ),
            "none": forms.BooleanField(label=gettext_lazy("None of these")),
        }

    def is_by_scale(self, rules: Rules) -> bool:
        return any(item["scales"] for item in rules["items"])

    def initial(self, value: Value | None) -> dict[str, Any]:
        return super().initial(value) | {"none": value is not None and not value["ticked"]}

    def typed(self, parts: dict[str, Any]) -> dict[str, Any] | None:
        ticked = {"ticked": parts["ticked"]}
        return ticked if parts["none"] else super().typed(ticked)

    def contradiction(self, parts: Mapping[str, Any]) -> ValidationError | None:
        if parts["ticked"] and parts["none"]:
            return ValidationError(_("Tick the items, or “none of these”."), code="contradiction")
        return None

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        codes = ", ".join(f"{item['code']} = {item['label']}" for item in criterion.rules["items"])
        return [AskedColumn("ticked", hint=_("codes apart by commas, “-” for none: %(codes)s") % {"codes": codes})]

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        typed = str(cells["ticked"]).strip()
        items = {one["code"].casefold(): one["code"] for one in criterion.rules["items"]}
        items |= {one["label"].casefold(): one["code"] for one in criterion.rules["items"]}
        named = [] if typed == NONE_OF_THEM else [text.strip() for text in re.split("[,;\n]", typed) if text.strip()]
        return {"ticked": [items.get(text.casefold(), text) for text in named]}

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        known = [item["code"] for item in _items_for(criterion, candidate)]
        ticked = value.get("ticked")
        if not isinstance(ticked, list) or not set(ticked) <= set(known):
            raise refusal(NO_SUCH_ITEM, "item", criterion)
        return {"ticked": [code for code in known if code in ticked]}

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        asked = _items_for(criterion, candidate)
        earned = sum(item["points"] for item in asked if item["code"] in value["ticked"])
        return earned, sum(item["points"] for item in asked)

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        return {"items": [item["label"] for item in criterion.rules["items"] if item["code"] in value["ticked"]]}

    def explain(self, facts: Facts) -> str:
        return ", ".join(map(in_english, facts["items"])) or _("none of them")

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return {
            f"item {item['code']}": [[_("item"), item["label"], None, None, item["points"] / 100]]
            for item in criterion["rules"]["items"]
        }

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [
            Head(
                f"{criterion['name']}: {item['label']}",
                "whole",
                (cells.points(f"item {item['code']}"), item["points"] / 100),
                "points",
            )
            for item in criterion["rules"]["items"]
        ]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given, items = contender["answers"].get(criterion["slug"]), criterion["rules"]["items"]
        own, points = cells.across(len(items)), cells.tops(len(items))
        earned, possible = (
            f"ROUND(SUMPRODUCT({which}*{points})*100,0)" for which in (f"({own}=1)", f"ISNUMBER({own})")
        )
        formula = f'IF(COUNT({own})=0,"",ROUND({earned}*10000/{possible},0)/100)'
        asked = [not item["scales"] or contender["scale"] in item["scales"] for item in items]
        if given is None:
            return [None] * len(items), formula
        ticks = [int(item["code"] in given["ticked"]) for item in items]
        return [tick if is_asked else None for tick, is_asked in zip(ticks, asked, strict=True)], formula


def _read_item(reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
    scales = reading.take(source, "scales", place, names, []) or []
    for scale in sorted(set(scales) - {*Scale.values, DAY_LABOUR}):
        reading.fault(f"{place}.scales", gettext_lazy("“%(value)s” cannot be used here."), value=scale)
    item = levels.read_level(reading, source, place) | {"scales": scales}
    if item["points"] == 0:
        reading.fault(f"{place}.points", gettext_lazy("an item of a checklist counts for more than 0.00."))
    return item


def _items_for(criterion: Criterion, candidate: Candidate) -> list[dict[str, Any]]:
    """The items that apply to this candidate: those for every scale and those for its own."""
    scale = DAY_LABOUR if candidate.is_day_labour else candidate.scale
    return [item for item in criterion.rules["items"] if not item["scales"] or scale in item["scales"]]


def _scales_text(scales: list[str]) -> str:
    words = {scale.value: str(scale.label) for scale in Scale}
    return f" ({', '.join(words.get(scale, scale) for scale in scales)})" if scales else ""
