"""Workbooks. Looking at the offer writes nothing; taking the file does, so it is asked for by POST."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.stages import Permission
from scoring import results
from scoring.actions import exports
from scoring.views.access import selection_seen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def export_winners(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.EXPORT, selection)
    if request.method == "POST":
        made = exports.export_winners(selection, by=request.user)
        name = f"pemenang-{selection.slug}.xlsx"
        return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    sheets = sum(len(ranking.groups) for ranking in results.sealed(selection.seal))
    context = {
        "selection": selection,
        "seal": selection.seal,
        "sheets": sheets,
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/results/export.html", context)
