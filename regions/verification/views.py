"""The office's queue: figures sent by branches, verified or returned singly or together."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import choice_field
from paritrana.display.refusals import done, refusals_above, refusals_in
from regions import permissions
from regions.coverage.views import own_figure, own_region, versions_seen
from regions.models import Correction, Coverage, Region, Segment
from regions.models.figures import CoverageQuerySet
from regions.permissions import RegionPermission
from regions.verification import desk, stored_doubts, transitions
from regions.verification.doubts import Doubt, doubts
from regions.verification.forms import ReturnFigureForm


class QueueFilter(forms.Form):
    """Province, year, segment and doubts; anything not understood filters nothing."""

    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    segment = forms.ChoiceField(label=gettext_lazy("Segment"), required=False)
    doubts = forms.ChoiceField(
        label=gettext_lazy("Doubts"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("with", gettext_lazy("Only with doubts or notes")),
            ("without", gettext_lazy("Only without")),
        ],
    )

    def __init__(self, data: Any, waiting: QuerySet[Coverage]) -> None:
        super().__init__(data)
        codes = waiting.order_by().values_list(Left("region__code", 2), flat=True).distinct()
        provinces = Region.objects.provinces().filter(code__in=list(codes))
        years = waiting.order_by("-year").values_list("year", flat=True).distinct()
        choice_field(self, "province").choices = [("", gettext_lazy("All")), *provinces.values_list("code", "name")]
        choice_field(self, "year").choices = [("", gettext_lazy("All")), *((str(year), str(year)) for year in years)]
        choice_field(self, "segment").choices = [
            ("", gettext_lazy("All")),
            *Segment.choices(),
        ]

    def narrow(self, waiting: CoverageQuerySet) -> CoverageQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("province"):
            waiting = waiting.filter(region__code__startswith=chosen["province"])
        if chosen.get("year"):
            waiting = waiting.filter(year=int(chosen["year"]))
        if chosen.get("segment"):
            waiting = waiting.filter(segment__code=chosen["segment"])
        return waiting

    def sift(self, figures: CoverageQuerySet) -> CoverageQuerySet:
        """Those doubted, or those not, where one of the two is asked for."""
        asked = self.cleaned_data.get("doubts")
        return stored_doubts.narrowed(figures, doubted=asked == "with") if asked else figures


@require_POST
def coverage_verify(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Verify the figures at the versions the page showed."""
    region = own_region(request, code, year)
    permissions.require(request.user, RegionPermission.VERIFY, region)
    with refusals_above(request):
        verified = transitions.verify(region, year, versions_seen(request), by=request.user)
        count = len(verified)
        message = ngettext("%(count)s figure verified.", "%(count)s figures verified.", count) % {"count": count}
        messages.success(request, message)
    return redirect("coverage-edit", code, year)


