"""Base of the lists of which a criterion counts something; steps over what is counted decide.

Rules: ``{"counts": one of ``counted``, "steps": [{"from", "points"}]}``; in the document figures are "0.00".
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import boxes, steps
from awards.criteria.answered import Value
from awards.criteria.exchange import Candidate, Cell, Cells, Count, Criterion, Facts, Head
from awards.criteria.kind import Made, Rules
from awards.criteria.listed import Listed
from awards.criteria.schema_reader import SchemaFaults
from paritrana.display import formats

COUNTED_BOX = gettext_lazy("Counted")


def counts_box(counted: Mapping[str, Any]) -> boxes.Boxes:
    return {"counts": boxes.choice(COUNTED_BOX, list(counted.items()))}


class CountedList(Listed):
    counted: ClassVar[dict[str, Any]] = {}
    """What may be counted, with its words."""
    different: ClassVar[dict[str, str]] = {"years": "year", "kinds": "kind"}
    """Of these parts of the rows the different ones are counted; all others are added up."""
    rows = "steps"
    row_boxes = steps.ROW
    add_row = steps.ADD_STEP
    figures = frozenset({"from"})

    def read_rules(self, reading: SchemaFaults, source: Any, place: str) -> dict[str, Any]:
        return {
            "counts": reading.take(source, "counts", place, self._read_counts),
            "steps": steps.read(reading, source, place),
        }

    def _read_counts(self, value: Any) -> str:
        if value not in self.counted:
            raise ValueError
        return str(value)

    def rule_text(self, rules: Rules) -> str:
        return steps.in_words(rules["steps"], self.counted[rules["counts"]])

    def count(self, rules: Rules, value: Value) -> int:
        """What the steps go by, in hundredths like they."""
        counts = rules["counts"]
        if part := self.different.get(counts):
            return 100 * len({row[part] for row in value["rows"]})
        return 100 * sum(row[counts] for row in value["rows"])

    def earned(self, criterion: Criterion, value: Value, candidate: Candidate) -> Count:
        return steps.reached(criterion.rules["steps"], self.count(criterion.rules, value))

    def facts(self, criterion: Criterion, value: Value) -> Facts:
        total = self.count(criterion.rules, value) // 100
        return {"rows": [dict(row) for row in value["rows"]], "counts": criterion.rules["counts"], "total": total}

    def explain(self, facts: Facts) -> str:
        words = {"total": formats.count(facts["total"]), "counted": self.counted[facts["counts"]]}
        total = _("%(total)s %(counted)s") % words
        return f"{total}: {super().explain(facts)}" if facts["rows"] else super().explain(facts)

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        return steps.rows(criterion["rules"]["steps"])

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        return [Head(f"{criterion['name']}: {self.counted[criterion['rules']['counts']]}", "amount")]

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        given = contender["answers"].get(criterion["slug"])
        figure = self.count(criterion["rules"], given) / 100 if given is not None else None
        return [figure], steps.formula(cells)
