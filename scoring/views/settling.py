"""The page on which chair or secretary records what the plenary decided on a tie."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.models import Selection, Title
from awards.stages import Permission
from scoring import standings, ties
from scoring.actions import settling as actions
from scoring.actions.versions import Overtaken
from scoring.forms.settling import TieForm
from scoring.settling import Tie, tie_at
from scoring.views import differing, overtaken
from scoring.views.access import selection_seen

PAGE = "scoring/results/tie.html"


@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: HttpRequest, slug: str, group: int, place: int, title: str) -> HttpResponse:
    """One tie, by the order of its group and its first place; ``title`` as in the address of the ranking."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.DELIBERATE, selection)
    if differs := differing.refused(request, selection):
        return differs
    found = tie_at(selection, _named(selection, title), group, place)
    if found is None:
        return render(request, "scoring/results/no_tie.html", {"selection": selection, "title_path": title})
    form = TieForm(request.POST or None, tie=found, initial=_start(found))
    context = {
        "selection": selection,
        "tie": found,
        "title_path": title,
        "rules": found.title.ties.all(),
        "back_url": reverse("ranking", args=[slug, title]),
    }
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("reason", "version")}
        try:
            actions.settle(
                selection, found, form.agreed(), group_order=group, votes=form.votes(), by=request.user, **typed
            )
        except ValidationError as error:
            form.add_error(None, error)
        except Overtaken as error:
            rows = _differing(found, form.agreed(), error.current.agreed)
            return overtaken.show(request, PAGE, form, error, rows, **context)
        else:
            messages.success(request, _("The decision of the plenary is recorded."))
            return redirect("ranking", slug, title)
    return render(request, PAGE, context | {"form": form})


def _named(selection: Selection, name: str) -> Title:
    try:
        return standings.title_named(selection, name)
    except LookupError as error:
        raise Http404 from error


def _start(found: Tie) -> dict[str, Any]:
    held = found.decision
    if held is None:
        return {"version": found.version}
    told = {name: getattr(held, name) for name in ("votes_for", "votes_against", "votes_abstaining", "reason")}
    ranks = {f"rank_{key}": ties.place_in(held.agreed, key) for key in found.keys}
    return told | ranks | {"version": found.version}


def _differing(found: Tie, mine: list[list[int]], theirs: list[list[int]]) -> list[dict[str, Any]]:
    return [
        {"label": str(each), "mine": ties.place_in(mine, each.pk), "theirs": ties.place_in(theirs, each.pk)}
        for each in found.nominations
        if any(each.pk in sharing for sharing in theirs)
        and ties.place_in(mine, each.pk) != ties.place_in(theirs, each.pk)
    ]
