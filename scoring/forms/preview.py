"""A juror's sheet that saves nothing."""

from collections.abc import Iterable

from django import forms

from awards.models import Criterion
from scoring.forms.sheets import SheetForm


def example_sheet(criteria: Iterable[Criterion]) -> SheetForm:
    """The boxes a juror will find, to look at: they take no input."""
    form = SheetForm(initial={"version": 0}, criteria=list(criteria))
    for field in form.fields.values():
        field.disabled = True
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs["placeholder"] = "–"
    return form
