"""Setting targets: those of one place and year, and those of many regions and years on a grid."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts.requests import UserRequest
from regions import permissions, rules
from regions.atlas import readings, universal, working_areas
from regions.models import Branch, Coverage, Region, Target
from regions.models.measures import OVERALL
from regions.permissions import RegionPermission
from regions.targets import actions
from regions.targets.forms import TargetForm
from regions.targets.grid import GridChoice, TargetGrid

REGIONS_ON_A_GRID = 100
"""More than a province has, so that an office sees all its regions at once."""


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Set the targets of one region and year: percentages, numbers of people, or none."""
    _check_year(year)
    region = get_object_or_404(Region.objects.worked_by(request.user).select_related("parent"), code=code)
    permissions.require(request.user, RegionPermission.SET_TARGETS, region)
    return _edit(request, region, year)


@require_http_methods(["GET", "HEAD", "POST"])
def branch_target_edit(request: UserRequest, pk: int, year: int) -> HttpResponse:
    """The same for the working area of a branch."""
    _check_year(year)
    branch = get_object_or_404(Branch.objects.worked_by(request.user), pk=pk)
    permissions.require_for(request.user, RegionPermission.SET_TARGETS, branch)
    return _edit(request, branch, year)


@require_http_methods(["GET", "HEAD", "POST"])
def nation_target_edit(request: UserRequest, year: int) -> HttpResponse:
    """The same for the nation, by the head office."""
    _check_year(year)
    permissions.require_for_nation(request.user, RegionPermission.SET_TARGETS)
    return _edit(request, None, year)


def _check_year(year: int) -> None:
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year + actions.YEARS_AHEAD:
        raise Http404


def _edit(request: UserRequest, place: actions.Place, year: int) -> HttpResponse:
    if request.method != "POST":
        return _page(request, TargetForm(place, year))
    form = TargetForm(place, year, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    seen, source = form.cleaned_data["seen"], form.cleaned_data["source"]
    try:
        changed = actions.set_targets(
            place, year, form.wanted(), seen=seen, source=source, by=request.user, origin=request.path
        )
    except ValidationError:
        return _conflict(request, TargetForm(place, year, request.POST))
    messages.success(request, _("Targets saved.") if changed else _("Nothing had changed, so nothing was written."))
    return redirect(place or "universal-coverage")


def _page(request: UserRequest, form: TargetForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "place": form.place, "year": form.year, "reading": _reading(request, form), **more}
    return render(request, "regions/targets/edit.html", context, status=status)


def _reading(request: UserRequest, form: TargetForm) -> readings.CoverageReading:
    """PU and BPU together in the year of the form."""
    if form.place is None:
        return universal.reading(request.user, form.year)
    if isinstance(form.place, Branch):
        return working_areas.outlooks(form.place, request.user, form.year)[0].standing.reading
    figures = Coverage.objects.visible_to(request.user).handed_over().filter(region=form.place)
    return readings.read(figures, Target.objects.of(form.place), OVERALL, form.year).of(form.place.pk)


def _conflict(request: UserRequest, form: TargetForm) -> HttpResponse:
    """409 with the typed values and the conflicting values."""
    form.is_valid()
    own = Target.objects.of(form.place).filter(year=form.year)
    last = own.select_related("set_by").order_by("-set_at").first()
    fresh = form.rebased()
    fresh.is_valid()
    return _page(request, fresh, 409, conflicts=form.differences(), rival=last.set_by if last else "")


@require_http_methods(["GET", "HEAD", "POST"])
def target_grid(request: UserRequest) -> HttpResponse:
    """A box for each region and year, for the chosen segments and kind of value; changed boxes are saved together."""
    area = permissions.area(request.user, RegionPermission.SET_TARGETS)
    if not area.exists():
        raise PermissionDenied(_("This is done by another office than yours."))
    choice = GridChoice(request.GET)
    page = Paginator(area.order_by("code"), REGIONS_ON_A_GRID).get_page(request.GET.get("page"))
    if request.method != "POST":
        return _grid_page(request, TargetGrid(list(page.object_list), choice), page)
    grid = TargetGrid(list(page.object_list), choice, request.POST)
    if not grid.is_valid():
        return _grid_page(request, grid, page, status=422)
    wanted, seen = grid.wanted()
    source = grid.cleaned_data["source"]
    try:
        count = actions.set_many(wanted, seen, source=source, by=request.user, origin=request.path)
    except ValidationError:
        fresh = TargetGrid(grid.regions, choice, request.POST)
        fresh.is_valid()
        return _grid_page(request, fresh.rebased(), page, 409, conflicts=fresh.differences())
    messages.success(request, ngettext("%(count)s target saved.", "%(count)s targets saved.", count) % {"count": count})
    return redirect(f"{request.path}?{urlencode([*choice.query, ('page', page.number)])}")


def _grid_page(request: UserRequest, grid: TargetGrid, page: Page, status: int = 200, **more: Any) -> HttpResponse:
    context = {"grid": grid, "choice": grid.choice, "page": page, **more}
    return render(request, "regions/targets/grid.html", context, status=status)
