"""Pages of targets: those of regions and working areas, and the distance to them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paritrana.accounts.requests import UserRequest
from paritrana.intake import IntakeErrand
from regions import permissions, rules
from regions.atlas import readings, tiles, workbook, working_areas
from regions.atlas.choices import TargetFilter
from regions.atlas.scales import Shown
from regions.models import Branch, Coverage, Region, Target
from regions.permissions import RegionPermission
from regions.targets import table
from regions.targets.intake import TargetIntake

ROWS_PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def target_list(request: UserRequest) -> HttpResponse:
    """The own area's targets of one year and the way to them; for people without an area the provinces."""
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
        "lines": table.lines(page.object_list, known),
        "sums": table.sums(_parts(rows), known),
        "settable": set(permissions.area(request.user, RegionPermission.SET_TARGETS).values_list("pk", flat=True)),
    }


def _of_branches(request: UserRequest, page: Page, year: int) -> dict[str, Any]:
    return {
        "standings": working_areas.standings(page.object_list, request.user, year),
        "settable": set(permissions.branches(request.user, RegionPermission.SET_TARGETS).values_list("pk", flat=True)),
    }


def _readings(request: UserRequest, year: int) -> dict[str, readings.Readings]:
    figures = Coverage.objects.visible_to(request.user).handed_over()
    return readings.read_by_segments(figures, Target.objects.visible_to(request.user), year)


def _parts(rows: QuerySet[Region]) -> list[int]:
    """The listed kabupaten/kota, or the provinces where there are only those, so that nobody is counted twice."""
    kinds = list(rows.values_list("pk", "kind"))
    inside = [pk for pk, kind in kinds if kind != Region.Kind.PROVINCE]
    return inside or [pk for pk, _kind in kinds]


def _workbook(
    request: UserRequest, title: str, rows: QuerySet[Region], branches: QuerySet[Branch], year: int
) -> HttpResponse:
    """Regions and branches, whichever the page shows."""
    lines = table.lines(rows, _readings(request, year))
    found = working_areas.standings(branches, request.user, year)
    content = workbook.targets(title, _("Each set of segments with a target in a row of its own"), lines, found)
    disposition = {"Content-Disposition": 'attachment; filename="target.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=disposition)


def errand(request: UserRequest) -> IntakeErrand:
    """Handing a file of targets in; 403 for those who set none."""
    regions = permissions.area(request.user, RegionPermission.SET_TARGETS)
    branches = permissions.branches(request.user, RegionPermission.SET_TARGETS)
    if not regions.exists():
        raise PermissionDenied(_("This is done by another office than yours."))
    return IntakeErrand(TargetIntake(lambda: regions, lambda: branches), "targets", (reverse("targets"), _("Targets")))


@require_safe
def branch_detail(request: UserRequest, pk: int) -> HttpResponse:
    """For its own staff, its regional office and the head office."""
    branches = Branch.objects.worked_by(request.user).select_related("regional_office")
    branch = get_object_or_404(branches, pk=pk)
    found = working_areas.outlooks(branch, request.user, rules.last_full_year())
    area = branch.working_area.exclude(kind=Region.Kind.PROVINCE).order_by("code")
    figures = Coverage.objects.visible_to(request.user).handed_over().filter(region__in=area)
    known = readings.read(figures, Target.objects.visible_to(request.user), "", found[0].standing.year)
    context = {
        "branch": branch,
        "outlook": found[0],
        "outlooks": found,
        "tiles": tiles.inside(area, known, Shown.GAP, {region.pk for region in area}),
        "may_aim": permissions.branches(request.user, RegionPermission.SET_TARGETS).filter(pk=branch.pk).exists(),
    }
    return render(request, "regions/targets/branch_detail.html", context)
