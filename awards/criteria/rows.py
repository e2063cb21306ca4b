"""Answers that are a list of rows, such as regulations or budgets: one form field for all of them.

Every box of the list has the same name, so that drafts and saving while typing see one field with many values.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria.answered import is_count
from paritrana.display import formats
from paritrana.display.english import in_english
from paritrana.display.numbers import parse_count

Row = dict[str, Any]
MOST_ROWS = 30
EMPTY_ROWS = 3
FIRST_YEAR, LAST_YEAR = 1945, 2100


class RowColumn(NamedTuple):
    """``read`` turns the typed text into the stored value; ValueError or ValidationError refuse it."""

    name: str
    label: Any
    read: Callable[[str], Any]
    is_required: bool = True
    choices: tuple[tuple[str, Any], ...] = ()
    is_number: bool = False
    is_wide: bool = False


def text(most: int) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if len(typed) > most:
            raise ValidationError(_("at most %(most)s characters") % {"most": most})
        return typed

    return read


def year(typed: str) -> int:
    if not typed.isascii() or not typed.isdecimal() or not FIRST_YEAR <= int(typed[:6]) <= LAST_YEAR:
        raise ValidationError(_("four digits, such as 2024"))
    return int(typed)


def people(typed: str) -> int:
    return parse_count(typed)


FILE_COLUMN = "file"
"""It names a file attached to the same criterion."""
FILE = RowColumn(FILE_COLUMN, gettext_lazy("Name of the attached file"), text(120), is_required=False)


REGULATION = ("kind", "number", "year", "title", "workers", FILE_COLUMN)


def regulation_columns(kinds: tuple[tuple[str, Any], ...]) -> list[RowColumn]:
    """The columns of a list of regulations whose kind is one of these."""
    return [
        RowColumn("kind", gettext_lazy("Kind"), str, choices=kinds),
        RowColumn("number", gettext_lazy("Number"), text(60)),
        RowColumn("year", gettext_lazy("Year"), year, is_number=True),
        RowColumn("title", gettext_lazy("Title of the regulation"), text(200), is_wide=True),
        RowColumn("workers", gettext_lazy("Workers reached"), people, is_required=False, is_number=True),
        FILE,
    ]


def regulation_text(row: Mapping[str, Any]) -> str:
    words = {"kind": in_english(row["kind"]), "number": row["number"], "year": row["year"], "title": row["title"]}
    sentence = _("%(kind)s %(number)s/%(year)s “%(title)s”") % words
    if row["workers"]:
        sentence += _(", %(workers)s workers") % {"workers": formats.count(row["workers"])}
    return sentence + file_text(row)


def file_text(row: Mapping[str, Any]) -> str:
    return f" [{row[FILE_COLUMN]}]" if row[FILE_COLUMN] else ""


class RowsWidget(forms.Widget):
    """``files`` are the names proposed for the column of files: those attached already."""

    use_fieldset = True
    files: Sequence[str] = ()

    def __init__(self, columns: Sequence[RowColumn]) -> None:
        self.columns = columns
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name) or [])

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        texts = list(value or [])
        width = len(self.columns)
        known = [texts[start : start + width] for start in range(0, len(texts), width)]
        typed = [row for row in known if any(row)] or []
        empty = [[""] * width] * min(EMPTY_ROWS, MOST_ROWS - len(typed))
        lines = [
            [(column, row[at] if at < len(row) else "") for at, column in enumerate(self.columns)]
            for row in [*typed, *empty]
        ]
        context = {"columns": self.columns, "lines": lines, "name": name, "files": self.files}
        context["id"] = (attrs or {}).get("id", f"id_{name}")
        return render_to_string("awards/nominations/_rows_box.html", context)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_1_1"


class RowsField(forms.Field):
    """The filled rows in order; an error names the row and the column."""

    def __init__(self, columns: Sequence[RowColumn], **more: Any) -> None:
        self.columns = columns
        super().__init__(widget=RowsWidget(columns), **more)

    def to_python(self, value: Any) -> list[Row]:
        width = len(self.columns)
        texts = [str(one).strip() for one in value or []]
        rows = [texts[start : start + width] for start in range(0, len(texts), width)]
        found: list[Any] = []
        faults: list[Any] = []
        for number, row in enumerate(rows, 1):
            if any(row):
                found.append(self._row(number, row + [""] * (width - len(row)), faults))
        if len(found) > MOST_ROWS:
            faults.append(ValidationError(_("At most %(most)s rows.") % {"most": MOST_ROWS}))
        if faults:
            raise ValidationError(faults)
        return found

    def _row(self, number: int, row: list[str], faults: list[ValidationError]) -> Row:
        found: Row = {}
        for column, typed in zip(self.columns, row, strict=True):
            try:
                found[column.name] = self._cell(column, typed)
            except (ValueError, ValidationError) as error:
                why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                words = {"row": number, "column": column.label, "why": why}
                faults.append(ValidationError(_("Row %(row)s, %(column)s: %(why)s") % words))
        return found

    def _cell(self, column: RowColumn, typed: str) -> Any:
        if not typed:
            if column.is_required:
                raise ValidationError(_("fill it in"))
            return 0 if column.is_number else ""
        if column.choices and typed not in dict(column.choices):
            raise ValidationError(_("choose one of the list"))
        return column.read(typed)


def checked(columns: Sequence[RowColumn], rows: Any) -> list[Row] | None:
    """Rows in their stored form; None where they are no such rows."""
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return None
    names = {column.name for column in columns}
    numbers = {column.name for column in columns if column.is_number}
    for row in rows:
        if not isinstance(row, dict) or set(row) != names:
            return None
        if not all(is_count(row[name]) if name in numbers else isinstance(row[name], str) for name in names):
            return None
        if not all(row[column.name] in dict(column.choices) for column in columns if column.choices):
            return None
    return [{column.name: row[column.name] for column in columns} for row in rows]


def read_cell(columns: Sequence[RowColumn], typed: str) -> list[Row]:
    """Rows from one cell of a workbook: rows apart by ``;``, their parts by ``|``. “-” is no row."""
    if typed.strip() == "-":
        return []
    width = len(columns)
    flat: list[str] = []
    for line in filter(None, (part.strip() for part in typed.split(";"))):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > width:
            raise ValidationError(_("A row has at most %(width)s parts.") % {"width": width}, code="rows")
        flat += parts + [""] * (width - len(parts))
    return RowsField(columns).clean(flat)


def hint(columns: Sequence[RowColumn]) -> str:
    parts = " | ".join(str(column.label) for column in columns)
    return _("rows apart by semicolons, “-” for none: %(parts)s") % {"parts": parts}
