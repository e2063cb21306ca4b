"""Nominating: governments by ticking their regions, others by choosing or entering a candidate."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from awards.candidates.permissions import CandidatePermission, candidate_area
from awards.criteria.completeness import completeness, read
from awards.lookups import selection_seen
from awards.models import Category, Nomination, Selection
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.nominations import NominationQuerySet
from awards.nominations import actions, answer_page, calling, entry
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
from awards.stages import EDITABLE, MOVES, NominationState, Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_in
from regions import permissions as coverage

MOST_OFFERED = 30


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: UserRequest, slug: str, category: str) -> HttpResponse:
    """Create drafts in one category of a selection."""
    selection = selection_seen(request, slug)
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
    """Search the candidates of the own area, choose one and its sector; or enter a new one and come back."""
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
        "entries": [
            (CandidateKind(kind).label, f"{reverse('candidate-create', args=[kind])}?{urlencode(way)}")
            for kind in category.kinds
        ],
        "may_enter": candidate_area(request.user, CandidatePermission.EDIT).exists(),
    }
    if form.is_valid():
        candidate, sector = form.cleaned_data["candidate"], form.cleaned_data.get("sector")
        try:
            made = actions.nominate(selection, category, candidate, sector=sector, by=request.user)
        except ValidationError as error:
            form.add_error("sector" if error.code == "sector" and "sector" in form.fields else None, error)
            context["mend"] = candidate if error.code == "scale" else None
        else:
            return done(request, _("The draft was made."), made)
    return render(request, "awards/nominations/nominate_candidate.html", context)


ROWS_A_PAGE = 50
CHOOSABLE = MOVES["shortlist"][0] | MOVES["pass-over"][0]


@require_safe
def nomination_list(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    visible = Nomination.objects.visible_to(request.user).filter(selection=selection)
    narrowed = NominationFilter(request.GET, visible.with_context(), selection=selection)
    rows = narrowed.qs.select_related("nominated_by")
    counts = dict(narrowed.qs.order_by().values_list("state").annotate(Count("pk")))
    held = granted(request.user, selection)
    may_choose = not CHOOSABLE.isdisjoint(counts) and Permission.SHORTLIST in held
    table = _table(request, rows, () if may_choose else ("pick",))
    shown = list(table.page.object_list.data)
    context = {
        "selection": selection,
        "filter": narrowed,
        "table": table,
        "is_empty": not counts and not request.GET,
        "categories": selection.categories.all(),
        "may_nominate": Permission.NOMINATE in held,
        "excluded": entry.doubled(shown),
        "unsent": sum(counts.get(state, 0) for state in EDITABLE),
        "deadlines": answer_page.deadlines_of(selection, counts),
        "may_choose": may_choose,
        "calls": calling.calls("shortlist", selection) if may_choose else [],
        "may_verify": not MOVES["verify"][0].isdisjoint(counts) and Permission.VERIFY in held,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, "awards/nominations/_rows.html" if is_fragment else "awards/nominations/list.html", context)


def _table(request: UserRequest, rows: NominationQuerySet, exclude: tuple[str, ...]) -> NominationTable:
    """What is lacking follows from the answers: computed for the rows shown, for all only to sort by it."""
    is_sorted_by_it = any("lacking" in name for name in request.GET.getlist("sort"))
    table = NominationTable(_judged(list(rows)) if is_sorted_by_it else rows, exclude=exclude)
    RequestConfig(request, paginate={"per_page": ROWS_A_PAGE}).configure(table)
    if not is_sorted_by_it:
        _judged(table.page.object_list.data)
    return table


def _judged(rows: Iterable[Any]) -> Iterable[Any]:
    """Each with what it lacks and whether it is eligible."""
    known = read(rows)
    lacking, eligible = completeness(rows, known), eligibility(rows, known)
    for row in rows:
        row.lacking, row.eligibility = lacking[row.pk], eligible[row.pk]
    return rows


def visible_nomination(request: UserRequest, pk: int, permission: Permission | None = None) -> Nomination:
    """The nomination, or 404 for what is absent and what is not this person's to see alike.

    With ``permission`` for those alone who have it on this nomination; PermissionDenied (403) for others who see it.
    """
    nomination = get_object_or_404(Nomination.objects.visible_to(request.user).with_context(), pk=pk)
    if permission:
        require_on(request.user, permission, nomination)
    return nomination


COMMENTS_SHOWN = 3


@require_safe
def nomination_page(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    dossier, held = Dossier(nomination), granted_on(request.user, nomination)
    known = read([nomination])
    lacking = completeness([nomination], known)[nomination.pk]
    may_answer = nomination.is_editable and Permission.ANSWER in held
    may_enter = coverage.may(request.user, coverage.RegionPermission.ENTER, nomination.candidate.region)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "dossier": dossier,
        "lacking": lacking,
        "missing": answer_page.missing(nomination, lacking, may_answer=may_answer, may_enter=may_enter),
        "eligibility": eligibility([nomination], known)[nomination.pk],
        "deadlines": answer_page.deadlines_of(nomination.selection, {nomination.state: 1}),
        "may_clear": Permission.CLEAR in held,
        "may_share_return": Permission.VERIFY in held and nomination.state == NominationState.RETURNED,
        "sees_comments": Permission.SEE_COMMENTS in held,
        "may_comment": Permission.VERIFY in held,
        "comments": nomination.comments.with_context()[:COMMENTS_SHOWN] if Permission.SEE_COMMENTS in held else [],
        "exemptions": nomination.exemptions.select_related("criterion"),
        "may_trace": not held.isdisjoint({Permission.SEE_RANKING, Permission.SEE_CANDIDATE_COPY}),
        "verbs": moves_open_to(held, nomination),
        "may_invite": Permission.INVITE_CONTACT in held,
        "carried_rows": compared(nomination),
        "double_roles": double_roles_towards(nomination),
        "rivals": entry.rivals([nomination]).get(nomination.pk, []),
        "misfit": entry.misfit(nomination.selection, nomination.category, nomination.candidate),
        "may_enter_coverage": may_enter,
        "may_answer": may_answer,
        "answers_first": may_answer and not lacking.is_answered,
    }
    return render(request, "awards/nominations/page.html", context)
