"""Workbooks. Looking at the offer writes nothing; taking the file does, so it is asked for by POST."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.stages import Permission
from scoring import results, verify_seal
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


@require_safe
def seal_document(request: HttpRequest, slug: str) -> HttpResponse:
    """The seal as it was frozen, byte for byte, to be checked elsewhere; see ``scoring/verify_seal.py``."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.EXPORT, selection)
    seal = selection.seal
    headers = {"Content-Disposition": f'attachment; filename="penetapan-{selection.slug}.json"'}
    return HttpResponse(seal.payload.encode(), content_type="application/json", headers=headers)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The script that checks a seal without the portal, for whoever wants to check one."""
    headers = {"Content-Disposition": 'attachment; filename="verify_seal.py"'}
    return HttpResponse(Path(verify_seal.__file__).read_bytes(), content_type="text/x-python", headers=headers)
