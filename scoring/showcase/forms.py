"""The words and photo of a winner, and the rewards of a title's places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.candidates.forms import RupiahField
from awards.editions.forms import SealedForm
from paritrana.display.form_fields import text_box
from scoring.edit_conflicts import VersionForm
from scoring.showcase.actions import Given, spelled


class StoryForm(VersionForm):
    """The sandbox judges the picture; nothing of it is decoded in this process."""

    citation = text_box(
        _("Citation"),
        300,
        rows=2,
        required=False,
        help_text=_("Why this winner is honoured, in one or two sentences; shown at the ceremony too."),
    )
    text = text_box(
        _("Story"),
        4000,
        rows=8,
        required=False,
        help_text=_("Shown on the page of the winner. An empty line begins a new paragraph."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG or PNG, 10 MB at most. The place it was taken at is removed."),
    )
    photo_alt = forms.CharField(label=_("What the photo shows"), max_length=200, required=False)
    photo_credit = forms.CharField(label=_("Photographer"), max_length=120, required=False)
    without_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    field_order = ("citation", "text", "photo", "photo_alt", "photo_credit", "without_photo", "version")

    def __init__(self, *args: Any, has_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_photo:
            del self.fields["without_photo"]


class RewardsForm(SealedForm):
    """Two boxes for each place: ``amount-1``, ``goods-1``; place 0 is a special award."""

    def __init__(self, *args: Any, places: list[tuple[int, str]], given: Given, **kwargs: Any) -> None:
        super().__init__(*args, shown=spelled(given), **kwargs)
        self.places = places
        for place, label in places:
            amount, goods = given.get(place, (None, ""))
            self.fields[f"amount-{place}"] = RupiahField(
                label=_("%(prize)s: money") % {"prize": label}, required=False, initial=amount
            )
            self.fields[f"goods-{place}"] = forms.CharField(
                label=_("%(prize)s: goods") % {"prize": label}, max_length=200, required=False, initial=goods
            )

    def given(self) -> dict[int, tuple[int | None, str]]:
        return {
            place: (self.cleaned_data[f"amount-{place}"] or None, self.cleaned_data[f"goods-{place}"].strip())
            for place, _label in self.places
        }
