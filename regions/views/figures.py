"""Entering, verifying and reading back the coverage of the region one is posted to."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
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

ROWS_PER_PAGE = 50


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
    return render(request, "regions/coverage_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_edit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The figures of one region and year: a form for those who enter, a table to confirm for those who verify."""
    region = _region(request, code, year)
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
    region = _region(request, code, year)
    permissions.require(request.user, Permission.VERIFY, region)
    try:
        verified = actions.verify(region, year, _versions_seen(request), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        count = len(verified)
        told = ngettext("%(count)s figure verified.", "%(count)s figures verified.", count) % {"count": count}
        messages.success(request, told)
    return redirect("coverage-edit", code, year)


def _versions_seen(request: HttpRequest) -> dict[str, int]:
    """Segment code to version, from the fields ``version-PU``; what is no version was not seen."""
    sent = {name.removeprefix("version-"): request.POST[name] for name in request.POST if name.startswith("version-")}
    return {code: int(version) for code, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}


@require_safe
def coverage_history(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every version of the figures: who wrote it, when, and from which form or file."""
    region = _region(request, code, year)
    versions = (
        CoverageVersion.objects.filter(coverage__region=region, coverage__year=year)
        .select_related("coverage__segment", "coverage__verified_by", "definition", "written_by")
        .order_by("coverage__segment__order", "-version")
    )
    return render(request, "regions/coverage_history.html", {"region": region, "year": year, "versions": versions})


def _region(request: HttpRequest, code: str, year: int) -> Region:
    """A region of the own area in a year that can have figures; everything else is absent."""
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    area = Region.objects.worked_by(request.user).select_related("parent")
    return get_object_or_404(area, code=code)


def _page(request: HttpRequest, region: Region, year: int, sheet: Sheet, status: int = 200, **more) -> HttpResponse:
    waiting = [f for f in sheet.forms if f.figure and not f.figure.is_verified and not f.figure.is_locked]
    context = {
        "region": region,
        "year": year,
        "sheet": sheet,
        "waiting": waiting,
        "is_reported": any(form.figure for form in sheet.forms),
        "may_enter": permissions.may(request.user, Permission.ENTER, region),
        "may_verify": permissions.may(request.user, Permission.VERIFY, region),
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
            "%(count)s figure saved; it now waits for verification.",
            "%(count)s figures saved; they now wait for verification.",
            count,
        )
        % {"count": count},
    )
    for figure in changed:
        if rules.exceeds(figure.participants, figure.workers):
            doubt = _("%(segment)s: more participants than workers. It is saved, but look again.")
            messages.warning(request, doubt % {"segment": figure.segment.code})
