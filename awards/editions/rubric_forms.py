"""The rubric of a category as one form: aspects, criteria, and the rows of each criterion's rule.

Fields are named after their place in the document (``rubric-0-criteria-1-weight``), so a fault of the document is shown
at the field concerned.
"""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards.criteria import WHOLE
from awards.criteria.boxes import Boxes, SignedHundredthsField
from awards.criteria.kind import FIGURES, Kind
from awards.criteria.kinds import KINDS
from awards.editions import form_fields
from awards.editions.export import decimal
from awards.editions.form_trees import Tree, flat
from awards.editions.rubric_actions import read_document
from awards.editions.rubric_diff import with_titles_following
from awards.models import Criterion
from paritrana.display import faults, formats
from paritrana.display.numbers import show_count

NEW_KIND = Criterion.Kind.MARK


def tree_of(document: dict[str, Any]) -> Tree:
    """The form texts of a normalised document."""
    alone = {"trims": "on"} if document["trims"] else {}
    return alone | {
        "rubric": [
            {"slug": aspect["slug"], "name": aspect["name"], "criteria": [_typed(one) for one in aspect["criteria"]]}
            for aspect in document["rubric"]
        ]
    }


def _typed(criterion: dict[str, Any]) -> Tree:
    kind, rules = KINDS[criterion["kind"]], criterion["rules"]
    note = rules.get("note", {})
    plain = {key: criterion[key] for key in ("slug", "name", "kind", "guidance", "evidence", "legal_basis", "segments")}
    ticks = {"evidence_required": criterion["evidence_required"], "note_required": note.get("required", False)}
    figures = {key: value for key in ("weight", "minimum") if (value := criterion[key]) is not None}
    shown = {key: SignedHundredthsField.show(value) for key, value in figures.items()}
    own = {key: _shown(kind, key, value) for key, value in rules.items() if key not in ("note", kind.rows)}
    rows = [{part: _shown(kind, part, value) for part, value in row.items()} for row in rules.get(kind.rows, [])]
    typed = plain | {key: "on" for key, is_on in ticks.items() if is_on} | shown | own
    return typed | {"note_label": note.get("label", "")} | ({kind.rows: rows} if kind.rows else {})


def _shown(kind: Kind, part: str, value: Any) -> Any:
    """A part of a rule, or of one of its rows, as form text."""
    if isinstance(value, bool):
        return "on" if value else ""
    if not isinstance(value, int):
        return value
    return SignedHundredthsField.show(value) if part in FIGURES | kind.figures else show_count(value)


class RubricForm(forms.Form):
    """``titles_of`` is the normalised document whose titles are kept; see ``rubric_diff.with_titles_following``."""

    touched = ""
    """The row just added, moved or changed to another kind: it is shown open."""

    def __init__(self, tree: Tree, *, before: dict[str, Any], is_sent: bool = False) -> None:
        self.tree, self.before = tree, before
        typed = dict(flat(tree))
        super().__init__(typed if is_sent else None, initial=typed)
        for name, make in self._boxes():
            self.fields[name] = make()

    def _boxes(self) -> Iterator[tuple[str, Any]]:
        yield from form_fields.ALONE.items()
        for n, aspect in enumerate(self.tree["rubric"]):
            yield from _named(f"rubric-{n}", form_fields.ASPECT)
            for m, criterion in enumerate(aspect.get("criteria", [])):
                place, kind = f"rubric-{n}-criteria-{m}", self.kind(criterion)
                yield from _named(place, form_fields.CRITERION | form_fields.of_kind(kind) | form_fields.answered(kind))
                for r, _row in enumerate(criterion.get(kind.rows, [])):
                    yield from _named(f"{place}-{kind.rows}-{r}", kind.row_boxes)

    @staticmethod
    def kind(criterion: Tree) -> Kind:
        return KINDS.get(str(criterion.get("kind", "")), KINDS[NEW_KIND])

    def aspects(self) -> list[dict[str, Any]]:
        """Aspects with their criteria and rows for the template: the row's ``name`` and its bound ``boxes``."""
        return [
            self._drawn(f"rubric-{n}", form_fields.ASPECT)
            | {"criteria": [self._criterion(n, m, one) for m, one in enumerate(aspect.get("criteria", []))]}
            for n, aspect in enumerate(self.tree["rubric"])
        ]

    def _drawn(self, place: str, own: Any) -> dict[str, Any]:
        return {"name": place, "boxes": {name: self[f"{place}-{name}"] for name in own}}

    def _criterion(self, n: int, m: int, criterion: Tree) -> dict[str, Any]:
        place, kind = f"rubric-{n}-criteria-{m}", self.kind(criterion)
        rows = kind.rows
        own = [(self[f"{place}-{name}"], kind.units.get(name, "")) for name in form_fields.of_kind(kind)]
        asked = [self[f"{place}-{name}"] for name in form_fields.answered(kind)]
        return self._drawn(place, form_fields.CRITERION) | {
            "kind": kind.name,
            "own": own,
            "asked": asked,
            "rows_name": f"{place}-{rows}" if rows else "",
            "add_row": kind.add_row,
            "rows": [
                self._drawn(f"{place}-{rows}-{r}", kind.row_boxes) for r, _row in enumerate(criterion.get(rows, []))
            ],
            "is_open": any(f"{name}-".startswith(f"{place}-") for name in (self.touched, *self.errors)),
        }

    def faults(self) -> list[tuple[str, forms.BoundField, str]]:
        return faults_of(self)

    @property
    def weight_sum(self) -> int:
        """The sum of the weights that can be read, in basis points."""
        total = 0
        for name, field in self.fields.items():
            if name.endswith("-weight"):
                try:
                    total += field.clean(self[name].value()) or 0
                except ValidationError:
                    continue
        return total

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        if not sum_is_whole(self, self.weight_sum):
            return self.cleaned_data
        try:
            read_document(self.document())
        except ValidationError as error:
            for fault in error.error_list:
                self.add_error(box_at(self, (fault.params or {}).get("place", "")), without_place(fault))
        else:
            aspects = read_document({"rubric": self.document()["rubric"], "titles": []})["rubric"]
            self.wanted = with_titles_following(self.before, aspects) | {"trims": self.cleaned_data["trims"]}
        return self.cleaned_data

    def document(self) -> dict[str, Any]:
        """The typed values as a document; missing slugs are made from the names."""
        taken: set[str] = set()
        aspects = []
        for n, aspect in enumerate(self.tree["rubric"]):
            place = f"rubric-{n}"
            criteria = [
                self._document_of(f"{place}-criteria-{m}", one) for m, one in enumerate(aspect.get("criteria", []))
            ]
            aspects.append(self._got(place, ("slug", "name")) | {"criteria": criteria})
        for one in aspects:
            one["slug"] = short_name(one, "slug", "name", taken)
        taken = set()
        for one in (criterion for aspect in aspects for criterion in aspect["criteria"]):
            one["slug"] = short_name(one, "slug", "name", taken)
        return {"rubric": aspects, "titles": []}

    def _got(self, place: str, names: Any) -> dict[str, Any]:
        return {name: self.cleaned_data[f"{place}-{name}"] for name in names}

    def _document_of(self, place: str, criterion: Tree) -> dict[str, Any]:
        kind = self.kind(criterion)
        got = self._got(place, [*form_fields.CRITERION, *form_fields.of_kind(kind), *form_fields.answered(kind)])
        note, is_needed = got.pop("note_label", ""), got.pop("note_required", False)
        document = {key: _spelled(kind, key, value) for key, value in got.items() if value not in (None, "", [], False)}
        document = {"slug": "", **document} | {"weight": decimal(got["weight"])}
        if note:
            document["note"] = {"label": note, "required": is_needed}
        if rows := kind.rows:
            taken: set[str] = set()
            names = [f"{place}-{rows}-{r}" for r, _row in enumerate(criterion.get(rows, []))]
            document[rows] = [_row_document(kind, self._got(name, kind.row_boxes), taken) for name in names]
        return document


