"""The branch's review page before sending, for one region or its area: every doubt is corrected or justified first."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts.requests import UserRequest
from regions import permissions, rules
from regions.coverage import series
from regions.coverage.views import own_region, versions_seen
from regions.models import Coverage, Region
from regions.permissions import RegionPermission
from regions.verification import submission, transitions
from regions.verification.doubts import doubts
from regions.verification.forms import NotesForm


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_send(request: UserRequest, code: str, year: int) -> HttpResponse:
    """The drafts and returned figures of a region and year with their doubts and the fields to justify them."""
    region = own_region(request, code, year)
    permissions.require(request.user, RegionPermission.ENTER, region)
    rows = Coverage.objects.filter(region=region, year=year).to_send().with_context()
    figures = list(rows.select_related("region__parent"))
    form = NotesForm(doubts(figures, reader=request.user), request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        if form.is_valid() and _sent(request, region, year, form):
            return redirect("coverage-edit", code, year)
        status = 422
    context = {"region": region, "year": year, "figures": figures, "form": form}
    return render(request, "regions/verification/send.html", context, status=status)


def _sent(request: UserRequest, region, year: int, form: NotesForm) -> bool:
    try:
        sent = transitions.send(region, year, versions_seen(request), form.notes(), by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    count = len(sent)
    message = ngettext("%(count)s figure sent for verification.", "%(count)s figures sent for verification.", count)
    messages.success(request, message % {"count": count})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_send_area(request: UserRequest) -> HttpResponse:
    """All unsent figures of the area in a year, region by region; regions may be left out."""
    area = permissions.area(request.user, RegionPermission.ENTER).order_by("code")
    if not area.exists():
        raise PermissionDenied(_("This is done by another office than yours."))
    year = _asked(request, area)
    parcels = submission.parcels(area, year, request.user, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if submission.are_ready(parcels) and _all_sent(request, parcels, year):
            return redirect("coverage")
        status = 422
    context = {
        "year": year,
        "parcels": parcels,
        "is_any_chosen": any(parcel.is_chosen for parcel in parcels),
        "left_out": submission.left_out(area, year, parcels),
        "back_url": reverse("coverage"),
        "unsaved": submission.unsaved(area, year, request.user),
    }
    return render(request, "regions/verification/send_area.html", context, status=status)


def _asked(request: UserRequest, area: QuerySet[Region]) -> int:
    """The year in the address; by default the latest with figures to send."""
    asked = request.POST.get("year") or request.GET.get("year", "")
    if re.fullmatch("[0-9]{4}", asked):
        return int(asked)
    return next((year for year, _figures in series.to_send(area)), rules.last_full_year())


def _all_sent(request: UserRequest, parcels: list[submission.Parcel], year: int) -> bool:
    try:
        sent = submission.send_all(parcels, year, by=request.user)
    except submission.SubmissionRefused:
        return False
    regions = len({figure.region_id for figure in sent})
    message = ngettext(
        "%(count)s figure sent for verification, regions: %(regions)s.",
        "%(count)s figures sent for verification, regions: %(regions)s.",
        len(sent),
    )
    messages.success(request, message % {"count": len(sent), "regions": regions})
    for parcel in parcels:
        if not parcel.is_chosen:
            messages.info(request, _("%(region)s was left out and is not sent.") % {"region": parcel.region})
    return True
