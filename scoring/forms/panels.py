"""What the panel's pages take in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Role
from paritrana.accounts.models import User
from scoring.actions.panels import ROLES, RULES
from scoring.models import Panel


class DecreeForm(forms.ModelForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Panel
        fields = RULES
        widgets = {"decree_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class SeatForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), help_text=_("Of an existing account."))
    role = forms.ChoiceField(label=_("Role"), choices=[(role, Role(role).label) for role in ROLES])
    element = forms.CharField(
        label=_("Element represented"),
        max_length=120,
        help_text=_("For example: labour office, employers, trade union."),
    )

    def clean_email(self) -> str:
        """The exact address of an active account: whoever appoints the panel knows its members' addresses."""
        email = self.cleaned_data["email"].lower()
        self.person = User.objects.filter(email=email, is_active=True).first()
        if self.person is None:
            raise ValidationError(_("There is no active account with this e-mail."), code="unknown-account")
        return email


class RecusalForm(forms.Form):
    nomination = forms.ModelChoiceField(label=_("Candidate"), queryset=Nomination.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, nominations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nomination"].queryset = nominations
