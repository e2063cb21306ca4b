from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination


class DeclarationForm(forms.Form):
    """Per nomination a box and a reason for a conflict of interest, and one declaration for the others."""

    use_required_attribute = False  # a reason that is not shown must not stop the form

    clear = forms.BooleanField(
        label=_("In all other candidates listed here I have no conflict of interest."),
        error_messages={"required": _("Confirm that you have no conflict of interest in the other candidates.")},
    )

    def __init__(self, *args: Any, nominations: list[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for nomination in nominations:
            self.fields[f"out_{nomination.pk}"] = forms.BooleanField(label=_("I keep out"), required=False)
            why: Any = forms.CharField(
                label=_("Reason"), required=not self.is_bound or f"out_{nomination.pk}" in self.data, max_length=300
            )
            why.is_asked = True  # shown only to the assistant with the conflict
            self.fields[f"why_{nomination.pk}"] = why
        self.order_fields([*(name for name in self.fields if name != "clear"), "clear"])

    def rows(self) -> Iterable[tuple[Nomination, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"out_{each.pk}"], self[f"why_{each.pk}"]) for each in self.nominations]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for nomination in self.nominations:
            out, why = cleaned.get(f"out_{nomination.pk}"), (cleaned.get(f"why_{nomination.pk}") or "").strip()
            if why and not out:
                error = ValidationError(_("Tick “I keep out”, or take the reason away."), code="reason-alone")
                self.add_error(f"out_{nomination.pk}", error)
        return cleaned

    def reasons(self) -> dict[int, str]:
        """Nomination -> reason, for the juror's conflicts of interest, once the form is valid."""
        return {
            each.pk: self.cleaned_data[f"why_{each.pk}"].strip()
            for each in self.nominations
            if self.cleaned_data[f"out_{each.pk}"]
        }
