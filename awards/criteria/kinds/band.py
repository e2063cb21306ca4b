"""Band: one level of a list, each with its points.

Rules: ``{"levels": [{"code", "label", "points"}]}``; in the document the points are "100.00". An answer is ``{"level":
code}``.
"""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import WHOLE, levels
from awards.criteria.answered import NOT_ANSWERED, Answered, AskedColumn, Value, refusal
from awards.criteria.exchange import Candidate, Cell, Cells, Count, Criterion, Facts, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults
from paritrana.display import formats
from paritrana.display.english import in_english, told_in_english

NO_SUCH_LEVEL = gettext_lazy("%(criterion)s has no such level.")


@register
class BandKind(Answered):
    name = "band"
    label = gettext_lazy("level reached")
    order = 4
    rows = "levels"
    row_boxes = levels.ROW
    add_row = levels.ADD_LEVEL

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return levels.read_levels(reading, source, place)

    def rule_text(self, rules: Rules) -> str:
        return levels.levels_text(rules)

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        rows = criterion.rules["levels"]
        choices = [
            (level["code"], format_lazy("{} · {}", told_in_english(level["label"]), formats.points(level["points"])))
            for level in rows
        ]
        return {
            "level": forms.ChoiceField(
                label=told_in_english(criterion.name),
                help_text=told_in_english(criterion.guidance),
                choices=[(NOT_ANSWERED, gettext_lazy("Not answered yet")), *choices],
                widget=forms.RadioSelect,
            )
        }

    def initial(self, value: Value | None) -> dict[str, Any]:
        return {"level": NOT_ANSWERED} | super().initial(value)

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        return [AskedColumn("level", choices=tuple(level["label"] for level in criterion.rules["levels"]))]

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        typed = str(cells["level"]).strip().casefold()
        rows = criterion.rules["levels"]
        code = next((one["code"] for one in rows if typed in (one["code"].casefold(), one["label"].casefold())), typed)
        return {"level": code}

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        if criterion.level(str(value.get("level"))) is None:
            raise refusal(NO_SUCH_LEVEL, "level", criterion)
        return {"level": value["level"]}

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        level = criterion.level(value["level"])
        return (level["points"], WHOLE) if level else (0, 0)

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        level = criterion.level(value["level"])
        return {"level": level["label"] if level else value["level"]}

    def explain(self, facts: Facts) -> str:
        return in_english(str(facts["level"]))

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return levels.level_rows(criterion)

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {_('level')}")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        known, points = levels.level_formulas(cells)
        return [levels.label_of(criterion, given["level"]) if given else None], f'IF({known}=0,"",{points})'
