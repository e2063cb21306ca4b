"""Opening selections, and choosing what they compete in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import category_sources
from awards.models import Category, Edition, Selection
from regions.models import Region

NATION = "nasional"


class OpenForm(forms.Form):
    categories = forms.ModelMultipleChoiceField(
        label=_("Categories they start with"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each committee may change its own later."),
    )
    pick = forms.MultipleChoiceField(
        label=_("Selections to open"),
        error_messages={"required": _("Tick at least one selection to open.")},
    )

    def __init__(self, *args: Any, edition: Edition, provinces: list[Region], **kwargs: Any) -> None:
        categories = edition.categories.filter(selection=None)
        super().__init__(*args, initial={"categories": [category.pk for category in categories]}, **kwargs)
        self.fields["categories"].queryset = categories
        self.fields["pick"].choices = [(NATION, NATION), *[(region.code, region.name) for region in provinces]]
        self._provinces = {region.code: region for region in provinces}

    def places(self) -> list[Region | None]:
        """The provinces ticked; None is the nation."""
        return [self._provinces.get(code) for code in self.cleaned_data["pick"]]


class CategoriesForm(forms.Form):
    """``seen`` are the keys of the categories the page was made from."""

    seen = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    categories = forms.ModelMultipleChoiceField(
        label=_("This selection competes in"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One in which somebody is nominated cannot be taken away."),
    )

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        present = [category.pk for category in selection.categories.all()]
        start = {"seen": written(present), "categories": present}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["categories"].queryset = offered(selection)

    def clean_seen(self) -> set[int]:
        return {int(part) for part in self.cleaned_data["seen"].split("-") if part.isdecimal()}


def offered(selection: Selection) -> Any:
    """The categories of the edition, and those of this selection's own."""
    categories = selection.edition.categories
    return categories.filter(selection=None) | categories.filter(selection=selection)


def written(keys: Any) -> str:
    return "-".join(str(key) for key in sorted(keys))


class CategoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    source = forms.ChoiceField(
        label=_("Begin with a copy of"), help_text=_("Its rubric, sectors and titles are copied and then your own.")
    )

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = category_sources.choices(selection)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