def _named(place: str, own: Boxes) -> Iterator[tuple[str, Any]]:
    return ((f"{place}-{name}", make) for name, make in own.items())


def _spelled(kind: Kind, key: str, value: Any) -> Any:
    return decimal(value) if key in FIGURES | kind.figures | {"minimum"} else value


def _row_document(kind: Kind, row: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    document = {key: _spelled(kind, key, value) for key, value in row.items() if value is not False and value != []}
    return document | ({"code": short_name(row, "code", "label", taken)} if "code" in row else {})


def short_name(row: dict[str, Any], key: str, name: str, taken: set[str]) -> str:
    """The slug of a row, or one made from its name; different from those in ``taken``, to which it is added."""
    stem = row[key] or slugify(row[name])[:36].strip("-") or "x"
    found = next(each for n in range(1, len(taken) + 2) if (each := stem if n == 1 else f"{stem}-{n}") not in taken)
    taken.add(found)
    return found


def sum_is_whole(form: forms.Form, total: int, name: str | None = None) -> bool:
    """Whether the weights sum to 100.00; if not, the error states the sum and the difference."""
    if total == WHOLE:
        return True
    params = {"total": formats.hundredths(total), "off": formats.hundredths(abs(WHOLE - total))}
    text = (
        _("The weights sum to %(total)s: %(off)s is missing.")
        if total < WHOLE
        else _("The weights sum to %(total)s: %(off)s too much.")
    )
    form.add_error(name, ValidationError(text, code="sum", params=params))
    return False


def faults_of(form: forms.Form) -> list[tuple[str, forms.BoundField, str]]:
    """(aspect and criterion or title, field, message) for the list above the form."""
    found = []
    for bound in form:
        parts = bound.html_name.split("-")
        inside = ["-".join(parts[:end]) for end in range(2, len(parts), 2)]
        names = [form[f"{place}-name"].value() for place in inside if f"{place}-name" in form.fields]
        found += [(" · ".join(filter(None, names)), bound, message) for message in faults.faults_of(bound)]
    return found


def without_place(fault: ValidationError) -> ValidationError:
    """The fault without its place, for display at its field."""
    return ValidationError(str((fault.params or {}).get("fault", fault.messages[0])), code="rubric")


def box_at(form: forms.Form, place: str) -> str | None:
    """``.rubric[0].criteria[1] (pu).weight`` -> the box ``rubric-0-criteria-1-weight``, or the nearest there is."""
    name = re.sub(r" \([^)]*\)", "", place).strip(".").replace("[", "-").replace("]", "").replace(".", "-")
    while name:
        for candidate in (name, f"{name}-name", f"{name}-label", f"{name}-from", f"{name}-0-label", f"{name}-0-from"):
            if candidate in form.fields:
                return candidate
        name = name.rpartition("-")[0]
    return None
