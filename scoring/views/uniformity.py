"""How evenly the jurors marked: read after the close by the auditor and the chair, beside the official result."""

from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.seeing import sheets
from scoring import uniformity_words as words
from scoring.models import Conflict
from scoring.uniformity import Evenness, evenness
from scoring.views.access import selection_seen
from scoring.views.downloads import XLSX


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_AGREEMENT, selection)
    found, left_out = _for(selection, request.user)
    categories = [
        {
            "found": each,
            "refusal": words.REFUSALS.get(each.refused),
            "measures": words.measures(each),
            "lines": words.lines(each),
            "picture": words.picture(each) if each.jurors else None,
        }
        for each in found
    ]
    context = {"selection": selection, "categories": categories, "left_out": left_out}
    return render(request, "scoring/chair/uniformity.html", context)


@require_POST
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a workbook; taking it along stands in the trail."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_AGREEMENT, selection)
    lines = words.book_lines(_for(selection, request.user)[0])
    made = sheets.table(
        _("Evenness"), _("Evenness of the jurors: %(name)s") % {"name": selection}, list(map(str, words.HEAD)), lines
    )
    with transaction.atomic():
        trail.record(request.user, "agreement.export", selection, bytes=len(made))
    name = f"keseragaman-{selection.slug}.xlsx"
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _for(selection: Selection, user: User) -> tuple[list[Evenness], int]:
    """The report without the candidates the reader keeps out of, and how many those are."""
    conflicts = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=user)
    kept_out = set(conflicts.values_list("nomination", flat=True))
    shown = [
        replace(
            each,
            candidates=[one for one in each.candidates if one.nomination.pk not in kept_out],
            outliers=[one for one in each.outliers if one.nomination.pk not in kept_out],
        )
        for each in evenness(selection)
    ]
    return shown, len(kept_out)
