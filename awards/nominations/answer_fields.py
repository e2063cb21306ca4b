"""The form fields of a criterion by its kind; the last one is always the note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.criteria.kinds import answered_kind
from awards.models import Candidate, Criterion

Fields = dict[str, Any]


def fields_of(criterion: Criterion, candidate: Candidate) -> Fields:
    made: Fields = answered_kind(criterion.kind).fields(criterion, candidate)
    for field in made.values():
        field.required = False  # may be saved without; completeness decides whether it may be sent
        field.is_asked = True
    return {**made, "note": _note(criterion)}


def _note(criterion: Criterion) -> forms.CharField:
    asked: dict[str, Any] = criterion.rules.get("note", {})
    example = _("For example number and year of the regulation, the budget line, or the title of a report.")
    field: Any = forms.CharField(
        label=asked.get("label") or _("Basis of the answer"),
        help_text="" if asked else example,
        max_length=300,
        required=False,
    )
    field.is_asked = bool(asked.get("required"))
    return field
