"""Functions that make the form fields of a rubric; each call gives new fields, so that every row has its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.criteria import WHOLE
from paritrana.display.numbers import LARGEST, HundredthsField, parse_hundredths, show_hundredths
from regions.models import Segment

Box = Callable[[], forms.Field]
Boxes = dict[str, Box]


class SignedHundredthsField(HundredthsField):
    """A figure with two decimals that may be negative."""

    @staticmethod
    def parse(text: str, largest: int = LARGEST) -> int:
        text = text.strip().replace("\N{MINUS SIGN}", "-")
        figure = parse_hundredths(text.removeprefix("-"), largest)
        return -figure if text.startswith("-") else figure

    @staticmethod
    def show(value: int) -> str:
        return f"-{show_hundredths(-value)}" if value < 0 else show_hundredths(value)


def text(label: Any, most: int, *, required: bool = True, help_text: Any = "") -> Box:
    return lambda: forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


class LinesField(forms.CharField):
    """Text of several lines; browsers send CRLF at the end of each, which is no change of the text."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def area(label: Any) -> Box:
    return lambda: LinesField(label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


def figure(label: Any, *, required: bool = True, most: int = WHOLE, help_text: Any = "") -> Box:
    return lambda: HundredthsField(label=label, required=required, max_value=most, help_text=help_text)


def signed(label: Any, help_text: Any = "") -> Box:
    return lambda: SignedHundredthsField(
        label=label, required=False, min_value=-WHOLE, max_value=WHOLE, help_text=help_text
    )


def tick(label: Any) -> Box:
    return lambda: forms.BooleanField(label=label, required=False)


def ticks(label: Any, choices: Any, help_text: Any = "") -> Box:
    return lambda: forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def choice(label: Any, choices: Any) -> Box:
    return lambda: forms.ChoiceField(label=label, choices=choices)


def hidden() -> forms.Field:
    return forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)


def segments() -> forms.Field:
    return ticks(_("Segments"), Segment.choices())()
