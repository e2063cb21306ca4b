"""What is wrong with a box, as an act: an empty one says what to choose, write or attach, by its own name."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display.days import ClockField, DayField, MomentField

_USUAL = forms.Field.default_error_messages["required"]
_ACTS: list[tuple[tuple[type, ...], str | Promise]] = [
    ((forms.FileInput,), gettext_lazy("Attach a file: %(label)s.")),
    ((forms.CheckboxInput,), gettext_lazy("Tick “%(label)s” to go on.")),
    ((forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple), gettext_lazy("Choose %(label)s.")),
]
_LONGEST_NAME = 50


def faults_of(bound: BoundField) -> list[str]:
    """The messages of a box, in the order it has them."""
    return [_words(bound, error) for error in bound.errors.as_data()]


def _words(bound: BoundField, error: ValidationError) -> str:
    if error.code == "required" and str(error.message) == str(_USUAL):
        return _act(bound)
    return str(error.messages[0])


def _act(bound: BoundField) -> str:
    widget, label = bound.field.widget, str(bound.label).strip()
    for kinds, words in _ACTS:
        if isinstance(widget, kinds):
            return words % {"label": label if kinds == (forms.CheckboxInput,) else _in_a_sentence(label)}
    if label.endswith("?") or len(label) > _LONGEST_NAME:
        return _("Write your answer here.")
    words = (
        _("Fill in %(label)s.")
        if isinstance(bound.field, DayField | ClockField | MomentField)
        else _("Write %(label)s.")
    )
    return words % {"label": _in_a_sentence(label)}


def _in_a_sentence(label: str) -> str:
    """A capital stays where it belongs to an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
