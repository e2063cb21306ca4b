"""Pages of regions: the list of provinces, one region, and the search."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from paritrana.accounts.requests import UserRequest
from regions import permissions
from regions.atlas import paths
from regions.atlas.outlook import outlook
from regions.coverage import series
from regions.models import Branch, Coverage, Region
from regions.permissions import RegionPermission
from regions.places import search

MOST_FOUND = 30


@require_safe
def region_list(request: UserRequest) -> HttpResponse:
    """Every province with its counts, or the results of a search; the table alone for htmx."""
    text = request.GET.get("q", "").strip()[: search.LONGEST]
    shown = {"text": text, "found": search.find(text, MOST_FOUND)} if text else _national()
    context = {**shown, "arranges_offices": permissions.may_add_regional_offices(request.user)}
    page = "regions/places/_region_rows.html" if request.htmx else "regions/places/region_list.html"
    return render(request, page, context)


def _national() -> dict[str, object]:
    kinds = {kind: Count("children", filter=Q(children__kind=kind)) for kind in ("kabupaten", "kota")}
    provinces = list(Region.objects.provinces().select_related("regional_office").annotate(**kinds))
    totals = {
        "provinces": len(provinces),
        "kabupaten": sum(province.kabupaten for province in provinces),
        "kota": sum(province.kota for province in provinces),
        "offices": len({province.regional_office_id for province in provinces}),
    }
    return {"text": "", "provinces": provinces, "totals": totals}


@require_safe
def region_detail(request: UserRequest, code: str) -> HttpResponse:
    """A province with its kabupaten and kota, or one of those, and the figures the reader may see."""
    regions = Region.objects.visible_to(request.user).select_related(
        "regional_office", "parent__regional_office", "parent"
    )
    region = get_object_or_404(regions, code=code)
    figures = Coverage.objects.visible_to(request.user).filter(region=region).with_context()
    years, lines = series.table(figures)
    province = region if region.is_province else region.parent
    context = {
        "region": region,
        "province": province,
        "office": province.regional_office,
        "children": region.children.prefetch_related("branches") if region.is_province else [],
        "branches": _branches(region),
        "arranges_offices": permissions.may_add_regional_offices(request.user),
        "arranged": set(permissions.arranged_branches(request.user).values_list("pk", flat=True)),
        "years": years,
        "lines": lines,
        "definitions": sorted({str(cell.figure.definition) for line in lines for cell in line.cells if cell.figure}),
        "outlook": outlook(region, request.user),
        "ways": paths.of_region(region, request.user),
        "own_branches": set(Branch.objects.worked_by(request.user).values_list("pk", flat=True)),
        "may_aim": permissions.may(request.user, RegionPermission.SET_TARGETS, region),
        "works_here": Region.objects.worked_by(request.user).filter(pk=region.pk).exists(),
    }
    return render(request, "regions/places/region_detail.html", context)


def _branches(region: Region) -> list[Branch]:
    area = Q(working_area__parent=region) if region.is_province else Q(working_area=region)
    return list(Branch.objects.filter(area).distinct())
