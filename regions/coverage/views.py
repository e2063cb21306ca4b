"""Pages to enter and verify the coverage of one's own regions."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from paritrana.accounts.models import AuditEvent
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.form_fields import choice_field
from regions import permissions, rules
from regions.atlas import working_areas
from regions.coverage import actions, series
from regions.coverage.form import SegmentFormSet
from regions.models import Correction, Coverage, CoverageVersion, Region
from regions.permissions import RegionPermission


class AreaFilter(forms.Form):
    """Province, and what is left to do for the latest year; invalid values filter nothing."""

    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("missing", gettext_lazy("Not reported")),
            ("to-send", gettext_lazy("Not sent yet")),
            ("waiting", gettext_lazy("Waiting for verification")),
        ],
    )

    def __init__(self, data: Any, area: QuerySet[Region], year: int) -> None:
        super().__init__(data)
        self.year = year
        self.fields["state"].label = gettext_lazy("Still to do for %(year)s") % {"year": year}
        codes = {code[:2] for code in area.values_list("code", flat=True)}
        provinces = Region.objects.provinces().filter(code__in=codes)
        choice_field(self, "province").choices = [("", gettext_lazy("All")), *((p.code, p.name) for p in provinces)]

    def narrow(self, area: QuerySet[Region]) -> QuerySet[Region]:
        chosen = self.cleaned_data if self.is_valid() else {}
        figures = Coverage.objects.filter(region=OuterRef("pk"), year=self.year)
        if chosen.get("province"):
            area = area.filter(code__startswith=chosen["province"])
        if chosen.get("state") == "missing":
            area = area.filter(~Exists(figures))
        if chosen.get("state") == "to-send":
            area = area.filter(Exists(figures.to_send()))
        if chosen.get("state") == "waiting":
            area = area.filter(Exists(figures.waiting()))
        return area


ROWS_PER_PAGE = 25


@require_safe
def coverage_list(request: UserRequest) -> HttpResponse:
    """The regions of the own area by years, with the completeness of each."""
    area = Region.objects.worked_by(request.user).order_by("code")
    reported = series.latest_year(area)
    latest = max(reported, rules.last_full_year())
    years = list(range(latest - series.YEARS_SHOWN + 1, latest + 1))
    narrowing = AreaFilter(request.GET, area, reported)
    page = Paginator(narrowing.narrow(area), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    known = series.completeness(page.object_list, years)
    rows = [
        {"region": region, "cells": [(year, known.get((region.pk, year), series.YearProgress())) for year in years]}
        for region in page.object_list
    ]
    context = {"page": page, "rows": rows, "years": years, "filter": narrowing, "has_area": area.exists()}
    entered = permissions.area(request.user, RegionPermission.ENTER)
    context["may_enter"] = entered.exists()
    context["to_send"] = series.to_send(entered)
    context["aims"] = working_areas.aimed(request.user, latest)
    context["measured"] = permissions.area(request.user, RegionPermission.SET_DENOMINATORS).provinces().order_by("code")
    return render(request, "regions/coverage/list.html", context | {"latest": latest})


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_edit(request: UserRequest, code: str, year: int) -> HttpResponse:
    """The figures of one region and year: a form for those who enter, a table to confirm for those who verify."""
    region = own_region(request, code, year)
    if request.method != "POST":
        return _page(request, region, year, SegmentFormSet(region, year))
    permissions.require(request.user, RegionPermission.ENTER, region)
    sheet = SegmentFormSet(region, year, request.POST)
    if not sheet.is_valid():
        return _page(request, region, year, sheet, status=422)
    try:
        changed = actions.enter(region, year, sheet.entries(), by=request.user, origin=request.path)
    except ValidationError as error:
        return _refused(request, sheet, error)
    _tell(request, changed)
    return redirect("coverage-edit", code, year)


def _page(
    request: UserRequest, region: Region, year: int, sheet: SegmentFormSet, status: int = 200, **more
) -> HttpResponse:
    waiting = [form for form in sheet.forms if form.figure and form.figure.is_sent]
    context = {
        "region": region,
        "year": year,
        "sheet": sheet,
        "waiting": waiting,
        "to_send": [form for form in sheet.forms if form.figure and form.figure.is_to_send],
        "returned": [form for form in sheet.forms if form.figure and form.figure.to_mend],
        "is_reported": any(form.figure for form in sheet.forms),
        "may_enter": permissions.may(request.user, RegionPermission.ENTER, region),
        "may_verify": permissions.may(request.user, RegionPermission.VERIFY, region),
        "may_correct": permissions.may(request.user, RegionPermission.CORRECT, region),
        **more,
    }
    return render(request, "regions/coverage/edit.html", context, status=status)


def _refused(request: UserRequest, sheet: SegmentFormSet, error: ValidationError) -> HttpResponse:
    """409 with the typed values, the conflicting values, and the versions in force now."""
    fresh = sheet.rebased()
    fresh.is_valid()
    fresh.refuse(error)
    rows = fresh.conflicts(error)
    latest = CoverageVersion.objects.filter(coverage__region=sheet.region, coverage__year=sheet.year)
    rival = latest.select_related("written_by").order_by("-written_at").first() if rows else None
    more: dict[str, Any] = {"conflicts": rows}
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


def own_region(request: UserRequest, code: str, year: int) -> Region:
    """A region of the own area in a valid year; 404 otherwise."""
    if not rules.FIRST_YEAR <= year <= rules.today().year:
        raise Http404
    area = Region.objects.worked_by(request.user).select_related("parent")
    return get_object_or_404(area, code=code)


def own_figure(request: UserRequest, code: str, year: int, segment: str) -> Coverage:
    """A figure of the own area; 404 otherwise."""
    region = own_region(request, code, year)
    figures = Coverage.objects.with_context().select_related("region__parent")
    return get_object_or_404(figures, region=region, year=year, segment__code=segment)


def versions_seen(request: HttpRequest) -> dict[str, int]:
    """Segment code to version, from the fields ``version-PU``; invalid values are left out."""
    sent = {name.removeprefix("version-"): request.POST[name] for name in request.POST if name.startswith("version-")}
    return {code: int(version) for code, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}


EVENT_TEXTS = {
    "coverage.send": gettext_lazy("Version %(version)s sent"),
    "coverage.verify": gettext_lazy("Version %(version)s verified"),
    "coverage.return": gettext_lazy("Version %(version)s returned: %(reason)s"),
    "coverage.justify": gettext_lazy("Note on version %(version)s: %(note)s"),
    "coverage.propose": gettext_lazy("Correction proposed: %(reason)s"),
    "coverage.correct": gettext_lazy("Correction accepted"),
    "coverage.keep": gettext_lazy("Correction refused: %(answer)s"),
    "coverage.measure": gettext_lazy("Workers set by the office"),
}


@require_safe
def coverage_history(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Every version of the figures: who wrote it, when, and from which form or file; notes, returns, corrections."""
    region = own_region(request, code, year)
    versions = (
        CoverageVersion.objects.filter(coverage__region=region, coverage__year=year)
        .select_related("coverage__segment", "coverage__verified_by", "definition", "written_by")
        .order_by("coverage__segment__order", "-version")
    )
    corrections = Correction.objects.visible_to(request.user).filter(coverage__region=region, coverage__year=year)
    context = {
        "region": region,
        "year": year,
        "versions": versions,
        "events": _events(region, year),
        "corrections": corrections.with_context(),
    }
    return render(request, "regions/coverage/history.html", context)


def _events(region: Region, year: int) -> list[dict[str, Any]]:
    """What happened to the figures besides being written, newest first."""
    figures = dict(Coverage.objects.filter(region=region, year=year).values_list("pk", "segment__code"))
    events = AuditEvent.objects.filter(
        object_type=Coverage._meta.label_lower, object_id__in=map(str, figures), verb__in=EVENT_TEXTS
    ).select_related("actor")
    return [
        {
            "when": formats.moment(event.at, region.time_zone),
            "who": event.actor,
            "text": f"{figures[int(event.object_id)]} · {_event_text(event)}",
        }
        for event in events.order_by("-pk")
    ]


def _event_text(event: AuditEvent) -> str:
    given = {"version": "", "reason": "", "note": "", "answer": ""} | event.detail
    return str(EVENT_TEXTS[event.verb]) % given
