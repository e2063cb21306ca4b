"""Coverage of a branch's own area by a file, and the form to be filled in by hand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.intake import IntakeErrand
from regions import permissions, rules
from regions.coverage import series
from regions.coverage.grid import Grid
from regions.imports.intake import BranchCoverage
from regions.models import Region, Segment
from regions.permissions import RegionPermission


def errand(request: UserRequest) -> IntakeErrand:
    """Handing in figures of the own area; 403 for those who enter nowhere."""
    user = request.user
    intake = BranchCoverage(_area(user), lambda: _grid(user))
    return IntakeErrand(intake, "coverage", (reverse("coverage"), _("Coverage")), paper_url=reverse("coverage-paper"))


@require_safe
def paper(request: UserRequest) -> HttpResponse:
    """The same as a form to be printed and filled in by hand."""
    return render(request, "regions/imports/paper.html", {"grid": _grid(request.user)})


def _area(user: User) -> list[Region]:
    """The regions this person enters figures of; 403 for those who enter nowhere."""
    area = list(permissions.area(user, RegionPermission.ENTER).order_by("code"))
    if not area:
        raise permissions.refused(RegionPermission.ENTER, user)
    return area


def _grid(user: User) -> Grid:
    area = _area(user)
    reported = series.latest_year(permissions.area(user, RegionPermission.ENTER))
    return Grid(user, area, max(reported, rules.last_full_year()), Segment.objects.all())
