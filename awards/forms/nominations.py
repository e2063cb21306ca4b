"""Nominating, and the small forms that accompany a move."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.querysets import RegionQuerySet


class NominateForm(forms.Form):
    """Which regions to nominate; only those that may still be nominated are offered."""

    regions = forms.ModelMultipleChoiceField(
        label=_("Candidates to nominate"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, nominable: RegionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = nominable


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
