"""The small forms of the moves: what was seen, why, and what is to be mended at single answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.forms.nominations import ReasonForm
from awards.models import Criterion


class ReturnForm(ReasonForm):
    """A reason for the whole, and a line for each criterion the nominator can do something about."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[_name(criterion)] = forms.CharField(
                label=_("What is to be mended"), required=False, max_length=500
            )

    def remark_fields(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[_name(criterion)]) for criterion in self.criteria]

    def remarks(self) -> dict[Criterion, str]:
        """What was written, criterion by criterion."""
        said = {criterion: self.cleaned_data.get(_name(criterion), "") for criterion in self.criteria}
        return {criterion: text for criterion, text in said.items() if text}


class ChosenForm(forms.Form):
    """What several nominations together are told; only leaving them off the list needs a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The nominators read it, each at their own nomination, and it is kept in the history."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _name(criterion: Criterion) -> str:
    return f"remark-{criterion.pk}"