ROWS_PER_PAGE = 25
ORDER = ("region__code", "-year", "segment__order")
MOST_AT_ONCE = 500
"""Figures verified by one act: as many as somebody can still look through."""


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_queue(request: UserRequest) -> HttpResponse:
    """The desk: sent figures of the own provinces with doubts and growth, and one of them in full.

    POST verifies those ticked, or the chosen one, or returns it; then the next one is chosen.
    """
    area = permissions.area(request.user, RegionPermission.VERIFY)
    if not area.exists():
        raise PermissionDenied
    form = ReturnFigureForm(request.POST if request.POST.get("act") == "return" else None)
    if request.method == "POST" and _acted(request, area, form):
        return _onward(request)
    waiting = Coverage.objects.filter(region__in=area).waiting()
    narrowing = QueueFilter(request.GET, waiting)
    figures = narrowing.narrow(waiting).with_context().select_related("region__parent", "sent_by").with_notes()
    sifted = narrowing.sift(figures.order_by(*ORDER))
    page = Paginator(sifted, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(list(page.object_list), request.user)
    context = {
        "page": page,
        "rows": rows,
        "filter": narrowing,
        "asked": _query(request, figure=""),
        "corrections": Correction.objects.filter(coverage__region__in=area).waiting().with_context(),
        **desk.chosen(rows, request),
    }
    if not form.is_bound and context["chosen"]:
        form = ReturnFigureForm(initial={"version": context["chosen"]["figure"].version})
    status = 422 if form.is_bound else 200
    return render(request, "regions/verification/queue.html", context | {"form": form}, status=status)


def _acted(request: UserRequest, area: QuerySet[Region], form: ReturnFigureForm) -> bool:
    """Whether the page is done with; a return without a reason shows the form again."""
    if not form.is_bound:
        _verify(request, area)
        return True
    asked = request.GET.get("figure", "")
    rows = Coverage.objects.filter(region__in=area, pk=asked if asked.isdecimal() and len(asked) < 19 else 0)
    figure = rows.with_context().first()
    if figure is None:
        raise Http404
    if not form.is_valid() or not _returned(figure, form, request.user):
        return False
    messages.success(request, _("%(figure)s was returned to its branch.") % {"figure": figure})
    return True


def _onward(request: UserRequest) -> HttpResponse:
    """To the next figure of the list."""
    after = request.POST.get("after", "")
    return redirect(f"{request.path}?{_query(request, figure=after if after.isdecimal() else '')}")


def _query(request: UserRequest, *, figure: str) -> str:
    query = request.GET.copy()
    query.pop("figure", None)
    if figure:
        query["figure"] = figure
    return query.urlencode()


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_return(request: UserRequest, code: str, year: int, segment: str) -> HttpResponse:
    """Return one figure to its branch with a reason."""
    figure = own_figure(request, code, year, segment)
    permissions.require(request.user, RegionPermission.VERIFY, figure.region)
    form = ReturnFigureForm(request.POST or None, initial={"version": figure.version})
    if form.is_bound and form.is_valid() and _returned(figure, form, request.user):
        message = _("%(figure)s was returned to its branch.") % {"figure": figure}
        return done(request, message, "coverage-queue")
    context = {"figure": figure, "form": form, "doubts": doubts([figure], reader=request.user)}
    return render(request, "regions/verification/return.html", context, status=422 if form.is_bound else 200)


def _returned(figure: Coverage, form: ReturnFigureForm, by: User) -> bool:
    versions = {figure.segment.code: form.cleaned_data["version"]}
    reasons = {figure.segment.code: form.cleaned_data["reason"]}
    with refusals_in(form):
        returned = transitions.return_figures(figure.region, figure.year, versions, reasons, by=by)
        if not returned:
            form.add_error(None, _("This figure does not wait for verification."))
        return bool(returned)
    return False


def _rows(figures: list[Coverage], reader: User) -> list[dict[str, object]]:
    before = {(row.region_id, row.segment_id, row.year): row for row in _before(figures)}
    known: dict[int, list[Doubt]] = {}
    for doubt in doubts(figures, reader=reader):
        for figure in doubt.figures:
            known.setdefault(figure.pk, []).append(doubt)
    return [
        {
            "figure": figure,
            "growth": figure.growth_from(before.get((figure.region_id, figure.segment_id, figure.year - 1))),
            "doubts": known.get(figure.pk, []),
        }
        for figure in figures
    ]


def _before(figures: list[Coverage]):
    regions, years = {figure.region_id for figure in figures}, {figure.year - 1 for figure in figures}
    return Coverage.objects.filter(region__in=regions, year__in=years)


def _verify(request: UserRequest, area: QuerySet[Region]) -> None:
    """Verify the chosen figures, all or none."""
    with refusals_above(request):
        count = _verified(area, _picked(request.POST.getlist("pick")), request.user)
        _tell(request, count)


def _picked(picks: Iterable[str]) -> dict[int, int]:
    """Version by primary key from values ``pk:version``; other values are ignored."""
    pairs = (pick.split(":") for pick in picks if re.fullmatch("[0-9]{1,18}:[0-9]{1,9}", pick, re.ASCII))
    return {int(pk): int(version) for pk, version in pairs}


@transaction.atomic
def _verified(area: QuerySet[Region], picked: dict[int, int], by: User) -> int:
    together: dict[tuple[Region, int], dict[str, int]] = {}
    for figure in Coverage.objects.filter(region__in=area, pk__in=picked).with_context():
        versions = together.setdefault((figure.region, figure.year), {})
        versions[figure.segment.code] = picked[figure.pk]
    return sum(len(transitions.verify(region, year, versions, by=by)) for (region, year), versions in together.items())


def _tell(request: HttpRequest, count: int) -> None:
    message = ngettext("%(count)s figure verified.", "%(count)s figures verified.", count) % {"count": count}
    messages.success(request, message)


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_queue_verify(request: UserRequest) -> HttpResponse:
    """Review and verify all figures without doubts at once; the queue's filters apply."""
    area = permissions.area(request.user, RegionPermission.VERIFY)
    if not area.exists():
        raise PermissionDenied
    waiting = Coverage.objects.filter(region__in=area).waiting()
    narrowing = QueueFilter(request.GET, waiting)
    rows = narrowing.narrow(waiting).with_context().order_by(*ORDER)
    clean = stored_doubts.narrowed(rows, doubted=False)
    ready = clean.exclude(sent_by=request.user)
    refusal = _verify_clean(request, area, ready) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return redirect("coverage-queue")
    shown = list(ready[:MOST_AT_ONCE])
    context = {
        "figures": shown,
        "doubted": stored_doubts.narrowed(rows, doubted=True).count(),
        "own": clean.filter(sent_by=request.user).count(),
        "later": ready.count() - len(shown),
    }
    context |= {"refusal": refusal, "filter": narrowing, "back_url": _queue(request)}
    return render(request, "regions/verification/queue_verify.html", context, status=409 if refusal else 200)


def _queue(request: HttpRequest) -> str:
    return f"{reverse('coverage-queue')}?{request.GET.urlencode()}"


def _verify_clean(request: UserRequest, area: QuerySet[Region], ready: CoverageQuerySet) -> str | None:
    """Verify what the page showed; None when done, otherwise why nothing was verified."""
    picked = _picked(request.POST.get("picked", "").split())
    now = ready.filter(pk__in=picked).order_by().values_list("pk", "version") if len(picked) <= MOST_AT_ONCE else ()
    if not picked or picked != dict(now):
        return _("Figures were changed, answered or doubted after you opened this page. Look at them again.")
    try:
        _tell(request, _verified(area, picked, request.user))
    except ValidationError as error:
        return error.messages[0]
    return None
