"""Forms of the interview pages. Times are in the selection's time zone."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Selection
from paritrana.display import formats
from paritrana.display.days import ClockField, DayField
from paritrana.display.english import in_english
from paritrana.display.form_fields import choice_field, text_box
from scoring.interviews import slots as interview_slots
from scoring.interviews.published_days import OFF_CALENDAR
from scoring.interviews.scheduling import LONGEST_SHIFT
from scoring.interviews.slots import Break, Pattern, Slot
from scoring.models import Interview


class OffCalendarForm(forms.Form):
    """A form whose box for a reason appears when what was typed breaks a published date, and not before."""

    off_calendar = forms.CharField(
        label=_("Reason for not keeping to the published dates"),
        required=False,
        max_length=300,
        widget=forms.HiddenInput,
        help_text=_("It stays in the record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix("off_calendar")):
            self._show()

    def refuse(self, error: ValidationError) -> None:
        """Show the refusal: above the form, or at the box for the reason where one lifts it."""
        if error.code in OFF_CALENDAR:
            self._show()
            self.add_error("off_calendar", error)
        else:
            self.add_error(None, error)

    def _show(self) -> None:
        self.fields["off_calendar"].widget = forms.TextInput(attrs={"maxlength": "300"})


class ScheduleForm(OffCalendarForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    day = DayField(label=_("Day"))
    clock = ClockField(label=_("Starts at"))
    room = forms.CharField(label=_("Room"), max_length=80)

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selection = selection
        self.fields["clock"].label = _("Starts at (%(zone)s)") % {"zone": selection.zone_label}

    def starts_at(self) -> datetime.datetime:
        """The typed moment, once the form is valid."""
        typed = datetime.datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return typed.replace(tzinfo=self.selection.tzinfo)


OFFICIALS = (1, 2)
"""The leader should come with two officials."""


class AttendanceForm(OffCalendarForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Who came"), widget=forms.RadioSelect)
    is_online = forms.BooleanField(label=_("Took part online"), required=False)

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = criterion.rules.get("levels", [])
        choice_field(self, "level").choices = [
            (level["code"], f"{in_english(level['label'])} ({formats.points(level['points'])})") for level in levels
        ]
        online = criterion.rules.get("online")
        if online:
            self.fields["is_online"].help_text = _("Counts %(points)s.") % {"points": formats.points(online)}
        for number in OFFICIALS:
            values = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Official %(number)d: name") % values, max_length=120, required=False
            )
            self.fields[f"office_{number}"] = forms.CharField(
                label=_("Official %(number)d: office held") % values, max_length=120, required=False
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
        """(name, office) of the accompanying officials, once the form is valid."""
        pairs = [(self.cleaned_data[f"name_{each}"], self.cleaned_data[f"office_{each}"]) for each in OFFICIALS]
        return [pair for pair in pairs if pair[0]]


class MinutesForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = text_box(_("Minutes of the interview"), 20_000, rows=14)


class ReorderForm(forms.Form):
    nomination = forms.IntegerField(min_value=1)
    to = forms.IntegerField(min_value=0)
    seen = forms.CharField(max_length=64)


class ShiftForm(forms.Form):
    """The first interview to shift, the minutes, the reason."""

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
        choice_field(self, "first").choices = [
            (key, f"{formats.moment(each.starts_at, selection.zone_label)} · {each.room} · {each.nomination}")
            for key, each in self.interviews.items()
        ]

    def chosen(self) -> Interview:
        return self.interviews[self.cleaned_data["first"]]


_BREAK = re.compile(r"^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$")


class TimetableForm(OffCalendarForm):
    """The interviews take one to three days; the panel sets the length of a slot."""

    class Order:
        DRAWN, LISTED = "drawn", "listed"
        CHOICES = ((DRAWN, _("drawn from a published seed")), (LISTED, _("as listed, changed by hand afterwards")))

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    day_1 = DayField(label=_("First day"))
    day_2 = DayField(label=_("Second day"), required=False)
    day_3 = DayField(label=_("Third day"), required=False)
    opens = ClockField(label=_("The day begins at"), initial=datetime.time(9))
    closes = ClockField(label=_("The day ends at"), initial=datetime.time(16))
    breaks = forms.CharField(
        label=_("Breaks"),
        required=False,
        initial="12.00-13.00",
        max_length=200,
        help_text=_("For example 10.30-10.45, 12.00-13.00."),
    )
    rooms = forms.CharField(label=_("Rooms"), max_length=300, help_text=_("Several rooms with commas between."))
    order = forms.ChoiceField(label=_("Order"), choices=Order.CHOICES, initial=Order.DRAWN, widget=forms.RadioSelect)
    seed = forms.CharField(
        label=_("Seed"),
        required=False,
        max_length=200,
        help_text=_("A text nobody here can influence and everybody can look up, such as the closing index of a day."),
    )
    seed_source = forms.CharField(label=_("Where the seed was published"), required=False, max_length=200)

    def __init__(self, *args: Any, selection: Selection, length: datetime.timedelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selection, self.length = selection, length
        for name in ("opens", "closes"):
            self.fields[name].label = f"{self.fields[name].label} ({selection.zone_label})"

    def clean_breaks(self) -> list[Break]:
        found = []
        for part in filter(None, (part.strip() for part in self.cleaned_data["breaks"].split(","))):
            if not (typed := _BREAK.match(part)):
                raise ValidationError(_("A break is written as 12.00-13.00: %(part)s"), "break", {"part": part})
            hours = [int(number) for number in typed.groups()]
            try:
                start, end = datetime.time(hours[0], hours[1]), datetime.time(hours[2], hours[3])
            except ValueError:
                raise ValidationError(_("There is no such time: %(part)s"), "break", {"part": part}) from None
            if start >= end:
                raise ValidationError(_("A break ends after it begins: %(part)s"), "break", {"part": part})
            found.append((start, end))
        return found

    def clean_rooms(self) -> list[str]:
        """Each room once, ignoring case."""
        typed = [" ".join(part.split()) for part in self.cleaned_data["rooms"].split(",")]
        rooms = {room.casefold(): room for room in reversed(typed) if room}
        if not rooms:
            raise ValidationError(_("Name at least one room."), code="no-room")
        if any(len(room) > 80 for room in rooms.values()):
            raise ValidationError(_("The name of a room has at most 80 characters."), code="long-room")
        return list(reversed(rooms.values()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"opens", "closes"} <= cleaned.keys() and cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", ValidationError(_("The day ends after it begins."), code="closes"))
        if cleaned.get("order") == self.Order.DRAWN:
            for name in ("seed", "seed_source"):
                if not cleaned.get(name):
                    self.add_error(name, ValidationError(_("Needed to draw the order."), code="required"))
        else:
            cleaned["seed"] = cleaned["seed_source"] = ""
        return cleaned

    def slots(self) -> list[Slot]:
        """Every typed slot, once the form is valid."""
        typed = self.cleaned_data
        days = [typed[name] for name in ("day_1", "day_2", "day_3") if typed[name]]
        pattern = Pattern(typed["opens"], typed["closes"], self.length, typed["breaks"])
        return interview_slots.slots(days, typed["rooms"], pattern, self.selection.tzinfo)
