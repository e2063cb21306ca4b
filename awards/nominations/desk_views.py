"""The verification desk of a selection: its sent nominations, and the chosen one with all that is to be looked at."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.lookups import selection_seen
from awards.models import Nomination
from awards.nominations import row_checks
from awards.nominations.bulk_verifying import remarks_on
from awards.nominations.detail import Dossier
from awards.nominations.forms import ReturnNominationForm
from awards.nominations.past_years import past_years
from awards.nominations.transitions import remarkable
from awards.stages import NominationState, Permission
from paritrana.accounts.requests import UserRequest
from regions.verification.doubts import doubts

ROWS_PER_PAGE = 50


@require_safe
def nominations_desk(request: UserRequest, slug: str) -> HttpResponse:
    """The list at the left with the problems of each nomination; verifying or returning one opens the next."""
    selection = selection_seen(request, slug, Permission.VERIFY)
    waiting = Nomination.objects.visible_to(request.user).filter(selection=selection, state=NominationState.SENT)
    rows = waiting.with_context().select_related("carried_from", "nominated_by", "submitted_by")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    remarks = remarks_on(selection, listed, by=request.user)
    context: dict[str, Any] = {
        "selection": selection,
        "page": page,
        "rows": [(row, remarks[row.pk]) for row in listed],
        "rows_count": page.paginator.count,
        **_chosen(listed, request),
    }
    return render(request, "awards/nominations/desk.html", context)


def _chosen(rows: list[Nomination], request: UserRequest) -> dict[str, Any]:
    """The nomination that was asked for, or the first, and its neighbours on the page."""
    if not rows:
        return {"nomination": None}
    asked = request.GET.get("nomination")
    at = next((number for number, row in enumerate(rows) if str(row.pk) == asked), 0)
    nomination, after = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    dossier = Dossier(nomination)
    form = ReturnNominationForm(initial={"version": nomination.version}, criteria=remarkable(nomination))
    boxes = dict(form.remark_fields())
    return {
        "nomination": nomination,
        "dossier": dossier,
        "past": past_years(dossier),
        "doubts": doubts(dossier.figures, reader=request.user),
        "form": form,
        "answers": [(row, boxes.get(row.criterion)) for row in dossier.rows() if not row.criterion.is_interviewed],
        "listed": [(row, row_checks.name_of(row)) for row in row_checks.rows_of([nomination])[nomination.pk]],
        "before_url": _address(rows[at - 1], request) if at else "",
        "after_url": _address(after, request) if after else "",
        "after": after.pk if after else 0,
    }


def _address(row: Nomination, request: UserRequest) -> str:
    query = request.GET.copy()
    query["nomination"] = str(row.pk)
    return f"?{query.urlencode()}"
