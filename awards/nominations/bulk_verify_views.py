"""The review of all sent nominations without remarks, verified together."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards.lookups import selection_seen
from awards.models import Nomination, Selection
from awards.models.nominations import NominationQuerySet
from awards.nominations.bulk_verifying import MOST_AT_ONCE, remarks_on, verify_together
from awards.nominations.filters import NominationFilter
from awards.stages import NominationState, Permission
from paritrana.accounts.requests import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
def nominations_verify(request: UserRequest, slug: str) -> HttpResponse:
    """GET lists a page of those sent, without remarks and left out; POST verifies all ticked ones, or none.

    The filters apply.
    """
    selection = selection_seen(request, slug, Permission.VERIFY)
    seen = _seen(request.POST.getlist("pick"))
    refusals = _verify(request, selection, seen) if request.method == "POST" else []
    if request.method == "POST" and not refusals:
        return redirect("nominations", selection.slug)
    status = 200 if request.method != "POST" else 409 if seen else 422
    context = _shown(request, selection) | {"refusals": refusals, "unticked": _unticked(request, seen)}
    return render(request, "awards/nominations/verify_together.html", context, status=status)


def _verify(request: UserRequest, selection: Selection, seen: dict[int, int]) -> list[str]:
    """Verify what was ticked; otherwise why nothing was verified, one line for each."""
    visible = _visible(request, selection).filter(pk__in=seen).values_list("pk", flat=True)
    chosen = {pk: seen[pk] for pk in visible}
    if not chosen:
        return [_("Nothing was ticked. Tick the nominations to verify.")]
    try:
        rows = verify_together(selection, chosen, by=request.user)
    except ValidationError as error:
        return list(error.messages)
    done = ngettext(
        "%(count)d nomination verified: %(names)s.", "%(count)d nominations verified: %(names)s.", len(rows)
    )
    messages.success(request, done % {"count": len(rows), "names": ", ".join(map(str, rows))})
    return []


def _visible(request: UserRequest, selection: Selection) -> NominationQuerySet:
    visible: NominationQuerySet = Nomination.objects.visible_to(request.user).filter(selection=selection)
    return visible


def _shown(request: UserRequest, selection: Selection) -> dict[str, Any]:
    narrowed = NominationFilter(request.GET, _visible(request, selection).with_context(), selection=selection)
    sent = narrowed.qs.filter(state=NominationState.SENT).select_related("carried_from", "nominated_by")
    in_order = sent.order_by("category__order", "candidate__region__code", "candidate__name", "pk")
    page = Paginator(in_order, MOST_AT_ONCE).get_page(request.GET.get("lot"))  # "page" is the one of the list
    rows = list(page.object_list)
    remarks = remarks_on(selection, rows, by=request.user)
    return {
        "selection": selection,
        "page": page,
        "ready": [row for row in rows if not remarks[row.pk]],
        "later": page.paginator.count - page.end_index(),
        "left_out": [(row, remarks[row.pk]) for row in rows if remarks[row.pk]],
        "back_url": f"{reverse('nominations', args=[selection.slug])}?{request.GET.urlencode()}",
    }


def _unticked(request: UserRequest, seen: dict[int, int]) -> set[int]:
    """Those the person had left without a tick, so that a refusal keeps the choice."""
    offered = {int(text) for text in request.POST.getlist("offered") if re.fullmatch("[0-9]{1,18}", text, re.ASCII)}
    return offered - seen.keys()


def _seen(picks: list[str]) -> dict[int, int]:
    """Version by primary key from values ``pk:version``; other values are ignored."""
    pairs = (pick.split(":") for pick in picks if re.fullmatch("[0-9]{1,18}:[0-9]{1,9}", pick, re.ASCII))
    return {int(pk): int(version) for pk, version in pairs}
