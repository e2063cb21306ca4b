"""The fields of a criterion in the nomination form, by its kind; the last one is always the note."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.criteria import answers
from awards.models import Candidate, Criterion
from paritrana.display import formats
from paritrana.display.numbers import CountField, HundredthsField, parse_hundredths

NOT_ANSWERED = "-"
LARGEST_AMOUNT = answers.LARGEST - 1
Fields = dict[str, forms.Field]
_K = Criterion.Kind


class AmountField(HundredthsField):
    """Budgets are larger than anything that is scored."""

    parse = staticmethod(partial(parse_hundredths, largest=LARGEST_AMOUNT))


def fields_of(criterion: Criterion, candidate: Candidate) -> Fields:
    made = _FIELDS[criterion.kind](criterion, candidate)
    for field in made.values():
        field.required = False  # to be kept; whether it may be sent is completeness' business
        field.is_asked = True
    return made | {"note": _note(criterion)}


def unit_of(criterion: Criterion) -> str:
    """What stands inside the box of a figure, behind it."""
    if "fixed" in criterion.rules:
        return str(_("of %(whole)s") % {"whole": formats.count(criterion.rules["fixed"])})
    return str(criterion.rules.get("unit", ""))


def _level(criterion: Criterion, candidate: Candidate) -> Fields:
    levels = criterion.rules["levels"]
    choices = [(level["code"], f"{level['label']} · {formats.points(level['points'])}") for level in levels]
    return {
        "level": forms.ChoiceField(
            label=criterion.name,
            help_text=criterion.guidance,
            choices=[(NOT_ANSWERED, _("Not answered yet")), *choices],
            widget=forms.RadioSelect,
        )
    }


def _counts(criterion: Criterion, candidate: Candidate) -> Fields:
    rules = criterion.rules
    part = CountField(label=rules["part"], help_text=criterion.guidance)
    return {"part": part} if "fixed" in rules else {"part": part, "whole": CountField(label=rules["whole"])}


def _items(criterion: Criterion, candidate: Candidate) -> Fields:
    """The boxes, and one that says that really none of them is true: empty boxes alone are not an answer."""
    choices = [(item["code"], item["label"]) for item in answers.items_for(criterion, candidate)]
    return {
        "ticked": forms.MultipleChoiceField(
            label=criterion.name,
            help_text=criterion.guidance,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        ),
        "none": forms.BooleanField(label=_("None of these")),
    }


def _amount(criterion: Criterion, candidate: Candidate) -> Fields:
    return {"amount": AmountField(label=criterion.name, help_text=criterion.guidance, max_value=LARGEST_AMOUNT)}


def _note(criterion: Criterion) -> forms.CharField:
    asked: dict[str, Any] = criterion.rules.get("note", {})
    example = _("For example number and year of the regulation, the budget line, or the title of a report.")
    field = forms.CharField(
        label=asked.get("label") or _("Basis of the answer"),
        help_text="" if asked else example,
        max_length=300,
        required=False,
    )
    field.is_asked = bool(asked.get("required"))
    return field


_FIELDS: dict[str, Callable[[Criterion, Candidate], Fields]] = {
    _K.BAND: _level,
    _K.RATIO: _counts,
    _K.CHECKLIST: _items,
    _K.AMOUNT: _amount,
}
