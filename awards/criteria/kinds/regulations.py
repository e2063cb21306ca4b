"""Regulations: a list of them, each with its kind; the kind that counts most decides.

Rules: ``{"levels": [{"code", "label", "points"}]}``, the kinds of regulation; in the document points are "100.00". An
answer is ``{"rows": [{"kind", "number", "year", "title", "workers", "file"}]}``; without a row it says there is none.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import WHOLE, levels, rows
from awards.criteria.answered import Value
from awards.criteria.exchange import Candidate, Cell, Cells, Count, Criterion, Facts, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.listed import Listed
from awards.criteria.rows import REGULATION, RowColumn
from awards.criteria.schema_reader import SchemaFaults
from paritrana.display.english import told_in_english


@register
class RegulationsKind(Listed):
    name = "regulations"
    label = gettext_lazy("list of regulations")
    order = 9
    rows = "levels"
    row_boxes = levels.ROW
    add_row = gettext_lazy("Add a kind of regulation")
    row_names = REGULATION

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return levels.read_levels(reading, source, place)

    def rule_text(self, rules: Rules) -> str:
        return _("the highest of: %(levels)s") % {"levels": levels.levels_text(rules)}

    def row_columns(self, criterion: Criterion) -> list[RowColumn]:
        kinds = tuple((level["code"], told_in_english(level["label"])) for level in criterion.rules["levels"])
        return rows.regulation_columns(kinds)

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        found = (criterion.level(row["kind"]) for row in value["rows"])
        return max((level["points"] for level in found if level), default=0), WHOLE

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        labels = {level["code"]: level["label"] for level in criterion.rules["levels"]}
        return {"rows": [row | {"kind": labels.get(row["kind"], row["kind"])} for row in value["rows"]]}

    def row_text(self, row: Mapping[str, Any]) -> str:
        return rows.regulation_text(row)

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return levels.level_rows(criterion)

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {_('highest kind')}"), Head(f"{criterion['name']}: {_('rows')}", "whole")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        known, points = levels.level_formulas(cells)
        count = cells.cell(1)
        formula = f'IF({count}="","",IF({count}=0,0,IF({known}=0,"",{points})))'
        if given is None:
            return [None, None], formula
        kinds = {row["kind"] for row in given["rows"]}
        best = max(
            (level for level in criterion["rules"]["levels"] if level["code"] in kinds),
            key=lambda level: level["points"],
            default=None,
        )
        return [levels.label_of(criterion, best["code"]) if best else None, len(given["rows"])], formula
