"""Nominating, answering, and the small forms that accompany a move."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Answer, Criterion, Nomination
from paritrana import formats
from regions.querysets import RegionQuerySet


class NominateForm(forms.Form):
    """Which regions to nominate; only those that may still be nominated are offered."""

    regions = forms.ModelMultipleChoiceField(
        label=_("Candidates to nominate"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, nominable: RegionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = nominable


NOT_ANSWERED = "-"


class SeenForm(forms.Form):
    """The version of the nomination the person had before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The nominator reads it, and it is kept in the history."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswersForm(SeenForm):
    """A level and a note for each criterion of kind *band*; built from the rubric."""

    def __init__(self, *args: Any, nomination: Nomination, criteria: list[Criterion], **kwargs: Any) -> None:
        self.criteria = [criterion for criterion in criteria if criterion.kind == Criterion.Kind.BAND]
        given = {answer.criterion_id: answer for answer in nomination.answers.all()}
        initial: dict[str, Any] = {"version": nomination.version}
        for criterion in self.criteria:
            answer = given.get(criterion.pk, Answer(level="", note=""))
            initial |= {f"level-{criterion.pk}": answer.level or NOT_ANSWERED, f"note-{criterion.pk}": answer.note}
        super().__init__(*args, initial=initial, **kwargs)
        for criterion in self.criteria:
            self.fields[f"level-{criterion.pk}"] = _level_field(criterion)
            self.fields[f"note-{criterion.pk}"] = forms.CharField(
                label=_("Basis of the answer"),
                help_text=_("Number and year of the regulation, or the budget line."),
                max_length=300,
                required=False,
            )

    def pairs(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields, for the page."""
        return [{"criterion": c, "level": self[f"level-{c.pk}"], "note": self[f"note-{c.pk}"]} for c in self.criteria]

    def answers(self) -> dict[Criterion, tuple[str, str]]:
        """What was answered, for ``actions.answer``; an empty level takes an answer back."""
        cleaned = self.cleaned_data
        return {
            c: (cleaned[f"level-{c.pk}"].removeprefix(NOT_ANSWERED), cleaned[f"note-{c.pk}"]) for c in self.criteria
        }

    def rebased(self, nomination: Nomination) -> "AnswersForm":
        """The same answers as typed, now based on the present version: for the page that shows a conflict."""
        typed = self.data.copy()
        typed["version"] = str(nomination.version)
        return AnswersForm(typed, nomination=nomination, criteria=self.criteria)

    def differences(self, nomination: Nomination) -> list[dict[str, Any]]:
        """Where the typed answers differ from those now stored: label, mine, theirs."""
        stored = {answer.criterion_id: (answer.level, answer.note) for answer in nomination.answers.all()}
        return [
            {"label": criterion.name, "mine": _told(criterion, *mine), "theirs": _told(criterion, *theirs)}
            for criterion, mine in self.answers().items()
            if mine != (theirs := stored.get(criterion.pk, ("", "")))
        ]


def _level_field(criterion: Criterion) -> forms.ChoiceField:
    levels = criterion.rules.get("levels", [])
    choices = [(level["code"], f"{level['label']} · {formats.points(level['points'])}") for level in levels]
    return forms.ChoiceField(
        label=criterion.name,
        help_text=criterion.guidance,
        choices=[(NOT_ANSWERED, _("Not answered yet")), *choices],
        widget=forms.RadioSelect,
    )


def _told(criterion: Criterion, code: str, note: str) -> str:
    level = criterion.level(code)
    return " · ".join(filter(None, [level["label"] if level else str(_("Not answered yet")), note]))
