"""Regulations counted: how many kinds, how many years, or how many people a list of them reaches; steps decide.

An answer is a list as of ``regulations``, with the usual forms of regulation instead of the rubric's own kinds.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from awards.criteria import rows
from awards.criteria.answered import Value
from awards.criteria.counted import CountedList, counts_box
from awards.criteria.exchange import Criterion, Facts
from awards.criteria.kind import register
from awards.criteria.rows import REGULATION, RowColumn

FORMS = {
    "perda": gettext_lazy("Regional regulation (Perda)"),
    "perkada": gettext_lazy("Regulation of the head of the region (Pergub, Perbup, Perwal)"),
    "perdes": gettext_lazy("Village regulation (Perdes)"),
    "keputusan": gettext_lazy("Decree (SK)"),
    "edaran": gettext_lazy("Circular (SE)"),
    "instruksi": gettext_lazy("Instruction"),
    "mou": gettext_lazy("Agreement (MoU)"),
}
"""The forms governments use; what each is worth is the business of the kind ``regulations``."""


@register
class RegulationCountsKind(CountedList):
    name = "rule-counts"
    label = gettext_lazy("count of regulations")
    order = 11
    counted = {
        "kinds": gettext_lazy("kinds of regulation"),
        "years": gettext_lazy("years with a regulation"),
        "workers": gettext_lazy("workers reached"),
    }
    rule_boxes = counts_box(counted)
    row_names = REGULATION

    def row_columns(self, criterion: Criterion) -> list[RowColumn]:
        return rows.regulation_columns(tuple(FORMS.items()))

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        found = super().facts(criterion, value)
        return found | {"rows": [row | {"kind": str(FORMS.get(row["kind"], row["kind"]))} for row in found["rows"]]}

    def row_text(self, row: Mapping[str, Any]) -> str:
        return rows.regulation_text(row)
