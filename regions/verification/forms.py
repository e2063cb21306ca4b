"""Forms around figures: justifications of doubts, the reason of a return, a correction and its decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.display.days import DayField
from paritrana.display.form_fields import text_box
from paritrana.display.numbers import CountField
from regions import rules
from regions.coverage.actions import FigureEntry
from regions.coverage.form import LABELS
from regions.models import Coverage, Definition
from regions.verification.doubts import Doubt


class NotesForm(forms.Form):
    """A field for each doubt without a justification."""

    use_required_attribute = False

    def __init__(self, doubts: list[Doubt], data: Any = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.doubts = doubts
        for doubt in doubts:
            if doubt.note is None:
                label = _("Why it is right (%(segments)s)") % {"segments": doubt.segments}
                self.fields[doubt.field] = text_box(label, 1000, rows=2, help_text=doubt.cure)

    def rows(self) -> list[tuple[Doubt, forms.BoundField | None]]:
        return [(doubt, self[doubt.field] if doubt.field in self.fields else None) for doubt in self.doubts]

    def notes(self) -> dict[tuple[str, str], str]:
        """The justifications as ``transitions.send`` takes them."""
        return {doubt.key: self.cleaned_data.get(doubt.field, "") for doubt in self.doubts}


class ReturnFigureForm(forms.Form):
    use_required_attribute = False

    reason = text_box(_("What should be repaired"), 1000, rows=2)
    version = forms.IntegerField(min_value=1, max_value=999_999_999, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """New values for a verified figure; initially the present ones."""

    workers = CountField(label=LABELS["workers"], min_value=1)
    participants = CountField(label=LABELS["participants"])
    definition = forms.ModelChoiceField(Definition.objects.all(), label=LABELS["definition"], empty_label=None)
    source = forms.CharField(label=LABELS["source"], max_length=300, required=False)
    as_of = DayField(label=LABELS["as_of"], required=False)
    reason = text_box(_("Why the figure is wrong, and how you know"), 1000, rows=2)
    version = forms.IntegerField(min_value=1, max_value=999_999_999, widget=forms.HiddenInput)

    def __init__(self, figure: Coverage, data: Any = None) -> None:
        super().__init__(data, initial={**figure.content(), "version": figure.version})
        self.figure = figure

    def clean_as_of(self) -> Any:
        rules.check_as_of(self.cleaned_data["as_of"])
        return self.cleaned_data["as_of"]

    def entry(self) -> FigureEntry:
        typed = self.cleaned_data
        figures = {name: typed[name] for name in Coverage.FIELDS}
        return FigureEntry(segment=self.figure.segment, based_on=typed["version"], **figures)


class DecisionForm(forms.Form):
    """Only a refusal needs a reason; ``decide`` checks it."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept: the figure says this from now on")), ("refuse", _("Refuse: it stays as it is"))],
        widget=forms.RadioSelect,
    )
    answer = text_box(_("Answer"), 1000, rows=2, required=False)
