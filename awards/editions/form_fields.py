"""The boxes a rubric is typed into: which belong to an aspect, to every criterion, to each kind, and to their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.criteria.answers import DAY_LABOUR
from awards.legal_scale import Scale
from awards.models import Criterion
from awards.models.rubrics import WHOLE
from paritrana.display.numbers import CountField, HundredthsField, parse_hundredths, show_hundredths
from regions.models import Segment

K = Criterion.Kind
Boxes = dict[str, Callable[[], forms.Field]]
LARGEST_AMOUNT = 99_999_999_999


class SignedHundredthsField(HundredthsField):
    """A figure with two decimals that may lie below zero."""

    @staticmethod
    def parse(text: str) -> int:
        text = text.strip().replace("\N{MINUS SIGN}", "-")
        return -parse_hundredths(text[1:]) if text.startswith("-") else parse_hundredths(text)

    @staticmethod
    def show(value: int) -> str:
        return f"-{show_hundredths(-value)}" if value < 0 else show_hundredths(value)


def _text(label: Any, most: int, *, required: bool = True, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def _area(label: Any) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(
        label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def _figure(label: Any, *, required: bool = True, most: int = WHOLE, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: HundredthsField(label=label, required=required, max_value=most, help_text=help_text)


def _signed(label: Any, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: SignedHundredthsField(
        label=label, required=False, min_value=-WHOLE, max_value=WHOLE, help_text=help_text
    )


def _tick(label: Any) -> Callable[[], forms.Field]:
    return lambda: forms.BooleanField(label=label, required=False)


def _ticks(label: Any, choices: Any, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _hidden() -> forms.Field:
    return forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)


def _segments() -> forms.Field:
    return _ticks(_("Segments"), list(Segment.objects.values_list("code", "name")))()


SCALES = [*((scale.value, scale.label) for scale in Scale), (DAY_LABOUR, _("workers by the day"))]

ALONE: Boxes = {
    "trims": _tick(_("From five marks on, leave out the highest and the lowest mark of a criterion")),
}
ASPECT: Boxes = {"slug": _hidden, "name": _text(_("Name of the aspect"), 100)}
CRITERION: Boxes = {
    "slug": _hidden,
    "name": _text(_("Name of the criterion"), 120),
    "kind": lambda: forms.ChoiceField(label=_("Judged by"), choices=K.choices),
    "weight": _figure(_("Weight")),
    "guidance": _area(_("Guidance for whoever answers or scores")),
    "evidence": _text(_("Evidence to attach"), 200, required=False),
    "evidence_required": _tick(_("This evidence is required")),
}
ANSWERED: Boxes = {
    "minimum": _figure(
        _("Minimum points to be eligible"), required=False, help_text=_("Empty: nobody is excluded by this answer.")
    ),
    "legal_basis": _text(_("Legal basis of the minimum"), 200, required=False),
    "note_label": _text(
        _("Words asked with the answer"), 120, required=False, help_text=_("For example: number and year.")
    ),
    "note_required": _tick(_("These words are required")),
}
EXEMPT: Boxes = {
    "not_applicable": _figure(
        _("Points where it does not apply"),
        required=False,
        help_text=_("Empty: whom it does not apply to is listed apart, without a place."),
    )
}
OF_KIND: dict[str, Boxes] = {
    K.COVERAGE: {"segments": _segments} | EXEMPT,
    K.GROWTH: {
        "segments": _segments,
        "zero": _signed(_("0 points up to this growth")),
        "full": _figure(_("100 points from this growth")),
    }
    | EXEMPT,
    K.RATIO: {
        "part": _text(_("What is counted"), 120),
        "whole": _text(_("Out of"), 120),
        "fixed": lambda: CountField(
            label=_("Always out of"),
            required=False,
            min_value=1,
            max_value=9_999,
            help_text=_("For example 12 months; empty when it is asked."),
        ),
    }
    | EXEMPT,
    K.BAND: EXEMPT,
    K.CHECKLIST: EXEMPT,
    K.AMOUNT: {"unit": _text(_("Unit"), 20, help_text=_("For example Rp, or months."))} | EXEMPT,
    K.ATTENDANCE: {"online": _signed(_("Change when it was on line"), _("For example -10.00."))},
    K.MARK: {},
}
ROWS_OF: dict[str, str] = {
    K.BAND: "levels",
    K.ATTENDANCE: "levels",
    K.CHECKLIST: "items",
    K.AMOUNT: "steps",
}
"""kind -> the rows of its rule."""
ROW: dict[str, Boxes] = {
    "levels": {"code": _hidden, "label": _text(_("Level"), 120), "points": _figure(_("Points"))},
    "attended": {
        "code": _hidden,
        "label": _text(_("Level"), 120),
        "points": _figure(_("Points")),
        "absent": _tick(_("Nobody came")),
    },
    "items": {
        "code": _hidden,
        "label": _text(_("Item"), 120),
        "points": _figure(_("Points")),
        "scales": _ticks(_("Asked of"), SCALES, _("Nothing ticked: of everybody.")),
    },
    "steps": {"from": _figure(_("From"), most=LARGEST_AMOUNT), "points": _figure(_("Points"))},
}
UNITS = {"weight": "%", "zero": "%", "full": "%"}
