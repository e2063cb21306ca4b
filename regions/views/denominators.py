"""The workers of a province's regions, set by an office for a year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts.models import User
from regions import actions, permissions
from regions.measuring import DenominatorGrid
from regions.permissions import Permission
from regions.views.area import own_region


@require_http_methods(["GET", "HEAD", "POST"])
def denominators(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A province and its kabupaten/kota by segments: one number of workers each."""
    province = own_region(request, code, year)
    if not province.is_province:
        raise Http404
    permissions.require(request.user, Permission.SET_DENOMINATORS, province)
    grid = DenominatorGrid(province, year, request.POST if request.method == "POST" else None)
    if grid.is_bound and grid.is_valid():
        try:
            changed = _set(grid, request.user, request.path)
        except ValidationError as error:
            grid.add_error(None, error)
        else:
            told = ngettext("%(count)s denominator set.", "%(count)s denominators set.", changed) % {"count": changed}
            messages.success(request, told)
            return redirect("denominators", code, year)
    context = {"province": province, "year": year, "grid": grid}
    return render(request, "regions/denominators.html", context, status=422 if grid.is_bound else 200)


@transaction.atomic
def _set(grid: DenominatorGrid, by: User, origin: str) -> int:
    return sum(
        len(actions.set_denominators(region, grid.year, measured, by=by, origin=origin))
        for region, measured in grid.measured()
    )
