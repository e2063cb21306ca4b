"""Edit conflicts: somebody else saved first, and the form shows both values."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paritrana.accounts.models import AuditEvent, User
from paritrana.display import formats
from paritrana.display.form_fields import retyped


@dataclass
class EditConflict(Exception):
    """Nothing was written, because ``current`` changed since the form was loaded.

    ``clashes`` says what differs, key -> (mine, theirs), where the action knows; else the form compares.
    """

    current: Any
    clashes: dict[Any, tuple[Any, Any]] = field(default_factory=dict)

    def last_writer(self) -> tuple[User | None, Any]:
        """Who wrote the current version, and when."""
        event = AuditEvent.objects.of(self.current).select_related("actor").last()
        return (event.actor, event.at) if event else (None, None)


class VersionForm(forms.Form):
    """The version of the sheet the person saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def show(
    request: HttpRequest, template: str, form: BaseForm, error: EditConflict, rows: list[dict[str, Any]], **context: Any
) -> HttpResponse:
    """The same page (409) with the typed values, both values above, and the current version.

    ``rows`` are ``{label, mine, theirs}``. Saving again overwrites the other value knowingly.
    """
    form.data = retyped(form, version=error.current.version)
    actor, at = error.last_writer()
    conflict = {"rows": rows, "by": str(actor or ""), "at": formats.moment(at, context["selection"].zone_label)}
    return render(request, template, {"form": form, "conflict": conflict, **context}, status=409)


def differing(labels: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per key whose two displayed values differ."""
    return [
        {"label": label, "mine": _shown(mine[key]), "theirs": _shown(theirs[key])}
        for key, label in labels.items()
        if mine[key] != theirs[key]
    ]


def compared(form: BaseForm, theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per field of the form that was typed otherwise than ``theirs``."""
    return differing({name: form.fields[name].label for name in theirs}, form.cleaned_data, theirs)


def _shown(value: Any) -> Any:
    return formats.DASH if value in (None, "") else value
