"""What the interview pages take in. Clock times are read by the selection's own clock."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Selection
from paritrana import formats
from scoring.actions.timetables import LONGEST_SHIFT
from scoring.models import Interview


class ScheduleForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    clock = forms.TimeField(
        label=_("Starts at"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    room = forms.CharField(label=_("Room"), max_length=80)

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selection = selection
        self.fields["clock"].label = _("Starts at (%(zone)s)") % {"zone": selection.zone_label}

    def starts_at(self) -> datetime.datetime:
        """The moment typed, once the form is valid."""
        typed = datetime.datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return typed.replace(tzinfo=self.selection.tzinfo)


OFFICIALS = (1, 2)
"""The leader should come with two officials."""


class AttendanceForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Who came"), widget=forms.RadioSelect)
    is_online = forms.BooleanField(label=_("Took part online"), required=False)

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = criterion.rules.get("levels", [])
        self.fields["level"].choices = [
            (level["code"], f"{level['label']} ({formats.points(level['points'])})") for level in levels
        ]
        online = criterion.rules.get("online")
        if online:
            self.fields["is_online"].help_text = _("Counts %(points)s.") % {"points": formats.points(online)}
        for number in OFFICIALS:
            told = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Official %(number)d: name") % told, max_length=120, required=False
            )
            self.fields[f"office_{number}"] = forms.CharField(
                label=_("Official %(number)d: office held") % told, max_length=120, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in OFFICIALS:
            name, office = cleaned.get(f"name_{number}"), cleaned.get(f"office_{number}")
            if bool(name) != bool(office):
                missing = f"office_{number}" if name else f"name_{number}"
                self.add_error(missing, ValidationError(_("Name and office held go together."), code="half"))
        return cleaned

    def attendees(self) -> list[tuple[str, str]]:
        """(name, office) of the officials who came too, once the form is valid."""
        pairs = [(self.cleaned_data[f"name_{each}"], self.cleaned_data[f"office_{each}"]) for each in OFFICIALS]
        return [pair for pair in pairs if pair[0]]


class MinutesForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Minutes of the interview"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 14})
    )


class ReorderForm(forms.Form):
    nomination = forms.IntegerField(min_value=1)
    to = forms.IntegerField(min_value=0)
    seen = forms.CharField(max_length=64)


class ShiftForm(forms.Form):
    """From which interview on, by how much, why."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    first = forms.ChoiceField(label=_("From this interview on"))
    minutes = forms.IntegerField(
        label=_("Minutes to shift by"),
        min_value=-LONGEST_SHIFT,
        max_value=LONGEST_SHIFT,
        initial=20,
        help_text=_("Later; with a minus earlier, to catch up."),
    )
    every_room = forms.BooleanField(label=_("In every room, not only in this one"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, interviews: list[Interview], selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interviews = {str(each.pk): each for each in interviews}
        self.fields["first"].choices = [
            (key, f"{formats.moment(each.starts_at, selection.zone_label)} · {each.room} · {each.nomination}")
            for key, each in self.interviews.items()
        ]

    def chosen(self) -> Interview:
        return self.interviews[self.cleaned_data["first"]]
