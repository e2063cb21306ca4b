"""Forms for postings and appointments, for administrators."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Role, Selection
from awards.models.selections import Level
from regions.models import Branch, Posting, RegionalOffice

GRANTED_HERE = (Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE, Role.AUDITOR)
"""Chair, secretary and jurors get their appointment with their seat, on the panel's page."""


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)


class PostingForm(forms.Form):
    place = forms.ChoiceField(label=_("Kind of office"), choices=Posting.Place)
    branch = forms.ModelChoiceField(
        label=_("Branch office"),
        help_text=_("Only for somebody at a branch office."),
        queryset=Branch.objects.open(),
        required=False,
    )
    regional_office = forms.ModelChoiceField(
        label=_("Regional office"),
        help_text=_("Only for somebody at a regional office."),
        queryset=RegionalOffice.objects.open(),
        required=False,
    )


class AppointmentForm(forms.Form):
    """A province's committee is appointed to a selection, the national committee and auditors to an edition."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in GRANTED_HERE])
    selection = forms.ModelChoiceField(
        label=_("Selection"),
        help_text=_("For the provincial committee."),
        queryset=Selection.objects.filter(level=Level.PROVINCIAL).with_context(),
        required=False,
    )
    edition = forms.ModelChoiceField(
        label=_("Edition"),
        help_text=_("For the national committee and auditors."),
        queryset=Edition.objects.all(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = "selection" if cleaned.get("role") == Role.PROVINCIAL_COMMITTEE else "edition"
        cleaned["to"] = cleaned.get(name)
        if cleaned["to"] is None and not self.errors:
            self.add_error(name, ValidationError(_("Choose what the person is appointed to."), code="scope"))
        return cleaned
