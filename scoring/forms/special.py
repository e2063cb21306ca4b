"""Giving a special award."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Title
from awards.querysets import NominationQuerySet


class SpecialAwardForm(forms.Form):
    title = forms.ModelChoiceField(label=_("Award"), queryset=None)
    nomination = forms.ModelChoiceField(label=_("Recipient"), queryset=None)
    reason = forms.CharField(
        label=_("Reason of the plenary"),
        help_text=_("It stands beside the award wherever it is shown."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, titles: list[Title], eligible: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].queryset = Title.objects.filter(pk__in=[title.pk for title in titles])
        self.fields["nomination"].queryset = eligible
        self.fields["nomination"].label_from_instance = _named


def _named(nomination: Nomination) -> str:
    return f"{nomination} · {nomination.category}"
