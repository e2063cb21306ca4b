"""Typed access to form fields, and typed data with some values replaced."""

from typing import Any, cast

from django.forms import BaseForm, ChoiceField, ModelChoiceField
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
