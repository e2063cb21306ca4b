"""What the chair says when the panel is closed and when it is opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from scoring.models import Seat


class ClosingForm(forms.Form):
    """A reason for every juror who still owes sheets."""

    def __init__(self, *args: Any, owed: dict[Seat, list[Nomination]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = owed
        for seat in owed:
            self.fields[f"why_{seat.pk}"] = forms.CharField(
                label=_("Why was %(name)s absent?") % {"name": seat.user}, max_length=300
            )

    def reasons(self) -> dict[int, str]:
        """Seat -> reason, once the form is valid."""
        return {seat.pk: self.cleaned_data[f"why_{seat.pk}"] for seat in self.owed}


class PanelReopeningForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
