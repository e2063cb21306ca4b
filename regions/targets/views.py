"""Targets: what regions and working areas should reach, how far they are, and where an office sets them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.requests import UserRequest
from paritrana.intake import IntakeErrand
from regions import permissions, rules
from regions.atlas import readings, tiles, workbook, working_areas
from regions.atlas.choices import TargetFilter
from regions.atlas.scales import Shown
from regions.models import Branch, Coverage, Region, Target
from regions.permissions import RegionPermission
from regions.targets import actions
from regions.targets.forms import TargetForm
from regions.targets.intake import TargetIntake

ROWS_PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def target_list(request: UserRequest) -> HttpResponse:
    """The own area's targets of one year and the way to them; the provinces for those without an area."""
    area = Region.objects.worked_by(request.user)
    shown = (area if area.exists() else Region.objects.visible_to(request.user).provinces()).order_by("code")
    narrowing = TargetFilter(request.GET, shown)
    rows = narrowing.narrow(shown)
    branches = narrowing.narrow_branches(Branch.objects.worked_by(request.user)).order_by("name")
    context: dict[str, Any] = {"title": _("Targets for %(year)s") % {"year": narrowing.year}, "filter": narrowing}
    if request.GET.get("format") == "xlsx":
        return _workbook(request, context["title"], rows, branches, narrowing.year)
    of_branches = narrowing.is_of_branches
    page = Paginator(branches if of_branches else rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    more = _of_branches(request, page, narrowing.year) if of_branches else _of_regions(request, page, rows, narrowing)
    context |= {"page": page, "year": narrowing.year, "has_branches": branches.exists(), **more}
    context["may_set"] = bool(more["settable"])
    return render(request, "regions/targets/targets.html", context)


def _of_regions(request: UserRequest, page: Page, rows: QuerySet[Region], narrowing: TargetFilter) -> dict[str, Any]:
    known = _readings(request, narrowing.year)
    return {
        "tiles": tiles.inside(page.object_list, known, Shown.GAP, {region.pk for region in page.object_list}),
        "sum": readings.added(known.of(pk) for pk in _parts(rows)),
        "settable": set(permissions.area(request.user, RegionPermission.SET_TARGETS).values_list("pk", flat=True)),
    }


def _of_branches(request: UserRequest, page: Page, year: int) -> dict[str, Any]:
    return {
        "standings": working_areas.standings(page.object_list, request.user, year),
        "settable": set(permissions.branches(request.user, RegionPermission.SET_TARGETS).values_list("pk", flat=True)),
    }


def _readings(request: UserRequest, year: int) -> readings.Readings:
    figures = Coverage.objects.visible_to(request.user).handed_over()
    return readings.read(figures, Target.objects.visible_to(request.user), "", year)


def _parts(rows: QuerySet[Region]) -> list[int]:
    """The kabupaten/kota listed, or the provinces where there are only those: nobody is counted twice."""
    kinds = list(rows.values_list("pk", "kind"))
    inside = [pk for pk, kind in kinds if kind != Region.Kind.PROVINCE]
    return inside or [pk for pk, _kind in kinds]


def _workbook(
    request: UserRequest, title: str, rows: QuerySet[Region], branches: QuerySet[Branch], year: int
) -> HttpResponse:
    """Regions and branches, whichever of them the page shows."""
    drawn = tiles.inside(rows, _readings(request, year), Shown.GAP, set(rows.values_list("pk", flat=True)))
    found = working_areas.standings(branches, request.user, year)
    content = workbook.targets(title, _("PU and BPU together"), drawn, found)
    disposition = {"Content-Disposition": 'attachment; filename="target.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=disposition)


def errand(request: UserRequest) -> IntakeErrand:
    """Handing a file of targets in; 403 for those who set none."""
    regions = permissions.area(request.user, RegionPermission.SET_TARGETS)
    branches = permissions.branches(request.user, RegionPermission.SET_TARGETS)
    if not regions.exists():
        raise PermissionDenied(_("This is done by another office than yours."))
    return IntakeErrand(TargetIntake(lambda: regions, lambda: branches), "targets", (reverse("targets"), _("Targets")))


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Set the targets of one region and year: percentages, people, or none."""
    _check_year(year)
    region = get_object_or_404(Region.objects.worked_by(request.user).select_related("parent"), code=code)
    permissions.require(request.user, RegionPermission.SET_TARGETS, region)
    return _edit(request, region, year)


@require_http_methods(["GET", "HEAD", "POST"])
def branch_target_edit(request: UserRequest, pk: int, year: int) -> HttpResponse:
    """The same for the working area of one branch as a whole."""
    _check_year(year)
    branch = get_object_or_404(Branch.objects.worked_by(request.user), pk=pk)
    permissions.require_for(request.user, RegionPermission.SET_TARGETS, branch)
    return _edit(request, branch, year)


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
    return redirect(place)


def _page(request: UserRequest, form: TargetForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "place": form.place, "year": form.year, "reading": _reading(request, form), **more}
    return render(request, "regions/targets/edit.html", context, status=status)


def _reading(request: UserRequest, form: TargetForm) -> readings.CoverageReading:
    if isinstance(form.place, Branch):
        return working_areas.standings([form.place], request.user, form.year)[0].reading
    figures = Coverage.objects.visible_to(request.user).handed_over().filter(region=form.place)
    return readings.read(figures, Target.objects.of(form.place), "", form.year).of(form.place.pk)


def _conflict(request: UserRequest, form: TargetForm) -> HttpResponse:
    """409 with what was typed kept, and both values beside each other."""
    form.is_valid()
    own = Target.objects.of(form.place).filter(year=form.year)
    last = own.select_related("set_by").order_by("-set_at").first()
    fresh = form.rebased()
    fresh.is_valid()
    return _page(request, fresh, 409, conflicts=form.differences(), rival=last.set_by if last else "")


@require_safe
def branch_detail(request: UserRequest, pk: int) -> HttpResponse:
    """For those who answer for it: its own staff, its regional office, the head office."""
    branches = Branch.objects.worked_by(request.user).select_related("regional_office")
    branch = get_object_or_404(branches, pk=pk)
    outlook = working_areas.outlook(branch, request.user, rules.last_full_year())
    area = branch.working_area.exclude(kind=Region.Kind.PROVINCE).order_by("code")
    figures = Coverage.objects.visible_to(request.user).handed_over().filter(region__in=area)
    known = readings.read(figures, Target.objects.visible_to(request.user), "", outlook.standing.year)
    context = {
        "branch": branch,
        "outlook": outlook,
        "tiles": tiles.inside(area, known, Shown.GAP, {region.pk for region in area}),
        "may_aim": permissions.branches(request.user, RegionPermission.SET_TARGETS).filter(pk=branch.pk).exists(),
    }
    return render(request, "regions/targets/branch_detail.html", context)
