"""Nominations: the list and the dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from awards import answering
from awards.carried import compared
from awards.completeness import completeness
from awards.dossier import Dossier
from awards.eligibility import eligibility
from awards.filters import NominationFilter
from awards.interests import double_roles_towards
from awards.models import Nomination, Selection
from awards.overview import moves_open_to
from awards.permissions import granted, granted_on
from awards.stages import MOVES, Permission
from awards.tables import NominationTable
from regions import permissions as coverage

ROWS_A_PAGE = 50


@require_safe
def nomination_list(request: HttpRequest, slug: str) -> HttpResponse:
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
        "deadlines": answering.deadlines_of(selection, rows),
        "may_choose": may_choose,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, "awards/_nomination_rows.html" if is_fragment else "awards/nomination_list.html", context)


def visible_nomination(request: HttpRequest, pk: int) -> Nomination:
    """The nomination, or 404 for what is absent and what is not this person's to see alike."""
    return get_object_or_404(Nomination.objects.visible_to(request.user).with_context(), pk=pk)


@require_safe
def nomination_page(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    dossier, held = Dossier(nomination), granted_on(request.user, nomination)
    lacking = completeness([nomination])[nomination.pk]
    may_answer = nomination.is_editable and Permission.REPAIR in held
    may_enter = coverage.may(request.user, coverage.Permission.ENTER, nomination.candidate.region)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "dossier": dossier,
        "lacking": lacking,
        "missing": answering.missing(nomination, lacking, may_answer=may_answer, may_enter=may_enter),
        "eligibility": eligibility([nomination])[nomination.pk],
        "deadlines": answering.deadlines_of(nomination.selection, [nomination]),
        "may_clear": Permission.CLEAR in held,
        "exemptions": nomination.exemptions.select_related("criterion"),
        "may_trace": not held.isdisjoint({Permission.SEE_RANKING, Permission.SEE_CANDIDATE_COPY}),
        "verbs": moves_open_to(held, nomination),
        "carried_rows": compared(nomination),
        "double_roles": double_roles_towards(nomination),
        "may_enter_coverage": may_enter,
        "may_answer": may_answer,
    }
    return render(request, "awards/nomination.html", context)
