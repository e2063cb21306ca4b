"""Certificates of published winners of past periods, reprinted in one go, for who looks after all of them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.edition_permissions import may_reprint
from scoring.actions import documents as actions
from scoring.forms.documents import ReprintForm
from scoring.papers import past
from scoring.views.documents import zip_answer


@require_http_methods(["GET", "HEAD", "POST"])
def past_certificates(request: HttpRequest) -> HttpResponse:
    """One zip with everybody of a period, or of all; what was made before is handed out as it was."""
    if not may_reprint(request.user):
        raise PermissionDenied(_("The national committee reprints certificates of past periods."))
    published = past.published()
    form = ReprintForm(request.POST or None, published=published)
    if form.is_valid():
        chosen = form.narrowed()
        made = actions.make_past(chosen, by=request.user)
        return zip_answer(actions.take_all(made, chosen[0], by=request.user), f"piagam-{form.name()}.zip")
    missing = len(past.missing(published))
    context = {"form": form, "count": len(published), "missing": missing}
    return render(request, "scoring/documents/past.html", context)
