"""Conflicts of interest: the juror's own declaration, and the map ("peta benturan") for those who lead the panel."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Nomination
from awards.models.nominations import NominationQuerySet
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_in
from scoring.assignments import criteria, progress
from scoring.assignments.criteria import marked_nominations
from scoring.assignments.progress import EXCLUDED
from scoring.conflicts import actions, suggestions
from scoring.conflicts.forms import DeclarationForm
from scoring.lookups import typed_seat
from scoring.models import AssistantDeclaration, Conflict, Declaration, Panel, Seat

ROWS_A_PAGE = 50
SEES_THE_MAP = frozenset({Permission.MANAGE_PANEL, Permission.RECUSE, Permission.SEE_PROGRESS})


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: UserRequest, slug: str) -> HttpResponse:
    """Names, and one's own ties the rows show: nothing else about a candidate is shown before this is said."""
    seat = typed_seat(request, slug)
    selection = seat.panel.selection
    permissions.require(seat.user, Permission.SCORE, selection)
    is_own = seat.user == request.user
    names = _names(seat, request.user)
    shown = _shown(request, names)
    form = DeclarationForm(request.POST or None, nominations=shown)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            say = actions.declare if is_own else actions.declare_as_assistant
            say(seat, reasons=form.reasons(), by=request.user, about={each.pk for each in shown})
            messages.success(request, _("Your declaration has been recorded."))
            return redirect("declare", slug) if names.filter(is_declared=False).exists() else redirect("sheets")
    shown_rows = Nomination.objects.filter(pk__in=[each.pk for each in shown])
    ties = suggestions.suggested([seat], shown_rows) if is_own else {}  # nobody else's business
    own = AssistantDeclaration.objects.filter(seat=seat, declared_by=request.user, keeps_out=True)
    context = {
        "selection": selection,
        "form": form,
        "page": Paginator(names, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "left": names.filter(is_declared=False).count(),
        "rows": [(each, out, why, ties.get((seat.pk, each.pk), [])) for each, out, why in form.rows()],
        "kept_out": (seat.conflicts if is_own else own).select_related("nomination__candidate", "declared_by"),
    }
    return render(request, "scoring/conflicts/declare.html", context)


def _names(seat: Seat, user: User) -> NominationQuerySet:
    """What the seat scores and this person keeps not out of, first those about which nothing is declared."""
    if seat.user == user:
        names = criteria.to_score(seat)
        is_declared = Exists(Declaration.objects.filter(seat=seat, nomination=OuterRef("pk")))
    else:
        own = AssistantDeclaration.objects.filter(seat=seat, declared_by=user)
        names = criteria.to_score(seat).exclude(pk__in=own.filter(keeps_out=True).order_by().values("nomination"))
        is_declared = Exists(own.filter(nomination=OuterRef("pk")))
    return names.annotate(is_declared=is_declared).order_by("is_declared", *criteria.ORDER)


def _shown(request: UserRequest, names: NominationQuerySet) -> list[Nomination]:
    """A page of names; when the form comes back, those that were on it."""
    about = [int(key) for key in request.POST.getlist("about") if re.fullmatch("[0-9]{1,9}", key, re.ASCII)]
    if request.method == "POST" and about:
        return list(names.filter(pk__in=about[:ROWS_A_PAGE]))
    return list(Paginator(names, ROWS_A_PAGE).get_page(request.GET.get("page")))


@require_safe
def conflict_map(request: UserRequest, slug: str) -> HttpResponse:
    """For those who appoint or lead the panel, and the auditor; the number of queries does not grow with the panel."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    if not granted & SEES_THE_MAP:
        permissions.require(request.user, Permission.SEE_PROGRESS, selection)
    listed = marked_nominations(selection).visible_to(request.user)
    page = Paginator(listed, ROWS_A_PAGE).get_page(request.GET.get("page"))
    nominations = list(page.object_list)
    rows = Seat.objects.visible_to(request.user).sitting().with_people()
    seats = list(rows.filter(panel__selection=selection))
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    everywhere = suggestions.suggested(seats, listed)
    excluded = set(Conflict.objects.filter(seat__in=seats).order_by().values_list("seat", "nomination"))
    context = {
        "selection": selection,
        "panel": panel,
        "seats": seats,
        "rows": _map_rows(request, panel, seats, nominations, everywhere, Permission.RECUSE in granted),
        "page": page,
        "open_ties": len(everywhere.keys() - excluded),
    }
    return render(request, "scoring/conflicts/suggestions.html", context)


def _map_rows(
    request: UserRequest,
    panel: Panel,
    seats: list[Seat],
    nominations: list[Nomination],
    ties: suggestions.Map,
    may_recuse: bool,
) -> list[tuple[Nomination, list[dict[str, Any]], progress.Strength]]:
    """Of the page that is shown: each candidate, what each seat said about it, and how many jurors are left."""
    states = progress.progress(seats, nominations)
    here = Declaration.objects.filter(seat__in=seats, nomination__in=[each.pk for each in nominations])
    declared = set(here.values_list("seat", "nomination"))
    strengths = progress.strengths(seats, nominations, states, panel.quorum)

    def cell(seat: Seat, nomination: Nomination) -> dict[str, Any]:
        key = (seat.pk, nomination.pk)
        return {
            "seat": seat,
            "state": states[key],
            "is_out": states[key] in EXCLUDED,
            "has_declared": key in declared,
            "ties": ties.get(key, []),
            "may_recuse": may_recuse and seat.user != request.user,
        }

    return [(each, [cell(seat, each) for seat in seats], strengths[each.pk]) for each in nominations]
