"""Forms that confirm final actions."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from awards.models import Selection
from paritrana.display.days import DayField, MomentField
from paritrana.display.form_fields import text_box
from scoring.sealing.review import Review


class AskSealForm(forms.Form):
    """``seen`` is the fingerprint of the review on the page.

    Notes must be confirmed; each check that may be overridden has a field for the reason, ``override_<code>``.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    decree_number = forms.CharField(label=_("Number of the decree (SK)"), max_length=80)
    decree_date = DayField(label=_("Date of the decree"))
    confirmed = forms.BooleanField(
        label=_("I have read the notes above; the plenary seals the result as it stands."),
        error_messages={"required": _("Please confirm the notes before sealing.")},
    )

    def __init__(self, data: Any = None, *, review: Review, **kwargs: Any) -> None:
        super().__init__(data, initial={"seen": review.fingerprint}, **kwargs)
        self.review = review
        self.codes = [remark.code for remark in review.overridable]
        for remark in review.overridable:
            self.fields[f"override_{remark.code}"] = text_box(
                _("Reason for passing over: %(obstacle)s") % {"obstacle": remark.text}, 300, rows=2
            )
        if not review.notes:
            del self.fields["confirmed"]

    def to_look_again(self) -> "AskSealForm":
        """What was typed by somebody who looked at another ranking: with the present ``seen``, without the tick."""
        typed = dict(self.data.items()) | {"seen": self.initial["seen"], "confirmed": ""}
        again = AskSealForm(typed, review=self.review)
        again.add_error(None, _("The ranking changed since you looked at it. Please look again."))
        return again

    @property
    def reasons(self) -> dict[str, BoundField]:
        """By code: each reason is typed where its check is shown."""
        return {code: self[f"override_{code}"] for code in self.codes}

    @property
    def own_fields(self) -> list[BoundField]:
        """What is asked below the checks."""
        return [bound for bound in self.visible_fields() if not bound.name.startswith("override_")]

    def overrides(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"override_{code}"] for code in self.codes}


class SecondForm(forms.Form):
    """Which request is confirmed; the other person has to have read it."""

    asked = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("I have read everything above and second it."),
        error_messages={"required": _("Please confirm that you have read it.")},
    )


class ReopenForm(forms.Form):
    reason = text_box(_("Reason"), 300, help_text=_("After an announcement the public reads it as well."))


class AnnounceForm(forms.Form):
    """At once, or at a moment in the selection's time zone: nothing is chosen beforehand."""

    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("at once")), (LATER, _("at a moment"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the winners become public at once or at a moment.")},
    )

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = MomentField(
            zone=selection.tzinfo,
            required=False,
            label=_("Public from (%(zone)s)") % {"zone": selection.zone_label},
            help_text=_("Until the moment it may be moved or withheld again."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == self.LATER and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Name the moment."))
        if cleaned.get("when") == self.NOW and (cleaned.get("at") or "at" in self.errors):
            self.add_error("at", _("At once has no moment: leave this empty, or choose the moment above."))
        return cleaned


class PublishingForm(forms.ModelForm):
    class Meta:
        model = Selection
        fields = ("publishes_totals",)
        help_texts = {
            "publishes_totals": _("Scores of single criteria and of jurors are never published."),
        }

    def _post_clean(self) -> None:
        """The row is written by the action."""
