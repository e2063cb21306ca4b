"""The form of a nomination, made from the rubric: the fields of each criterion's kind, and a note."""

from collections import defaultdict
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.criteria import answers
from awards.criteria.kinds import answered_kind
from awards.criteria.rows import RowsField
from awards.models import AnswerDraft, Candidate, Criterion, Nomination
from awards.nominations import asked_once
from awards.nominations.actions import NOTHING, Given
from awards.nominations.forms import SeenForm
from paritrana.display.english import told_in_english
from paritrana.display.form_fields import retyped

Fields = dict[str, Any]


def fields_of(criterion: Criterion, candidate: Candidate) -> Fields:
    made: Fields = answered_kind(criterion.kind).fields(criterion, candidate)
    for field in made.values():
        field.required = False  # to be kept; whether it may be sent is decided in completeness.py
        field.is_asked = True
    return {**made, "note": _note(criterion)}


def propose_files(made: Fields, names: list[str]) -> None:
    """Where rows name a file, those attached to the criterion are proposed."""
    for field in made.values():
        if isinstance(field, RowsField):
            field.widget.files = names


def _note(criterion: Criterion) -> forms.CharField:
    asked: dict[str, Any] = criterion.rules.get("note", {})
    field: Any = forms.CharField(
        label=told_in_english(asked["label"]) if asked.get("label") else _("Basis of the answer"),
        max_length=300,
        required=False,
    )
    field.is_asked = bool(asked.get("required"))
    return field


