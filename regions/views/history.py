"""Reading back: every version of the figures of a region and year, and all that was said about them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from paritrana import formats
from paritrana.accounts.models import AuditEvent
from regions.models import Correction, Coverage, CoverageVersion, Region
from regions.views.area import own_region

SAID = {
    "coverage.send": _("Version %(version)s sent"),
    "coverage.verify": _("Version %(version)s verified"),
    "coverage.return": _("Version %(version)s returned: %(reason)s"),
    "coverage.justify": _("Note on version %(version)s: %(note)s"),
    "coverage.propose": _("Correction proposed: %(reason)s"),
    "coverage.correct": _("Correction accepted"),
    "coverage.keep": _("Correction refused: %(answer)s"),
    "coverage.measure": _("Workers set by the office"),
}


@require_safe
def coverage_history(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every version of the figures: who wrote it, when, and from which form or file; notes, returns, corrections."""
    region = own_region(request, code, year)
    versions = (
        CoverageVersion.objects.filter(coverage__region=region, coverage__year=year)
        .select_related("coverage__segment", "coverage__verified_by", "definition", "written_by")
        .order_by("coverage__segment__order", "-version")
    )
    corrections = Correction.objects.visible_to(request.user).filter(coverage__region=region, coverage__year=year)
    context = {
        "region": region,
        "year": year,
        "versions": versions,
        "events": _events(region, year),
        "corrections": corrections.with_context(),
    }
    return render(request, "regions/coverage_history.html", context)


def _events(region: Region, year: int) -> list[dict[str, Any]]:
    """What happened to the figures besides being written, newest first."""
    figures = dict(Coverage.objects.filter(region=region, year=year).values_list("pk", "segment__code"))
    events = AuditEvent.objects.filter(
        object_type=Coverage._meta.label_lower, object_id__in=map(str, figures), verb__in=SAID
    ).select_related("actor")
    return [
        {
            "when": formats.moment(event.at, region.time_zone),
            "who": event.actor,
            "text": f"{figures[int(event.object_id)]} · {_told(event)}",
        }
        for event in events.order_by("-sequence")
    ]


def _told(event: AuditEvent) -> str:
    given = {"version": "", "reason": "", "note": "", "answer": ""} | event.detail
    return str(SAID[event.verb]) % given
