"""The tile map of the country and of one province: as picture, table and workbook."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paritrana.accounts.requests import UserRequest
from regions import permissions
from regions.atlas import doubts, readings, scales, tiles, universal, workbook
from regions.atlas.choices import AtlasChoice
from regions.atlas.scales import Shown
from regions.models import Coverage, Region, Target
from regions.models.measures import TargetQuerySet
from regions.permissions import RegionPermission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def country(request: UserRequest) -> HttpResponse:
    """Every province of the country in one colour scale."""
    figures = Coverage.objects.visible_to(request.user).handed_over()
    provinces = Region.objects.visible_to(request.user).provinces()
    of_provinces = figures.filter(region__kind=Region.Kind.PROVINCE)
    choice = AtlasChoice(request.GET, of_provinces)
    known = readings.read(of_provinces, _targets(request), choice.segment, choice.year, _doubts(choice, figures, True))
    drawn = tiles.country(provinces, known, choice.shown, choice.query)
    return _answer(request, choice, drawn, {"halves": tiles.halves(drawn), "heading": _("Map of Indonesia")})


@require_safe
def province(request: UserRequest, code: str) -> HttpResponse:
    """The kabupaten and kota of one province; those outside the reader's area show a name but no value."""
    region = get_object_or_404(Region.objects.visible_to(request.user).provinces(), code=code)
    figures = Coverage.objects.visible_to(request.user).handed_over()
    inside, around = figures.filter(region__parent=region), figures.filter(Q(region=region) | Q(region__parent=region))
    choice = AtlasChoice(request.GET, inside)
    known = readings.read(inside, _targets(request), choice.segment, choice.year, _doubts(choice, around, False))
    visible = set(Region.objects.worked_by(request.user).filter(parent=region).values_list("pk", flat=True))
    drawn = tiles.inside(region.children.order_by("code"), known, choice.shown, visible)
    return _answer(
        request, choice, drawn, {"province": region, "heading": _("Map of %(name)s") % {"name": region.name}}
    )


@require_safe
def universal_coverage(request: UserRequest) -> HttpResponse:
    """The nation's plan year by year, the people it lacks and the pace it needs; and each province."""
    context = {
        "nation": universal.way(request.user),
        "may_set": permissions.may_for_nation(request.user, RegionPermission.SET_TARGETS),
        "next_year": timezone.localdate().year,
    }
    return render(request, "regions/atlas/universal.html", context)


def _targets(request: UserRequest) -> TargetQuerySet:
    return Target.objects.visible_to(request.user)


def _doubts(choice: AtlasChoice, figures: QuerySet[Coverage], adding: bool) -> dict[int, tuple[int, int]] | None:
    """Examining reads every figure, so it is done only where the colour shows it."""
    if choice.shown != Shown.QUALITY:
        return None
    return doubts.by_region(figures, choice.year, choice.segment, adding=adding)


def _answer(request: UserRequest, choice: AtlasChoice, drawn: list[tiles.Tile], more: dict) -> HttpResponse:
    if request.GET.get("format") == "xlsx":
        return _workbook(choice, drawn, more)
    open_ones = [tile for tile in drawn if tile.is_open]
    context = {
        "choice": choice,
        "tiles": drawn,
        "legend": scales.legend(choice.shown, [scales.value(choice.shown, tile.reading) for tile in open_ones]),
        "together": readings.reported(tile.reading for tile in open_ones),
        "reported": sum(tile.reading.now is not None for tile in open_ones),
        "reached": sum(tile.reading.is_reached for tile in open_ones),
        "aimed": sum(tile.reading.goal is not None for tile in open_ones),
        "hidden": len(drawn) - len(open_ones),
        "unit": scales.UNITS.get(choice.shown, "%"),
        "with_quality": choice.shown == Shown.QUALITY,
        **more,
    }
    return render(request, "regions/atlas/_atlas.html" if request.htmx else "regions/atlas/atlas.html", context)


def _workbook(choice: AtlasChoice, drawn: list[tiles.Tile], more: dict) -> HttpResponse:
    content = workbook.atlas(more["heading"], choice.caption, drawn, with_quality=choice.shown == Shown.QUALITY)
    name = slugify(f"{more['heading']} {choice.caption}")[:100]
    disposition = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=disposition)
