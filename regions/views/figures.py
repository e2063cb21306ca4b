"""Entering and verifying the coverage of the region one is posted to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paritrana import formats
from regions import actions, permissions, series
from regions import coverage as rules
from regions.filters import AreaFilter
from regions.forms import Sheet
from regions.models import Coverage, CoverageVersion, Region
from regions.permissions import Permission
from regions.seeing import working_areas
from regions.views.area import own_region, versions_seen

ROWS_PER_PAGE = 25


@require_safe
def coverage_list(request: HttpRequest) -> HttpResponse:
    """The regions of the own area by years, with how complete each is."""
    area = Region.objects.worked_by(request.user).order_by("code")
    reported = series.latest_year(area)
    latest = max(reported, rules.last_full_year())
    years = list(range(latest - series.YEARS_SHOWN + 1, latest + 1))
    narrowing = AreaFilter(request.GET, area, reported)
    page = Paginator(narrowing.narrow(area), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    known = series.completeness(page.object_list, years)
    rows = [
        {"region": region, "cells": [(year, known.get((region.pk, year), series.Completeness())) for year in years]}
        for region in page.object_list
    ]
    context = {"page": page, "rows": rows, "years": years, "filter": narrowing, "has_area": area.exists()}
    entered = permissions.area(request.user, Permission.ENTER)
    context["may_enter"] = entered.exists()
    context["to_send"] = series.to_send(entered)
    context["aims"] = working_areas.aimed(request.user, latest)
    context["measured"] = permissions.area(request.user, Permission.SET_DENOMINATORS).provinces().order_by("code")
    return render(request, "regions/coverage_list.html", context | {"latest": latest})


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_edit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The figures of one region and year: a form for those who enter, a table to confirm for those who verify."""
    region = own_region(request, code, year)
    if request.method != "POST":
        return _page(request, region, year, Sheet(region, year))
    permissions.require(request.user, Permission.ENTER, region)
    sheet = Sheet(region, year, request.POST)
    if not sheet.is_valid():
        return _page(request, region, year, sheet, status=422)
    try:
        changed = actions.enter(region, year, sheet.entries(), by=request.user, origin=request.path)
    except ValidationError as error:
        return _refused(request, sheet, error)
    _tell(request, changed)
    return redirect("coverage-edit", code, year)


@require_POST
def coverage_verify(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Confirm the figures at the versions the page showed."""
    region = own_region(request, code, year)
    permissions.require(request.user, Permission.VERIFY, region)
    try:
        verified = actions.verify(region, year, versions_seen(request), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        count = len(verified)
        told = ngettext("%(count)s figure verified.", "%(count)s figures verified.", count) % {"count": count}
        messages.success(request, told)
    return redirect("coverage-edit", code, year)


def _page(request: HttpRequest, region: Region, year: int, sheet: Sheet, status: int = 200, **more) -> HttpResponse:
    waiting = [form for form in sheet.forms if form.figure and form.figure.is_sent]
    context = {
        "region": region,
        "year": year,
        "sheet": sheet,
        "waiting": waiting,
        "to_send": [form for form in sheet.forms if form.figure and form.figure.is_to_send],
        "is_reported": any(form.figure for form in sheet.forms),
        "may_enter": permissions.may(request.user, Permission.ENTER, region),
        "may_verify": permissions.may(request.user, Permission.VERIFY, region),
        "may_correct": permissions.may(request.user, Permission.CORRECT, region),
        **more,
    }
    return render(request, "regions/coverage_edit.html", context, status=status)


def _refused(request: HttpRequest, sheet: Sheet, error: ValidationError) -> HttpResponse:
    """409 with what was typed kept, both values beside each other, and the versions in force now."""
    fresh = sheet.rebased()
    fresh.is_valid()
    fresh.refuse(error)
    rows = fresh.conflicts(error)
    latest = CoverageVersion.objects.filter(coverage__region=sheet.region, coverage__year=sheet.year)
    rival = latest.select_related("written_by").order_by("-written_at").first() if rows else None
    more = {"conflicts": rows}
    if rival:
        more |= {"rival": rival.written_by, "rival_at": formats.moment(rival.written_at, sheet.region.time_zone)}
    return _page(request, sheet.region, sheet.year, fresh, status=409, **more)


def _tell(request: HttpRequest, changed: list[Coverage]) -> None:
    count = len(changed)
    if not count:
        messages.info(request, _("Nothing had changed, so nothing was written."))
        return
    messages.success(
        request,
        ngettext(
            "%(count)s figure saved. It is a draft until you send it.",
            "%(count)s figures saved. They are drafts until you send them.",
            count,
        )
        % {"count": count},
    )
    for figure in changed:
        if rules.exceeds(figure.participants, figure.workers):
            doubt = _("%(segment)s: more participants than workers. It is saved, but look again.")
            messages.warning(request, doubt % {"segment": figure.segment.code})
