"""Nominating: governments by ticking their regions, everybody else by choosing a candidate or entering a new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from awards.candidates.permissions import CandidatePermission, candidate_area
from awards.criteria.completeness import completeness
from awards.models import Category, Nomination, Selection
from awards.models.editions import GOVERNMENTS
from awards.nominations import actions, answer_page
from awards.nominations.actions import nominable, nominable_candidates
from awards.nominations.detail import Dossier
from awards.nominations.double_roles import double_roles_towards
from awards.nominations.eligibility import eligibility
from awards.nominations.filters import NominationFilter
from awards.nominations.forms import NominateCandidateForm, NominateForm
from awards.nominations.promotion import compared
from awards.nominations.tables import NominationTable
from awards.nominations.transitions import moves_open_to
from awards.permissions import granted, granted_on, require, require_on
from awards.stages import MOVES, Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from regions import permissions as coverage

MOST_OFFERED = 30


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: UserRequest, slug: str, category: str) -> HttpResponse:
    """Make drafts in one category of a selection."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    chosen = get_object_or_404(Category.objects.filter(selections=selection), slug=category)
    require(request.user, Permission.NOMINATE, selection, even_late=request.method == "POST")
    if chosen.candidate_kind in GOVERNMENTS:
        return _nominate_governments(request, selection, chosen)
    return _nominate_candidate(request, selection, chosen)


def _nominate_governments(request: UserRequest, selection: Selection, category: Category) -> HttpResponse:
    """Tick the regions whose government competes; each becomes a draft."""
    form = NominateForm(request.POST or None, nominable=nominable(selection, category, request.user))
    if form.is_valid():
        with refusals_in(form):
            made = _nominate_all(selection, category, form.cleaned_data["regions"], request)
            text = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect(made[0] if len(made) == 1 else "nominations", *([] if len(made) == 1 else [selection.slug]))
    return render(
        request, "awards/nominations/nominate.html", {"selection": selection, "category": category, "form": form}
    )


@transaction.atomic
def _nominate_all(selection: Selection, category: Category, regions: Any, request: UserRequest) -> list[Nomination]:
    return [actions.nominate(selection, category, actions.government(region), by=request.user) for region in regions]


def _nominate_candidate(request: UserRequest, selection: Selection, category: Category) -> HttpResponse:
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
    return render(request, "awards/nominations/nominate_candidate.html", context)


ROWS_A_PAGE = 50


@require_safe
def nomination_list(request: UserRequest, slug: str) -> HttpResponse:
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    visible = Nomination.objects.visible_to(request.user).filter(selection=selection)
    narrowed = NominationFilter(request.GET, visible.with_context(), selection=selection)
    rows = list(narrowed.qs.select_related("nominated_by"))
    lacking, eligible = completeness(rows), eligibility(rows)
    for row in rows:
        row.lacking, row.eligibility = lacking[row.pk], eligible[row.pk]
    choosable = MOVES["shortlist"][0] | MOVES["pass-over"][0]
    has_choice = any(row.state in choosable for row in rows)
    may_choose = has_choice and Permission.SHORTLIST in granted(request.user, selection)
    table = NominationTable(rows, exclude=() if may_choose else ("pick",))
    RequestConfig(request, paginate={"per_page": ROWS_A_PAGE}).configure(table)
    context = {
        "selection": selection,
        "filter": narrowed,
        "table": table,
        "is_empty": not rows and not request.GET,
        "categories": selection.categories.all(),
        "may_nominate": Permission.NOMINATE in granted(request.user, selection),
        "unsent": sum(row.is_editable for row in rows),
        "deadlines": answer_page.deadlines_of(selection, rows),
        "may_choose": may_choose,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, "awards/nominations/_rows.html" if is_fragment else "awards/nominations/list.html", context)


def visible_nomination(request: UserRequest, pk: int, permission: Permission | None = None) -> Nomination:
    """The nomination, or 404 for what is absent and what is not this person's to see alike.

    With ``permission`` for those alone who have it on this nomination; PermissionDenied (403) for others who see it.
    """
    nomination = get_object_or_404(Nomination.objects.visible_to(request.user).with_context(), pk=pk)
    if permission:
        require_on(request.user, permission, nomination)
    return nomination


@require_safe
def nomination_page(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    dossier, held = Dossier(nomination), granted_on(request.user, nomination)
    lacking = completeness([nomination])[nomination.pk]
    may_answer = nomination.is_editable and Permission.REPAIR in held
    may_enter = coverage.may(request.user, coverage.RegionPermission.ENTER, nomination.candidate.region)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "dossier": dossier,
        "lacking": lacking,
        "missing": answer_page.missing(nomination, lacking, may_answer=may_answer, may_enter=may_enter),
        "eligibility": eligibility([nomination])[nomination.pk],
        "deadlines": answer_page.deadlines_of(nomination.selection, [nomination]),
        "may_clear": Permission.CLEAR in held,
        "exemptions": nomination.exemptions.select_related("criterion"),
        "may_trace": not held.isdisjoint({Permission.SEE_RANKING, Permission.SEE_CANDIDATE_COPY}),
        "verbs": moves_open_to(held, nomination),
        "carried_rows": compared(nomination),
        "double_roles": double_roles_towards(nomination),
        "may_enter_coverage": may_enter,
        "may_answer": may_answer,
    }
    return render(request, "awards/nominations/page.html", context)
