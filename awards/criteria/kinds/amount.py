"""Amount: a sum of money or another measure; the highest step reached decides.

Rules: ``{"unit", "steps": [{"from", "points"}]}``, rising, the first from 0; in the document both figures are "0.00".
An answer is ``{"amount": hundredths}``.
"""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, steps
from awards.criteria.answered import LARGEST, Answered, AskedColumn, Value, is_count, refusal
from awards.criteria.exchange import Candidate, Cell, Cells, Count, Criterion, Facts, Head
from awards.criteria.kind import Made, Rules, register
from awards.criteria.schema_reader import SchemaFaults, within
from paritrana.display import formats
from paritrana.display.english import in_english, told_in_english
from paritrana.display.numbers import HundredthsField, parse_hundredths

CURRENCIES = {"Rp", "IDR"}
NOT_AN_AMOUNT = gettext_lazy("%(criterion)s: the amount cannot be used.")


class AmountField(HundredthsField):
    """Allows larger figures than scores, e.g. budgets."""

    parse = staticmethod(partial(parse_hundredths, largest=LARGEST - 1))


@register
class AmountKind(Answered):
    name = "amount"
    label = gettext_lazy("amount")
    order = 6
    rule_boxes = {"unit": boxes.text(gettext_lazy("Unit"), 20, help_text=gettext_lazy("For example Rp, or months."))}
    rows = "steps"
    row_boxes = steps.ROW
    add_row = steps.ADD_STEP
    figures = frozenset({"from"})

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return {"unit": reading.take(source, "unit", place, within(20)), "steps": steps.read(reading, source, place)}

    def rule_text(self, rules: Rules) -> str:
        return steps.in_words(rules["steps"], in_english(rules["unit"]))

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        field = AmountField(
            label=told_in_english(criterion.name), help_text=told_in_english(criterion.guidance), max_value=LARGEST - 1
        )
        return {"amount": field}

    def unit(self, criterion: Criterion, part: str) -> str:
        return in_english(str(criterion.rules["unit"])) if part == "amount" else ""

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        return [AskedColumn("amount", criterion.rules["unit"], is_number=True)]

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        value = cells["amount"]
        if isinstance(value, int | float):
            hundredths = round(value * 100)
            if abs(value * 100 - hundredths) > 1e-6 or hundredths < 0:
                raise ValidationError(_("Write an amount of at most two decimals, not below zero."), code="amount")
            return {"amount": hundredths}
        return {"amount": parse_hundredths(str(value))}

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        if not is_count(value.get("amount")):
            raise refusal(NOT_AN_AMOUNT, "amount", criterion)
        return {"amount": value["amount"]}

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        return steps.reached(criterion.rules["steps"], value["amount"])

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        return {"unit": criterion.rules["unit"], "amount": value["amount"]}

    def explain(self, facts: Facts) -> str:
        """A currency comes before its figure, any other unit after it."""
        unit, amount = in_english(facts["unit"]), formats.hundredths(facts["amount"])
        return f"{unit} {amount}" if unit in CURRENCIES else f"{amount} {unit}"

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return steps.rows(criterion["rules"]["steps"])

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {criterion['rules'].get('unit', '')}", "amount")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        return [given["amount"] / 100 if given else None], steps.formula(cells)
