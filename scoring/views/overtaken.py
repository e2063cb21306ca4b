"""The page that shows both values when somebody else saved first."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paritrana import formats
from scoring.actions.versions import Overtaken


def show(
    request: HttpRequest, template: str, form: BaseForm, error: Overtaken, rows: list[dict[str, Any]], **context: Any
) -> HttpResponse:
    """The same page with what was typed, both values above it, and the version that is now in force; 409.

    ``rows`` are ``{label, mine, theirs}``. Saving again is a choice made with both values in sight.
    """
    form.data = form.data.copy()
    form.data["version"] = error.current.version
    actor, at = error.last_writer()
    conflict = {"rows": rows, "by": str(actor or ""), "at": formats.moment(at, context["selection"].zone_label)}
    return render(request, template, {"form": form, "conflict": conflict, **context}, status=409)


def differing(labels: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per key whose two shown values differ."""
    return [
        {"label": label, "mine": _shown(mine[key]), "theirs": _shown(theirs[key])}
        for key, label in labels.items()
        if mine[key] != theirs[key]
    ]


def _shown(value: Any) -> Any:
    return formats.DASH if value in (None, "") else value
