"""Forms of the rooms of a panel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Category
from paritrana.display.form_fields import choice_field
from scoring.edit_conflicts import VersionForm
from scoring.models import Seat, SubPanel
from scoring.panel.rooms import RoomPlan


class RoomForm(VersionForm):
    """One room: its categories, its jurors and their quorum."""

    room = forms.CharField(label=_("Room"), max_length=80, help_text=_("As in the rundown, for example Jepun."))
    categories = forms.MultipleChoiceField(
        label=_("Categories heard here by these jurors"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same room can have other jurors for another category: add it once more."),
    )
    seats = forms.MultipleChoiceField(label=_("Jurors of this room"), widget=forms.CheckboxSelectMultiple)
    quorum = forms.IntegerField(
        label=_("Quorum of this room"),
        min_value=1,
        max_value=50,
        initial=3,
        help_text=_("The smallest number of jurors whose marks count for a candidate heard here."),
    )

    def __init__(self, *args: Any, categories: list[Category], seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._categories = {str(one.pk): one for one in categories}
        self._seats = {str(one.pk): one for one in seats}
        choice_field(self, "categories").choices = [(key, str(one)) for key, one in self._categories.items()]
        choice_field(self, "seats").choices = [(key, _person(one)) for key, one in self._seats.items()]

    def plan(self) -> RoomPlan:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        categories = [self._categories[key] for key in typed["categories"]]
        return RoomPlan(typed["room"], categories, [self._seats[key] for key in typed["seats"]], typed["quorum"])


def _person(seat: Seat) -> str:
    observer = f" · {_('observer')}" if seat.is_observer else ""
    return f"{seat.user} · {seat.element}{observer}"


def start_of(sub_panel: SubPanel | None, version: int) -> dict[str, Any]:
    """What the form shows first: one sub-panel as it is, or nothing."""
    if sub_panel is None:
        return {"version": version}
    return {
        "version": version,
        "room": sub_panel.room,
        "categories": [str(sub_panel.category_id)],
        "seats": [str(seat.pk) for seat in sub_panel.seats.all()],
        "quorum": sub_panel.quorum,
    }
