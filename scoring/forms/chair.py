"""What chair and secretary type: a note, a practice candidate, the order agreed on; and a juror's practice marks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Criterion
from awards.models.rubrics import WHOLE
from paritrana.numbers import HundredthsField
from scoring.actions.chairing import LONGEST_NOTE
from scoring.deliberation import Order
from scoring.forms.sheets import VersionForm


class NoteForm(VersionForm):
    text = forms.CharField(
        label=_("Note for the discussion"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Read by chair, secretary, committee and auditor. Every version is kept."),
    )


class CalibrationForm(forms.Form):
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    text = forms.CharField(
        label=_("Description of the practice candidate"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A made-up candidate with enough to judge by; no name of a real one."),
    )

    def __init__(self, *args: Any, categories: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(pk__in=categories)


class PracticeForm(forms.Form):
    """One mark per criterion, by slug."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[criterion.slug] = HundredthsField(label=criterion.name, max_value=WHOLE)


class OrderForm(VersionForm):
    """A place for every ranked candidate of a group, each place once, and the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the agreed order leaves the score order."),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        for row in order.rows:
            self.fields[f"place_{row.nomination.pk}"] = forms.IntegerField(
                label=str(row.nomination), min_value=1, max_value=len(order.rows)
            )
        self.order_fields(["version", *(name for name in self.fields if name.startswith("place_")), "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        places = [cleaned.get(f"place_{row.nomination.pk}") for row in self.order.rows]
        if None not in places and len(set(places)) < len(places):
            raise ValidationError(_("Every place is given once."), code="place-twice")
        return cleaned

    def agreed(self) -> list[int]:
        """The nominations by primary key, first place first."""
        keys = [row.nomination.pk for row in self.order.rows]
        return sorted(keys, key=lambda key: self.cleaned_data[f"place_{key}"])

    def boxes(self) -> list[tuple[Any, Any]]:
        """Each row with its box."""
        return [(row, self[f"place_{row.nomination.pk}"]) for row in self.order.rows]
