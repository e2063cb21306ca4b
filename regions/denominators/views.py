"""The workers of a province's regions, set by an office for a year: on a page, or by a workbook."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.workbooks import staging
from regions import permissions
from regions.coverage.views import own_region
from regions.denominators import actions
from regions.denominators import upload as sheets
from regions.denominators.grid import DenominatorGrid
from regions.imports import jobs, template
from regions.imports.views import Errand, choose, look
from regions.models import Region
from regions.permissions import RegionPermission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 1.5
"""Seconds an answer waits for a file to be read."""


@require_http_methods(["GET", "HEAD", "POST"])
def denominators(request: UserRequest, code: str, year: int) -> HttpResponse:
    """A province and its kabupaten/kota by segments: one number of workers each."""
    province = _own_province(request, code, year)
    grid = DenominatorGrid(province, year, request.POST if request.method == "POST" else None)
    if grid.is_bound and grid.is_valid():
        try:
            changed = _set(grid, request.user, request.path)
        except ValidationError as error:
            grid.add_error(None, error)
        else:
            _tell(request, changed)
            return redirect("denominators", code, year)
    context = {"province": province, "year": year, "grid": grid}
    return render(request, "regions/denominators/denominators.html", context, status=422 if grid.is_bound else 200)


@require_safe
def denominators_template(request: UserRequest, code: str, year: int) -> HttpResponse:
    """The same as a workbook, filled with what is set."""
    province = _own_province(request, code, year)
    made = template.of_denominators(sheets.regions_of(province), year)
    disposition = {"Content-Disposition": f'attachment; filename="penyebut-{code}-{year}.xlsx"'}
    return HttpResponse(made, content_type=XLSX, headers=disposition)


@require_http_methods(["GET", "HEAD", "POST"])
def denominators_upload(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Choosing a filled-in workbook; nothing is written."""
    return choose(request, _errand(_own_province(request, code, year), year), PATIENCE)


@require_http_methods(["GET", "HEAD", "POST"])
def denominators_upload_read(request: UserRequest, code: str, year: int, key: str) -> HttpResponse:
    """What the file would change; confirming writes all of it or nothing."""
    province = _own_province(request, code, year)
    errand = _errand(province, year)
    received = staging.find(request.user, key, errand.about)
    if received is None:
        raise Http404
    phase = jobs.now(received)
    if phase.state != "read":
        return look(request, errand, received, phase, None)
    if request.method != "POST":
        return look(request, errand, received, phase, sheets.preview(received, province, year))
    given = {name: request.POST.get(name, "") for name in ("digest", "fingerprint")}
    try:
        _tell(request, sheets.carry_out(received, province, year, by=request.user, **given))
    except (staging.Stale, staging.FaultyFile) as refused:
        reason = "stale" if isinstance(refused, staging.Stale) else ""
        found = sheets.preview(received, province, year)
        return look(request, errand, received, jobs.ImportPhase("read", told=reason), found, status=409)
    return redirect("denominators", code, year)


def _own_province(request: UserRequest, code: str, year: int) -> Region:
    """404 for what is no province of the own area, 403 for those who set no denominators."""
    province = own_region(request, code, year)
    if not province.is_province:
        raise Http404
    permissions.require(request.user, RegionPermission.SET_DENOMINATORS, province)
    return province


def _errand(province: Region, year: int) -> Errand:
    args = (province.code, year)
    name = _("Denominators of %(name)s in %(year)s") % {"name": province.name, "year": year}
    return Errand(
        about=sheets.about(province, year),
        pages=("denominators-upload", "denominators-upload-read"),
        args=args,
        back=(reverse("denominators", args=args), name),
        template_url=reverse("denominators-template", args=args),
        changes="regions/denominators/_changes.html",
        consequence=_("Figures not verified yet take the new workers over; verified ones wait for a correction."),
    )


def _tell(request: UserRequest, changed: int) -> None:
    message = ngettext("%(count)s denominator set.", "%(count)s denominators set.", changed) % {"count": changed}
    messages.success(request, message)


@transaction.atomic
def _set(grid: DenominatorGrid, by: User, origin: str) -> int:
    return sum(
        len(actions.set_denominators(region, grid.year, measured, by=by, origin=origin))
        for region, measured in grid.measured()
    )
