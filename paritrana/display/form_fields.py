"""Typed access to form fields, typed data with some values replaced, and the box for a longer text."""

from typing import Any, cast

from django.forms import BaseForm, CharField, ChoiceField, ModelChoiceField, Textarea
from django.http import QueryDict


def choice_field(form: BaseForm, name: str) -> ChoiceField:
    return cast(ChoiceField, form.fields[name])


def model_field(form: BaseForm, name: str) -> ModelChoiceField:
    return cast(ModelChoiceField, form.fields[name])


def retyped(form: BaseForm, **values: Any) -> QueryDict:
    """The submitted data with these values replaced, e.g. by the version in force now."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[name] = value
    return data


def text_box(label: Any, most: int, *, rows: int = 3, **options: Any) -> CharField:
    """A box for a text of several lines and at most this many characters."""
    return CharField(label=label, max_length=most, widget=Textarea(attrs={"rows": rows}), **options)
