"""Nominating: governments by ticking their regions, everybody else by choosing a candidate or entering a new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards import actions
from awards.actions.nominations import nominable, nominable_candidates
from awards.candidate_permissions import CandidatePermission, candidate_area
from awards.forms.nominations import NominateCandidateForm, NominateForm
from awards.models import Category, Nomination, Selection
from awards.models.editions import GOVERNMENTS
from awards.permissions import require
from awards.stages import Permission

MOST_OFFERED = 30


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """Make drafts in one category of a selection."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    chosen = get_object_or_404(Category.objects.filter(selections=selection), slug=category)
    require(request.user, Permission.NOMINATE, selection, even_late=request.method == "POST")
    if chosen.candidate_kind in GOVERNMENTS:
        return _nominate_governments(request, selection, chosen)
    return _nominate_candidate(request, selection, chosen)


def _nominate_governments(request: HttpRequest, selection: Selection, category: Category) -> HttpResponse:
    """Tick the regions whose government competes; each becomes a draft."""
    form = NominateForm(request.POST or None, nominable=nominable(selection, category, request.user))
    if form.is_valid():
        try:
            made = _nominate_all(selection, category, form.cleaned_data["regions"], request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect(made[0] if len(made) == 1 else "nominations", *([] if len(made) == 1 else [selection.slug]))
    return render(request, "awards/nominate.html", {"selection": selection, "category": category, "form": form})


@transaction.atomic
def _nominate_all(selection: Selection, category: Category, regions: Any, request: HttpRequest) -> list[Nomination]:
    return [actions.nominate(selection, category, actions.government(region), by=request.user) for region in regions]


def _nominate_candidate(request: HttpRequest, selection: Selection, category: Category) -> HttpResponse:
    """Search among the candidates of the own area, choose one and its sector; or enter a new one and come back."""
    text = request.GET.get("q", "").strip()[:100]
    nominable_here = nominable_candidates(selection, category, request.user).select_related("region")
    offered = nominable_here.called(text) if text else nominable_here
    form = NominateCandidateForm(
        request.POST or None,
        category=category,
        nominable=nominable_here,
        offered=list(offered.order_by("name")[:MOST_OFFERED]),
        initial={"candidate": request.GET.get("candidate", "")},
    )
    way = {"selection": selection.slug, "category": category.slug}
    context = {
        "selection": selection,
        "category": category,
        "form": form,
        "text": text,
        "found": offered.count(),
        "most": MOST_OFFERED,
        "new_url": f"{reverse('candidate-create', args=[category.candidate_kind])}?{urlencode(way)}",
        "may_enter": candidate_area(request.user, CandidatePermission.EDIT).exists(),
    }
    if form.is_valid():
        candidate, sector = form.cleaned_data["candidate"], form.cleaned_data.get("sector")
        try:
            made = actions.nominate(selection, category, candidate, sector=sector, by=request.user)
        except ValidationError as error:
            form.add_error("sector" if error.code == "sector" and "sector" in form.fields else None, error)
        else:
            messages.success(request, _("The draft was made."))
            return redirect(made)
    return render(request, "awards/nominate_candidate.html", context)
