"""Workbooks of a branch: the template of its area, handing it back, looking before anything is written; paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.models import User
from regions import blank, permissions, phases, series, uploads
from regions import coverage as rules
from regions.grid import Grid
from regions.models import Region, Segment
from regions.permissions import Permission
from regions.views.handing_in import Errand, choose, look

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 1.5
"""Seconds an answer waits for work on a file: most files are done by then, longer ones show progress."""


def _errand() -> Errand:
    return Errand(
        about=uploads.COVERAGE,
        pages=("coverage-upload", "coverage-upload-read"),
        back=(reverse("coverage"), _("Coverage")),
        template_url=reverse("coverage-template"),
        paper_url=reverse("coverage-paper"),
        changes="regions/_upload_changes.html",
        consequence=_("A changed figure has to be sent and verified again."),
    )


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook of exactly the own area, filled with what is known."""
    made = blank.workbook(_grid(request.user))
    name = f"cakupan-{timezone.localdate().isoformat()}.xlsx"
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same as a form to be printed and filled in by hand."""
    return render(request, "regions/paper.html", {"grid": _grid(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choosing a file; it is kept and read, and nothing is written."""
    _area(request.user)
    return choose(request, _errand(), PATIENCE)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_read(request: HttpRequest, key: str) -> HttpResponse:
    """How far reading, comparing and writing are, and what the file would change; confirming writes all or nothing.

    What takes longer than a request goes on without the page, which finds it again whenever it is opened.
    """
    received = uploads.find(request.user, key)
    if received is None:
        raise Http404
    area = _area(request.user)
    phase = _compared(received, area)
    given = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    if request.method == "POST" and phase.state == "read":
        return _write(request, received, area, given)
    if request.method == "POST" and phase.state == "compared":
        phases.write(received, area, by=request.user, **given)
        phases.wait(received, PATIENCE)
        return redirect("coverage-upload-read", key)
    found = uploads.preview(received, area) if phase.state == "read" else None
    return look(request, _errand(), received, phase, phases.shown(received) if phase.state == "compared" else found)


def _compared(received: uploads.Upload, area: list[Region]) -> phases.Phase:
    """The phase of an upload; a long file that is read, or was left half-way, begins to be compared."""
    phase = phases.now(received)
    if phase.state == "broken" or phase.state == "read" and phases.is_long(phase):
        phases.compare(received, area, phase.told)
        return phases.wait(received, PATIENCE)
    return phase


def _write(request: HttpRequest, received: uploads.Upload, area: list[Region], given: dict[str, str]) -> HttpResponse:
    """Write a short file at once."""
    try:
        count = uploads.carry_out(received, area, by=request.user, **given)
    except uploads.Stale:
        return look(
            request,
            _errand(),
            received,
            phases.Phase("read", told="stale"),
            uploads.preview(received, area),
            status=409,
        )
    except uploads.Faulty:
        return look(request, _errand(), received, phases.Phase("read"), uploads.preview(received, area), status=409)
    _tell(request, count)
    return redirect("coverage")


def _tell(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing had changed, so nothing was written."))
        return
    told = ngettext("%(count)s figure saved from the file.", "%(count)s figures saved from the file.", count)
    messages.success(request, told % {"count": count})


def _area(user: User) -> list[Region]:
    """The regions this person enters figures of; 403 for those who enter nowhere."""
    area = list(permissions.area(user, Permission.ENTER).order_by("code"))
    if not area:
        raise PermissionDenied(_("This is done by another office than yours."))
    return area


def _grid(user: User) -> Grid:
    area = _area(user)
    reported = series.latest_year(permissions.area(user, Permission.ENTER))
    return Grid(user, area, max(reported, rules.last_full_year()), Segment.objects.all())
