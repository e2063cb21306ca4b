"""What the interview pages take in. Clock times are read by the selection's own clock."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Selection
from paritrana import formats


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
