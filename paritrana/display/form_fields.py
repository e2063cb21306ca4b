"""Fields of a form by their kind, and what was typed with a value of ours, for the type checker and for readers."""

from typing import Any, cast

from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.http import QueryDict


def choice_field(form: BaseForm, name: str) -> ChoiceField:
    return cast(ChoiceField, form.fields[name])


def model_field(form: BaseForm, name: str) -> ModelChoiceField:
    return cast(ModelChoiceField, form.fields[name])


def retyped(form: BaseForm, **values: Any) -> QueryDict:
    """What was typed, with these values in place of its own, for instance the version that is in force now."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[name] = value
    return data
