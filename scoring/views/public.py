"""What everybody may read: winners of announced selections. Before the announcement: nothing, as if absent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from scoring import results


@login_not_required
@require_safe
def public_results(request: HttpRequest) -> HttpResponse:
    return render(request, "scoring/results/public_results.html", {"announced": results.announced()})


@login_not_required
@require_safe
def public_result(request: HttpRequest, slug: str) -> HttpResponse:
    """Places, names and regions; totals and scores are nobody's business here."""
    selection = get_object_or_404(results.announced().select_related("seal"), slug=slug)
    context = {"selection": selection, "seal": selection.seal, "rankings": results.sealed(selection.seal)}
    return render(request, "scoring/results/public_result.html", context)
