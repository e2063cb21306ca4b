"""Budgets: a list by year, with rupiah and the workers paid for; steps over what is counted decide.

Rules: ``{"counts": "years" | "workers" | "rupiah", "steps": [{"from", "points"}]}``; in the document figures are
"0.00". An answer is ``{"rows": [{"year", "rupiah", "workers", "title", "file"}]}``; without a row there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, rows, steps
from awards.criteria.answered import Value
from awards.criteria.exchange import Cell, Cells, Count, Facts, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.listed import Listed
from awards.criteria.rows import RowColumn
from awards.criteria.schema_reader import SchemaFaults
from paritrana.display import formats

if TYPE_CHECKING:
    from awards.models import Candidate, Criterion

COUNTED = {
    "years": gettext_lazy("years with a budget"),
    "workers": gettext_lazy("workers paid for"),
    "rupiah": gettext_lazy("rupiah"),
}


@register
class BudgetsKind(Listed):
    name = "budgets"
    label = gettext_lazy("list of budgets")
    order = 10
    rule_boxes = {"counts": boxes.choice(gettext_lazy("Counted"), list(COUNTED.items()))}
    rows = "steps"
    row_boxes = steps.ROW
    add_row = steps.ADD_STEP
    figures = frozenset({"from"})
    row_names = ("year", "rupiah", "workers", "title", "file")

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return {
            "counts": reading.take(source, "counts", place, _read_counts),
            "steps": steps.read(reading, source, place),
        }

    def rule_text(self, rules: Rules) -> str:
        return steps.told(rules["steps"], COUNTED[rules["counts"]])

    def row_columns(self, criterion: Criterion) -> list[RowColumn]:
        return [
            RowColumn("year", gettext_lazy("Year"), rows.year, is_number=True),
            RowColumn("rupiah", gettext_lazy("Budget in rupiah"), rows.people, is_number=True),
            RowColumn("workers", gettext_lazy("Workers paid for"), rows.people, is_required=False, is_number=True),
            RowColumn("title", gettext_lazy("Budget line"), rows.text(200), is_required=False, is_wide=True),
            rows.FILE,
        ]

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        return steps.reached(criterion.rules["steps"], counted(criterion.rules, value))

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        total = counted(criterion.rules, value) // 100
        return {"rows": [dict(row) for row in value["rows"]], "counts": criterion.rules["counts"], "total": total}

    def explain(self, facts: Facts) -> str:
        words = {"total": formats.count(facts["total"]), "counted": COUNTED[facts["counts"]]}
        total = _("%(total)s %(counted)s") % words
        return f"{total}: {super().explain(facts)}" if facts["rows"] else super().explain(facts)

    def row_text(self, row: Mapping[str, Any]) -> str:
        text = _("%(year)s: Rp %(rupiah)s") % {"year": row["year"], "rupiah": formats.count(row["rupiah"])}
        if row["workers"]:
            text += _(", %(workers)s workers") % {"workers": formats.count(row["workers"])}
        text += f" “{row['title']}”" if row["title"] else ""
        return text + (f" [{row['file']}]" if row["file"] else "")

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return steps.rows(criterion["rules"]["steps"])

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {COUNTED[criterion['rules']['counts']]}", "amount")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        figure = counted(criterion["rules"], given) / 100 if given is not None else None
        return [figure], steps.formula(cells)


def counted(rules: Rules, value: Value) -> int:
    """What the steps go by, in hundredths like they."""
    if rules["counts"] == "years":
        return 100 * len({row["year"] for row in value["rows"]})
    return 100 * sum(row[rules["counts"]] for row in value["rows"])


def _read_counts(value: Any) -> str:
    if value not in COUNTED:
        raise ValueError
    return str(value)
