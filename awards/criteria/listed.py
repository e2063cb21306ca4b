"""Base of the kinds whose answer is a list of rows, each ticked by whoever verifies the nomination."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import rows
from awards.criteria.answered import Answered, AskedColumn, Value, refusal
from awards.criteria.exchange import Candidate, Criterion, Facts
from awards.criteria.rows import RowColumn, RowsField
from paritrana.display.english import told_in_english

FAULTY_ROWS = gettext_lazy("%(criterion)s: the rows cannot be used.")


class Listed(Answered):
    """An answer is ``{"rows": [...]}``; without a row it says that there is nothing to list."""

    is_listed = True
    row_names: tuple[str, ...] = ()
    """The parts of a row in the order of its columns."""

    def row_columns(self, criterion: Criterion) -> list[RowColumn]:
        raise NotImplementedError

    def row_text(self, row: Mapping[str, Any]) -> str:
        """A row of ``facts`` as a sentence."""
        raise NotImplementedError

    def fields(self, criterion: Criterion, candidate: Candidate) -> dict[str, forms.Field]:
        """The rows, and one box for "there is none": empty rows alone are not an answer."""
        columns = self.row_columns(criterion)
        return {
            "rows": RowsField(
                columns, label=told_in_english(criterion.name), help_text=told_in_english(criterion.guidance)
            ),
            "none": forms.BooleanField(label=gettext_lazy("There is none")),
        }

    def initial(self, value: Value | None) -> dict[str, Any]:
        texts = [str(row.get(name) or "") for row in value["rows"] for name in self.row_names] if value else []
        return {"rows": texts, "none": value is not None and not value["rows"]}

    def typed(self, parts: dict[str, Any]) -> dict[str, Any] | None:
        given = {"rows": parts["rows"] or []}
        return given if parts["none"] or given["rows"] else None

    def contradiction(self, parts: Mapping[str, Any]) -> ValidationError | None:
        if parts["rows"] and parts["none"]:
            return ValidationError(_("Fill in the rows, or tick “there is none”."), code="contradiction")
        return None

    def columns(self, criterion: Criterion) -> list[AskedColumn]:
        return [AskedColumn("rows", hint=rows.hint(self.row_columns(criterion)))]

    def read_cells(self, criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
        return {"rows": rows.read_cell(self.row_columns(criterion), str(cells["rows"]))}

    def check(self, criterion: Criterion, value: Value, candidate: Candidate) -> dict[str, Any]:
        found = rows.checked(self.row_columns(criterion), value.get("rows"))
        if found is None:
            raise refusal(FAULTY_ROWS, "rows", criterion)
        return {"rows": found}

    def explain(self, facts: Facts) -> str:
        return "; ".join(map(self.row_text, facts["rows"])) or _("none")

    def row_texts(self, criterion: Criterion, value: Value) -> list[tuple[str, str]]:
        """Each row in words, and the name of its file."""
        found = self.facts(criterion, value)["rows"]
        return [(self.row_text(row | {rows.FILE_COLUMN: ""}), row[rows.FILE_COLUMN]) for row in found]
