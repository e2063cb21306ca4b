"""Targets: what the regions of an area should reach, how far they are, and the page where an office sets them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from regions import coverage as rules
from regions import permissions
from regions import target_actions as actions
from regions.models import Coverage, Region, Target
from regions.permissions import Permission
from regions.seeing import readings, sheets, tiles
from regions.seeing.choices import TargetFilter
from regions.seeing.scales import Shown
from regions.target_forms import TargetForm

ROWS_PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """The own area's targets of one year and the way to them; the provinces for those without an area."""
    area = Region.objects.worked_by(request.user)
    shown = (area if area.exists() else Region.objects.visible_to(request.user).provinces()).order_by("code")
    narrowing = TargetFilter(request.GET, shown)
    rows = narrowing.narrow(shown)
    figures = Coverage.objects.visible_to(request.user).handed_over()
    known = readings.read(figures, Target.objects.visible_to(request.user), "", narrowing.year)
    title = _("Targets for %(year)s") % {"year": narrowing.year}
    if request.GET.get("format") == "xlsx":
        return _workbook(title, tiles.inside(rows, known, Shown.GAP, set(rows.values_list("pk", flat=True))))
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    settable = set(permissions.area(request.user, Permission.SET_TARGETS).values_list("pk", flat=True))
    context = {
        "title": title,
        "page": page,
        "tiles": tiles.inside(page.object_list, known, Shown.GAP, {region.pk for region in page.object_list}),
        "filter": narrowing,
        "sum": readings.added(known.of(pk) for pk in _parts(rows)),
        "settable": settable,
        "year": narrowing.year,
    }
    return render(request, "regions/targets.html", context)


def _parts(rows: QuerySet[Region]) -> list[int]:
    """The kabupaten/kota listed, or the provinces where there are only those: nobody is counted twice."""
    kinds = list(rows.values_list("pk", "kind"))
    inside = [pk for pk, kind in kinds if kind != Region.Kind.PROVINCE]
    return inside or [pk for pk, _kind in kinds]


def _workbook(title: str, rows: list[tiles.Tile]) -> HttpResponse:
    content = sheets.atlas(title, _("PU and BPU together"), rows, with_quality=False)
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": 'attachment; filename="target.xlsx"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Set the targets of one region and year: percentages, people, or none."""
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year + actions.YEARS_AHEAD:
        raise Http404
    region = get_object_or_404(Region.objects.worked_by(request.user).select_related("parent"), code=code)
    permissions.require(request.user, Permission.SET_TARGETS, region)
    if request.method != "POST":
        return _page(request, TargetForm(region, year))
    form = TargetForm(region, year, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        changed = actions.set_targets(
            region,
            year,
            form.wanted(),
            seen=typed["seen"],
            source=typed["source"],
            by=request.user,
            origin=request.path,
        )
    except ValidationError:
        return _conflict(request, TargetForm(region, year, request.POST))
    messages.success(request, _("Targets saved.") if changed else _("Nothing had changed, so nothing was written."))
    return redirect("region", code)


def _page(request: HttpRequest, form: TargetForm, status: int = 200, **more: Any) -> HttpResponse:
    known = readings.read(
        Coverage.objects.visible_to(request.user).handed_over().filter(region=form.region),
        Target.objects.filter(region=form.region),
        "",
        form.year,
    )
    context = {"form": form, "region": form.region, "year": form.year, "reading": known.of(form.region.pk), **more}
    return render(request, "regions/target_edit.html", context, status=status)


def _conflict(request: HttpRequest, form: TargetForm) -> HttpResponse:
    """409 with what was typed kept, and both values beside each other."""
    form.is_valid()
    last = (
        Target.objects.filter(region=form.region, year=form.year).select_related("set_by").order_by("-set_at").first()
    )
    fresh = form.rebased()
    fresh.is_valid()
    return _page(request, fresh, 409, conflicts=form.differences(), rival=last.set_by if last else "")
