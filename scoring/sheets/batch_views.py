"""All sheets of one seat at once: the own marks compared, and every finished sheet handed in in one act."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Nomination
from paritrana.accounts.requests import UserRequest
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import PAGE
from scoring.lookups import own_seat
from scoring.permissions import may_score, require_scoring
from scoring.sheets import batch, comparison


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_all(request: UserRequest, slug: str) -> HttpResponse:
    """Each finished sheet is listed with its marks and confirmed by its own tick; what others lack is named."""
    seat = own_seat(request, slug)
    require_scoring(seat)
    assignment = Assignment.of(seat)
    page = Paginator(batch.begun(assignment), PAGE).get_page(request.GET.get("page"))
    begun = batch.drafts(assignment, list(page.object_list))
    finished = [each for each in begun if each.is_finished]
    if request.method == "POST":
        seen = {each.nomination: request.POST.get(f"sheet_{each.nomination.pk}", "") for each in begun}
        chosen = {each: int(version) for each, version in seen.items() if version.isdecimal() and len(version) < 9}
        if chosen:
            _hand_in(request, assignment, chosen)
            return redirect("sheets")
        messages.error(request, _("Tick the sheets to hand in."))
    context = {"selection": seat.panel.selection, "finished": finished, "page": page}
    context["unfinished"] = [each for each in begun if not each.is_finished]
    return render(request, "scoring/sheets/hand_in_all.html", context)


@require_safe
def compare(request: UserRequest, slug: str) -> HttpResponse:
    """Nothing but the juror's own marks, and only of candidates the juror has declared about."""
    assignment = Assignment.of(own_seat(request, slug))
    page = Paginator(_begun(assignment), PAGE).get_page(request.GET.get("page"))
    context = {
        "selection": assignment.selection,
        "comparisons": list(comparison.comparisons(assignment, list(page.object_list))),
        "page": page,
        "may_hand_in": may_score(assignment.seat),
    }
    return render(request, "scoring/sheets/compare.html", context)


def _begun(assignment: Assignment) -> list[comparison.Placed]:
    """What has no mark at all, and cannot be marked now, has no sheet to lead to."""
    rows = comparison.ordered(assignment)
    return rows if may_score(assignment.seat) else [(each, own) for each, own in rows if own.given]


def _hand_in(request: UserRequest, assignment: Assignment, chosen: dict[Nomination, int]) -> None:
    done, refusals = batch.hand_in_all(assignment, chosen)
    words = ngettext("%(count)d sheet has been handed in.", "%(count)d sheets have been handed in.", done)
    if done:
        messages.success(request, words % {"count": done})
    for refusal in refusals:
        messages.error(request, refusal)
