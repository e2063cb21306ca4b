"""Days, times and moments as people here write them, 31-12-2025, 09.30 and 31-12-2025 23.59, whatever the browser."""

from datetime import date, datetime, time, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAY = "%d-%m-%Y"
DAYS = [DAY, "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]
CLOCKS = ["%H.%M", "%H:%M"]
MOMENTS = [f"{day}{gap}{clock}" for day in DAYS for gap in (" ", "T", ", ") for clock in CLOCKS]
WRITE_A_DAY = _("Write the day as dd-mm-yyyy, as 31-12-2025.")
WRITE_A_CLOCK = _("Write the time of day as hh.mm, as 09.30.")
WRITE_A_MOMENT = _("Write the day and the time as dd-mm-yyyy hh.mm, as 31-12-2025 23.59.")
YEARS = range(1900, 3000)
"""Outside of them a day is a slip; and the last of all days has none after it in another zone."""


def check_year(day: date) -> None:
    if day.year not in YEARS:
        raise ValidationError(
            _("Write a day between the years %(first)d and %(last)d."), params={"first": YEARS[0], "last": YEARS[-1]}
        )


class DayField(forms.DateField):
    """A plain day."""

    default_error_messages = {"invalid": WRITE_A_DAY}
    default_validators = [check_year]

    def __init__(self, **options: Any) -> None:
        attributes = {"placeholder": _("dd-mm-yyyy"), "inputmode": "numeric", "autocomplete": "off"}
        options.setdefault("widget", forms.DateInput(format=DAY, attrs=attributes))
        super().__init__(input_formats=DAYS, **options)


class ClockField(forms.TimeField):
    """A time of day."""

    default_error_messages = {"invalid": WRITE_A_CLOCK}

    def __init__(self, **options: Any) -> None:
        attributes = {"placeholder": _("hh.mm"), "inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TimeInput(format=CLOCKS[0], attrs=attributes))
        super().__init__(input_formats=CLOCKS, **options)


class MomentField(forms.DateTimeField):
    """A day and a time of day, read and shown in one zone. A day alone means its beginning, or its last minute."""

    default_error_messages = {"invalid": WRITE_A_MOMENT}
    default_validators = [check_year]

    def __init__(self, *, zone: tzinfo, is_end: bool = False, **options: Any) -> None:
        attributes = {"placeholder": _("dd-mm-yyyy hh.mm"), "autocomplete": "off"}
        options.setdefault("widget", forms.DateTimeInput(format=f"{DAY} %H.%M", attrs=attributes))
        super().__init__(input_formats=MOMENTS, **options)
        self.zone, self.clock = zone, time(23, 59) if is_end else time(0, 0)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str) and (day := _day_alone(value.strip())):
            return datetime.combine(day, self.clock, tzinfo=self.zone)
        with timezone.override(self.zone):
            moment: datetime | None = super().to_python(value)
        return moment

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)


def _day_alone(text: str) -> datetime | None:
    for form in DAYS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the field knows the zone)
        except ValueError:
            continue
    return None
