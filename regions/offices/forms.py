"""What is typed about an office, and which regions are ticked for it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import User
from paritrana.display.days import DayField
from paritrana.display.form_fields import model_field
from paritrana.intake.fields import TextField
from regions import permissions
from regions.models import Branch, Region, RegionalOffice
from regions.places import areas, search
from regions.places.areas import AnOffice, Holder

SOURCE_HELP = gettext_lazy("Decree, letter or page that says so. Without one it is shown as an assumption.")
MOST_FOUND = 200


class OfficeForm(forms.Form):
    """``seen`` are the values the page was made from; of a new office it is empty."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = TextField(label=gettext_lazy("Name"), max_length=80)

    def __init__(
        self, data: Any = None, *, kind: str, user: User, office: AnOffice | None = None, **kwargs: Any
    ) -> None:
        self.office = office
        start = {name: getattr(office, name) for name in fields_of(kind)} if office else {}
        super().__init__(data, initial=start | {"seen": fingerprint(office)} | kwargs.pop("initial", {}), **kwargs)
        if kind == "cabang":
            self.fields["name"].help_text = _("Without the word “Cabang”.")
            self.fields["regional_office"] = forms.ModelChoiceField(
                label=_("Regional office"), queryset=permissions.offices_with_branches(user).filter(closed_on=None)
            )
            self.fields["source"] = TextField(label=_("Source"), required=False, max_length=500, help_text=SOURCE_HELP)
            self.fields["note"] = TextField(label=_("Note"), required=False, max_length=300)
        else:
            self.fields["name"].help_text = _("Without the word “Kanwil”.")

    def fields_typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def is_overtaken(self) -> bool:
        return self.office is not None and self.cleaned_data["seen"] != fingerprint(self.office)

    def differences(self) -> list[dict[str, Any]]:
        return [
            {"label": self.fields[name].label, "mine": value, "theirs": getattr(self.office, name)}
            for name, value in self.fields_typed().items()
            if value != getattr(self.office, name)
        ]


def fields_of(kind: str) -> tuple[str, ...]:
    return ("name", "regional_office", "source", "note") if kind == "cabang" else ("name",)


def fingerprint(office: AnOffice | None) -> str:
    return "|".join(str(getattr(office, name)) for name in fields_of(office.kind)) if office else ""


class AreaForm(forms.Form):
    """Every ticked region is in the form, also those the search does not show, which are hidden in it.

    The provinces the office has regions in come first; ``whole`` ticks all regions of one.
    """

    q = forms.CharField(label=gettext_lazy("Find kabupaten, kota or province"), required=False, max_length=80)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    since = DayField(label=gettext_lazy("In force since"), initial=timezone.localdate)
    source = TextField(label=gettext_lazy("Source"), required=False, max_length=500, help_text=SOURCE_HELP)
    proves = forms.BooleanField(
        label=gettext_lazy("The source also proves the regions the office has already"), required=False
    )

    def __init__(self, data: Any = None, *, office: AnOffice, choices: Iterable[Region], ticked: set[str]) -> None:
        self.office = office
        self.present = [region.code for region in areas.area_of(office)]
        own = {code[:2] for code in self.present}
        self.choices = sorted(choices, key=lambda region: (region.province_code not in own, region.code))
        super().__init__(data, initial={"seen": "-".join(self.present)})
        self.ticked = set(data.getlist("pick")) if data is not None else ticked
        if data is not None and "whole" in data:
            inside = (region for region in self.choices if region.province_code == data["whole"])
            self.ticked |= {region.code for region in inside}

    @property
    def picked(self) -> list[Region]:
        return [region for region in self.choices if region.code in self.ticked]

    @property
    def is_overtaken(self) -> bool:
        return self.cleaned_data["seen"] != "-".join(self.present)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("proves") and not cleaned.get("source"):
            self.add_error("source", ValidationError(_("Name the source that proves them."), code="source"))
        return cleaned

    def look_again(self) -> None:
        """Show the form as it was typed, unchecked: only the search, or a button that ticks, was pressed."""
        self.is_bound = False
        self.initial.update({name: self.data[name] for name in self.fields if name in self.data})

    def shown(self) -> list[Region]:
        text = str(self["q"].value() or "").strip()
        if not text:
            return self.choices
        found = search.find(text, MOST_FOUND)
        keys, provinces = {region.pk for region in found}, {region.pk for region in found if region.is_province}
        return [region for region in self.choices if region.pk in keys or region.parent_id in provinces]

    def groups(self) -> list[tuple[str, list[tuple[Region, Holder | None, bool]]]]:
        """By province: each region shown, who has it now, and whether it is ticked."""
        shown = self.shown()
        held = areas.holders(shown, of_provinces=isinstance(self.office, RegionalOffice))
        rows = [(region, held.get(region.pk), region.code in self.ticked) for region in shown]
        return [(name, list(group)) for name, group in groupby(rows, lambda row: _heading(row[0]))]

    def hidden(self) -> list[str]:
        """Ticked, and not among those shown."""
        return sorted({region.code for region in self.picked} - {region.code for region in self.shown()})


def _heading(region: Region) -> str:
    return region.parent.name if region.parent else _("Provinces")


class SplitForm(AreaForm):
    name = TextField(label=gettext_lazy("Name of the new office"), max_length=80)

    def __init__(self, data: Any = None, *, office: AnOffice) -> None:
        super().__init__(data, office=office, choices=areas.area_of(office), ticked=set())
        del self.fields["proves"]


class CloseForm(forms.Form):
    on = DayField(label=gettext_lazy("Closed on"), initial=timezone.localdate)
    successor = forms.ModelChoiceField(
        label=gettext_lazy("Regions and people go to"),
        required=False,
        queryset=Branch.objects.none(),
        empty_label=gettext_lazy("nobody: the regions have no office, the postings end"),
    )

    def __init__(self, *args: Any, office: AnOffice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = type(office).objects.open().exclude(pk=office.pk)
        if isinstance(office, Branch):
            others = others.filter(regional_office=office.regional_office_id)
        model_field(self, "successor").queryset = others
