"""Forms for the scoring rules, for assistants, and for reopening a sheet."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models.rubrics import WHOLE
from paritrana.accounts.models import User
from paritrana.display.numbers import HundredthsField
from scoring.edit_conflicts import VersionForm
from scoring.models import Panel
from scoring.models.panels import overridable_by_default
from scoring.sealing import review


class RulesForm(VersionForm):
    RULES: ClassVar[tuple[str, ...]] = (
        *("visibility", "disclosure", "comment_below", "comment_above", "spread_limit", "overridable"),
    )

    visibility = forms.ChoiceField(
        label=_("Members see"),
        choices=Panel.Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_("Sheets not handed in are never shown; whoever keeps out of a candidate sees nothing of it."),
    )
    disclosure = forms.ChoiceField(
        label=_("Workbooks with marks call the jurors"),
        choices=Panel.Disclosure.choices,
        initial=Panel.Disclosure.LETTERS,
        widget=forms.RadioSelect,
        help_text=_("Members of the panel and the auditor see the marks by name all the same."),
    )
    comment_below = HundredthsField(
        label=_("A comment is needed below"), required=False, max_value=WHOLE, help_text=_("Empty: never.")
    )
    comment_above = HundredthsField(
        label=_("A comment is needed above"), required=False, max_value=WHOLE, help_text=_("Empty: never.")
    )
    spread_limit = HundredthsField(
        label=_("Marks of one criterion are discussed when they are farther apart than"),
        max_value=WHOLE,
        help_text=_("In points. The chair sees it once the panel has closed."),
    )
    overridable = forms.MultipleChoiceField(
        label=_("Two people may pass over with a reason when they seal"),
        required=False,
        choices=[(check.code, check.text) for check in review.CHECKS if check.code in overridable_by_default()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked has to be cured before the seal."),
    )


class AssistantForm(forms.Form):
    """The address of an account, or empty; ``person`` is the account, or None."""

    email = forms.EmailField(
        label=_("E-mail address of the assistant"),
        required=False,
        help_text=_("Someone with an account and no part in this selection. Empty: nobody types for the juror."),
    )
    person: User | None = None

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=address, is_active=True).first() if address else None
        if address and self.person is None:
            raise ValidationError(_("There is no account with this address."), code="unknown")
        return address


class ReopeningForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The juror, the auditor and the trail read it.")