class AnswersForm(SeenForm):
    """Fields are named ``part-17``: the part of the answer, and the criterion's key. Empty means not answered."""

    def __init__(self, data: Any = None, *, nomination: Nomination, criteria: list[Criterion], **kwargs: Any) -> None:
        self.nomination = nomination
        self.all_criteria = criteria
        self.criteria = [criterion for criterion in criteria if criterion.is_answered]
        self.stored = {answer.criterion_id: (answer.value, answer.note) for answer in nomination.answers.all()}
        initial: dict[str, Any] = {"version": nomination.version}
        for criterion in self.criteria:
            initial |= _initial(criterion, *self.stored.get(criterion.pk, NOTHING))
        super().__init__(data, initial=initial, **kwargs)
        files: dict[int, list[str]] = defaultdict(list)
        for file in nomination.evidence.all():
            if file.removed_at is None:
                files[file.criterion_id].append(file.name)
        for criterion in self.criteria:
            made = fields_of(criterion, nomination.candidate)
            propose_files(made, files[criterion.pk])
            self.fields |= {f"{part}-{criterion.pk}": field for part, field in made.items()}
        self.taken_over = asked_once.repeated(self.criteria, self.stored)
        if self.is_bound:
            self.data = asked_once.filled(cast(QueryDict, self.data), self.taken_over)

    @classmethod
    def from_draft(cls, draft: AnswerDraft, nomination: Nomination, criteria: list[Criterion]) -> "AnswersForm":
        """The stored answers, overlaid with the unsaved texts of the draft, based on the present version."""
        plain = cls(nomination=nomination, criteria=criteria)
        typed = QueryDict(mutable=True)
        for name in plain.fields:
            typed.setlist(name, _texts(plain[name].value()))
        for name in draft.texts.keys() & plain.fields.keys():
            typed.setlist(name, draft.texts[name])
        return cls(typed, nomination=nomination, criteria=criteria)

    @property
    def seen(self) -> int:
        """The version the person saw; None when it cannot be read."""
        return self.cleaned_data.get("version", -1)

    def names(self, criterion: Criterion) -> list[str]:
        return [name for name in self.fields if name.endswith(f"-{criterion.pk}")]

    def clean(self) -> dict[str, Any]:
        """Adds errors that concern a criterion as a whole to its field."""
        for criterion, (value, _note) in self.answers().items():
            if value is None or self._is_faulty(criterion):
                continue
            first = self.names(criterion)[0]
            if contradiction := answered_kind(criterion.kind).contradiction(self._parts(criterion)):
                self.add_error(first, contradiction)
                continue
            try:
                answers.checked(criterion, value, self.nomination.candidate)
            except ValidationError as error:
                self.add_error(first, error)
        return self.cleaned_data

    def answers(self) -> dict[Criterion, Given]:
        """The answers for ``actions.answer``; None deletes an answer."""
        return {criterion: self._given(criterion) for criterion in self.criteria}

    def readable(self) -> dict[Criterion, Given]:
        """The answers without errors. A note without an answer stays in the draft."""
        return {
            criterion: given
            for criterion, given in self.answers().items()
            if not self._is_faulty(criterion) and not self._is_note_alone(criterion, given)
        }

    def unreadable(self) -> dict[str, list[str]]:
        """The typed texts of the other criteria, by field."""
        readable = self.readable()
        others = [criterion for criterion in self.criteria if criterion not in readable]
        return {name: self._sent(name) for criterion in others for name in self.names(criterion)}

    def typed(self) -> dict[str, list[str]]:
        return {name: self._sent(name) for criterion in self.criteria for name in self.names(criterion)}

    def _sent(self, name: str) -> list[str]:
        return cast(QueryDict, self.data).getlist(name)

    def _is_faulty(self, criterion: Criterion) -> bool:
        return any(name in self.errors for name in self.names(criterion))

    def _is_note_alone(self, criterion: Criterion, given: Given) -> bool:
        return given[0] is None and bool(self.cleaned_data.get(f"note-{criterion.pk}"))

    def _given(self, criterion: Criterion) -> Given:
        value = answered_kind(criterion.kind).typed(self._parts(criterion))
        return NOTHING if value is None else (value, self.cleaned_data.get(f"note-{criterion.pk}", ""))

    def _parts(self, criterion: Criterion) -> dict[str, Any]:
        """The typed values by part of the answer, without the note."""
        *parts, _note = self.names(criterion)
        return {name.partition("-")[0]: self.cleaned_data.get(name) for name in parts}

    def rebased(self, nomination: Nomination) -> "AnswersForm":
        """The same typed answers, based on the present version."""
        typed = retyped(self, version=str(nomination.version))
        return AnswersForm(typed, nomination=nomination, criteria=self.all_criteria)

    def differences(self, nomination: Nomination) -> list[dict[str, Any]]:
        """Where typed and stored answers differ: label, mine, theirs."""
        stored = {answer.criterion_id: (answer.value, answer.note) for answer in nomination.answers.all()}
        rows = []
        for criterion, mine in self.answers().items():
            theirs = stored.get(criterion.pk, NOTHING)
            typed = self._text_as_typed(criterion, *mine)
            if self._is_faulty(criterion) or typed != _answer_text(criterion, *theirs):
                rows.append({"label": criterion.name, "mine": typed, "theirs": _answer_text(criterion, *theirs)})
        return rows

    def _text_as_typed(self, criterion: Criterion, value: dict[str, Any] | None, note: str) -> str:
        if self._is_faulty(criterion):
            return " · ".join(text for name in self.names(criterion) for text in self._sent(name) if text)
        stored = answers.checked(criterion, value, self.nomination.candidate) if value else None
        return _answer_text(criterion, stored, note)


def _initial(criterion: Criterion, value: dict[str, Any] | None, note: str) -> dict[str, Any]:
    shown = answered_kind(criterion.kind).initial(value) | {"note": note}
    return {f"{part}-{criterion.pk}": one for part, one in shown.items()}


def _texts(value: Any) -> list[str]:
    """A field's value as a browser would send it."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value in (None, False) else ["on" if value is True else str(value)]


def _answer_text(criterion: Criterion, value: dict[str, Any] | None, note: str) -> str:
    text = answers.in_words(criterion, value) if value else str(_("Not answered yet"))
    return " · ".join(filter(None, [text, note]))
