"""The confirmations of final acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SealForm(forms.Form):
    """``seen`` is the fingerprint of the review on the page; remarks, when there are any, must be confirmed."""

    seen = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have read the remarks above; the plenary seals the result as it stands."),
        error_messages={"required": _("Please confirm the remarks before sealing.")},
    )

    def __init__(self, *args: Any, has_remarks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_remarks:
            del self.fields["confirmed"]
