"""Pages for the workers of a province's regions in a year: typed, or by a workbook."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done
from paritrana.intake import IntakeErrand
from regions import permissions
from regions.coverage.views import own_region
from regions.denominators import actions
from regions.denominators.grid import DenominatorGrid
from regions.denominators.intake import ProvinceDenominators
from regions.models import Region
from regions.permissions import RegionPermission


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
            message = ngettext("%(count)s denominator set.", "%(count)s denominators set.", changed)
            return done(request, message % {"count": changed}, "denominators", code, year)
    context = {"province": province, "year": year, "grid": grid}
    return render(request, "regions/denominators/denominators.html", context, status=422 if grid.is_bound else 200)


def _own_province(request: UserRequest, code: str, year: int) -> Region:
    """404 for what is not a province of the own area, 403 for people who set no denominators."""
    province = own_region(request, code, year)
    if not province.is_province:
        raise Http404
    permissions.require(request.user, RegionPermission.SET_DENOMINATORS, province)
    return province


def errand(request: UserRequest, code: str, year: int) -> IntakeErrand:
    """Handing a workbook of one province and year in."""
    intake = ProvinceDenominators(_own_province(request, code, year), year)
    args = (code, year)
    return IntakeErrand(intake, "denominators", (reverse("denominators", args=args), str(intake.title)), args)


@transaction.atomic
def _set(grid: DenominatorGrid, by: User, origin: str) -> int:
    return sum(
        len(actions.set_denominators(region, grid.year, measured, by=by, origin=origin))
        for region, measured in grid.measured()
    )
