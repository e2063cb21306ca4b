"""The nomination form, made from the rubric: each criterion that is answered has the fields of its kind, and a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards import answers
from awards.actions.nominations import NOTHING, Given
from awards.forms.nominations import SeenForm
from awards.models import Candidate, Criterion, Nomination
from paritrana import formats
from paritrana.numbers import CountField, HundredthsField

NOT_ANSWERED = "-"
_K = Criterion.Kind


class AnswersForm(SeenForm):
    """Fields are named ``part-17``: what of the answer, and the criterion's key. What is left empty is not answered."""

    def __init__(self, *args: Any, nomination: Nomination, criteria: list[Criterion], **kwargs: Any) -> None:
        self.nomination = nomination
        self.criteria = [criterion for criterion in criteria if criterion.is_answered]
        given = {answer.criterion_id: (answer.value, answer.note) for answer in nomination.answers.all()}
        initial: dict[str, Any] = {"version": nomination.version}
        for criterion in self.criteria:
            value, note = given.get(criterion.pk, NOTHING)
            initial |= {f"{part}-{criterion.pk}": one for part, one in (value or {}).items()}
            initial |= {f"note-{criterion.pk}": note}
            if criterion.kind == _K.BAND:
                initial.setdefault(f"level-{criterion.pk}", NOT_ANSWERED)
        super().__init__(*args, initial=initial, **kwargs)
        for criterion in self.criteria:
            made = _FIELDS[criterion.kind](criterion, nomination.candidate) | {"note": _note_field(criterion)}
            self.fields |= {f"{part}-{criterion.pk}": field for part, field in made.items()}

    def sections(self) -> list[dict[str, Any]]:
        """Each criterion with its fields, for the page."""
        return [
            {"criterion": criterion, "fields": [self[name] for name in self._names(criterion)]}
            for criterion in self.criteria
        ]

    def _names(self, criterion: Criterion) -> list[str]:
        return [name for name in self.fields if name.endswith(f"-{criterion.pk}")]

    def clean(self) -> dict[str, Any]:
        """Tells beside the field what the criterion as a whole does not allow."""
        for criterion, (value, note) in self.answers().items():
            if value is None or any(name in self.errors for name in self._names(criterion)):
                continue
            try:
                answers.checked(criterion, value, self.nomination.candidate)
            except ValidationError as error:
                self.add_error(self._names(criterion)[0], error)
            if criterion.rules.get("note", {}).get("required") and not note.strip():
                self.add_error(f"note-{criterion.pk}", ValidationError(_("This is needed too."), code="note"))
        return self.cleaned_data

    def answers(self) -> dict[Criterion, Given]:
        """What was answered, for ``actions.answer``; None takes an answer back."""
        return {criterion: self._given(criterion) for criterion in self.criteria}

    def _given(self, criterion: Criterion) -> Given:
        names = self._names(criterion)[:-1]
        typed = {name.partition("-")[0]: self.cleaned_data.get(name) for name in names}
        is_empty = all(value in (None, "", NOT_ANSWERED, []) for value in typed.values())
        if is_empty and not typed.get("none"):
            return NOTHING
        typed.pop("none", None)
        return typed, self.cleaned_data.get(f"note-{criterion.pk}", "")

    def rebased(self, nomination: Nomination) -> AnswersForm:
        """The same answers as typed, now based on the present version: for the page that shows a conflict."""
        typed = self.data.copy()
        typed["version"] = str(nomination.version)
        return AnswersForm(typed, nomination=nomination, criteria=self.criteria)

    def differences(self, nomination: Nomination) -> list[dict[str, Any]]:
        """Where the typed answers differ from those now stored: label, mine, theirs."""
        stored = {answer.criterion_id: (answer.value, answer.note) for answer in nomination.answers.all()}
        return [
            {"label": criterion.name, "mine": _told(criterion, *mine), "theirs": _told(criterion, *theirs)}
            for criterion, mine in self.answers().items()
            if mine != (theirs := stored.get(criterion.pk, NOTHING))
        ]


def _told(criterion: Criterion, value: dict[str, Any] | None, note: str) -> str:
    said = answers.told(criterion.kind, answers.facts(criterion, value)) if value else str(_("Not answered yet"))
    return " · ".join(filter(None, [said, note]))


Fields = dict[str, forms.Field]


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
    part = CountField(label=rules["part"], help_text=criterion.guidance, required=False)
    if "fixed" in rules:
        part.help_text = " ".join(filter(None, [criterion.guidance, _("Of %(whole)s.") % {"whole": rules["fixed"]}]))
        return {"part": part}
    return {"part": part, "whole": CountField(label=rules["whole"], required=False)}


def _items(criterion: Criterion, candidate: Candidate) -> Fields:
    """The boxes, and one that says that really none of them is true: empty boxes alone are not an answer."""
    choices = [(item["code"], item["label"]) for item in answers.items_for(criterion, candidate)]
    return {
        "ticked": forms.MultipleChoiceField(
            label=criterion.name,
            help_text=criterion.guidance,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "none": forms.BooleanField(label=_("None of these"), required=False),
    }


def _amount(criterion: Criterion, candidate: Candidate) -> Fields:
    label = f"{criterion.name} ({criterion.rules['unit']})"
    top = answers.LARGEST - 1
    return {"amount": HundredthsField(label=label, help_text=criterion.guidance, required=False, max_value=top)}


def _note_field(criterion: Criterion) -> forms.CharField:
    asked = criterion.rules.get("note", {})
    return forms.CharField(
        label=asked.get("label") or _("Basis of the answer"),
        help_text="" if asked else _("Number and year of the regulation, or the budget line."),
        max_length=300,
        required=False,
    )


_FIELDS: dict[str, Callable[[Criterion, Candidate], Fields]] = {
    _K.BAND: _level,
    _K.RATIO: _counts,
    _K.CHECKLIST: _items,
    _K.AMOUNT: _amount,
}
