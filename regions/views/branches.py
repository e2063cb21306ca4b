"""A branch office: what its working area should reach, how far it is, and the regions it looks after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from regions import coverage as rules
from regions import permissions
from regions.models import Branch, Coverage, Region, Target
from regions.permissions import Permission
from regions.seeing import readings, tiles, working_areas
from regions.seeing.scales import Shown


@require_safe
def branch_detail(request: HttpRequest, pk: int) -> HttpResponse:
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
        "may_aim": permissions.branches(request.user, Permission.SET_TARGETS).filter(pk=branch.pk).exists(),
    }
    return render(request, "regions/branch_detail.html", context)
