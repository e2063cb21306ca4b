"""Ratio: two counts, the first a part of the second.

Rules: ``{"part", "whole"}``, the labels of the two counts, and ``"fixed"`` where the whole is always the same; the same
in the document. An answer is ``{"part": 11, "whole": 12}``.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, written_steps
from awards.criteria.answered import Answered, AskedColumn, Value, is_count, refusal
from awards.criteria.exchange import Candidate, Cells, Count, Criterion, Facts, Figure, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, count, within
from paritrana.display import formats
from paritrana.display.english import in_english, told_in_english
from paritrana.display.numbers import CountField, read_count

NOT_OF_FIXED = gettext_lazy("%(criterion)s: type a number from 0 to %(whole)s.")
NOT_BOTH = gettext_lazy("%(criterion)s: type both numbers.")
NOT_A_PART = gettext_lazy("%(criterion)s: %(part)s is more than %(whole)s. A part cannot be more than the whole.")


def _fixed() -> forms.Field:
    return CountField(
        label=gettext_lazy("Always out of"),
        required=False,
        min_value=1,
        max_value=9_999,
        help_text=gettext_lazy("For example 12 months; empty when it is asked."),
    )


@register
class RatioKind(Answered):
    name = "ratio"
    label = gettext_lazy("part of a whole")
    order = 3
    rule_boxes = {
        "part": boxes.text(gettext_lazy("What is counted"), 120),
        "whole": boxes.text(gettext_lazy("Out of"), 120),
        "fixed": _fixed,
    }

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        rules = {
            "part": reading.take(source, "part", place, within(120)),
            "whole": reading.take(source, "whole", place, within(120)),
        }
        fixed = reading.take(source, "fixed", place, count, None)
        return rules if fixed is None else rules | {"fixed": fixed}

    def rule_text(self, rules: Rules) -> str:
        part, whole = in_english(rules["part"]), in_english(rules["whole"])
        return _("%(part)s of %(whole)s") % {
            "part": part,
            "whole": f"{whole} ({rules['fixed']})" if rules.get("fixed") else whole,
        }

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        rules = criterion.rules
        part = CountField(label=told_in_english(rules["part"]), help_text=told_in_english(criterion.guidance))
        whole = CountField(label=told_in_english(rules["whole"]))
        return {"part": part} if "fixed" in rules else {"part": part, "whole": whole}

    def unit(self, criterion: Criterion, part: str) -> str:
        if part != "part" or "fixed" not in criterion.rules:
            return ""
        return _("of %(whole)s") % {"whole": formats.count(criterion.rules["fixed"])}

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        parts = ("part",) if criterion.rules.get("fixed") else ("part", "whole")
        return [AskedColumn(part, criterion.rules[part], is_number=True) for part in parts]

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        return {part: read_count(value) for part, value in cells.items()}

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        fixed = criterion.rules.get("fixed")
        part, whole = value.get("part"), fixed or value.get("whole")
        if part is None or whole is None or not (is_count(part) and is_count(whole)):
            raise refusal(NOT_OF_FIXED if fixed else NOT_BOTH, "counts", criterion, whole=whole)
        if part > whole:
            words = {"part": formats.count(part), "whole": formats.count(whole)}
            raise refusal(NOT_OF_FIXED if fixed else NOT_A_PART, "counts", criterion, **words)
        return {"part": part, "whole": whole}

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        return value["part"], value["whole"]

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        return dict(value)

    def explain(self, facts: Facts) -> str:
        words = {"part": formats.count(facts["part"]), "whole": formats.count(facts["whole"])}
        return _("%(part)s of %(whole)s") % words

    def calculation(self, part: int, whole: int, score: Figure) -> str:
        return written_steps.percentage(part, whole, score) if whole else ""

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        rules = criterion["rules"]
        return [Head(f"{criterion['name']}: {rules.get(word, word)}", "count") for word in ("part", "whole")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        part, whole = cells.cell(), cells.cell(1)
        formula = f'IF(COUNT({part},{whole})<2,"",IF({whole}=0,"",ROUND({part}*10000/{whole},0)/100))'
        return ([given["part"], given["whole"]] if given else [None, None]), formula
