"""Pages of yes/no indicators: the country, one province, and answering for the own area."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from regions import permissions
from regions.atlas import tiles
from regions.indicators import actions, counting
from regions.indicators.forms import AnswersOfRegions, IndicatorChoice, choice_of
from regions.models import IndicatorAnswer, Region
from regions.permissions import RegionPermission


@require_safe
def indicators(request: UserRequest) -> HttpResponse:
    """n of m kabupaten/kota of every province, on the map and as a table."""
    choice = choice_of(request.GET)
    counts = counting.by_province(choice.chosen, choice.at, Region.objects.provinces().order_by("code"))
    drawn = counting.country(counts, choice.query)
    context = {
        "choice": choice,
        "counts": counts,
        "halves": tiles.halves(drawn),
        "legend": counting.legend(drawn),
        "met": sum(one.met for one in counts),
        "of": sum(one.of for one in counts),
        "answered": sum(one.answered for one in counts),
    }
    return render(request, "regions/indicators/country.html", context)


@require_safe
def indicator_province(request: UserRequest, code: str) -> HttpResponse:
    """Each kabupaten/kota of a province with its proof, for those who work there."""
    province = get_object_or_404(Region.objects.visible_to(request.user).provinces(), code=code)
    choice = choice_of(request.GET)
    rows = _rows(request, choice, province)
    may_verify = permissions.may(request.user, RegionPermission.VERIFY, province)
    regions = list(province.children.order_by("code"))
    visible = set(Region.objects.worked_by(request.user).filter(parent=province).values_list("pk", flat=True))
    known = {row.region_id: row for row in rows}
    files = counting.files(choice.chosen, choice.at, visible)
    context = {
        "province": province,
        "choice": choice,
        "count": counting.by_province(choice.chosen, choice.at, [province])[0],
        "tiles": counting.inside(regions, known, visible),
        "lines": [
            (region, known.get(region.pk), files.get(region.pk, 0)) for region in regions if region.pk in visible
        ],
        "may_verify": may_verify and any(row.verified_at is None for row in rows),
        "may_answer": _own(request, province).exists(),
    }
    return render(request, "regions/indicators/province.html", context)


@require_POST
def indicator_verify(request: UserRequest, code: str) -> HttpResponse:
    """Verify the chosen answers of one's own province."""
    province = _worked_in(request, code)
    permissions.require(request.user, RegionPermission.VERIFY, province)
    choice = choice_of(request.GET)
    with refusals_above(request):
        _verify(request, _rows(request, choice, province))
    return _to_province(code, choice)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_answer(request: UserRequest, code: str) -> HttpResponse:
    """Answering for one's own kabupaten/kota of a province, for any year."""
    province = _worked_in(request, code)
    choice = choice_of(request.GET)
    regions = list(_own(request, province).order_by("code"))
    if not regions:
        raise permissions.refused(RegionPermission.ENTER, request.user)
    rows = {row.region_id: row for row in _rows(request, choice, province)}
    form = AnswersOfRegions(regions, rows, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            count = actions.answer(choice.chosen, choice.at, form.said(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            saved = ngettext("%(count)s answer saved.", "%(count)s answers saved.", count)
            messages.success(request, saved % {"count": count})
            return _to_province(code, choice)
    context = {"province": province, "choice": choice, "form": form}
    return render(request, "regions/indicators/answer.html", context, status=422 if form.is_bound else 200)


def _worked_in(request: UserRequest, code: str) -> Region:
    """A province in which this person works, in all or in a part of it."""
    own = Region.objects.worked_by(request.user).filter(code__startswith=code).order_by()
    return get_object_or_404(
        Region.objects.provinces().filter(Q(pk__in=own) | Q(pk__in=own.values("parent"))), code=code
    )


def _to_province(code: str, choice: IndicatorChoice) -> HttpResponse:
    return redirect(f"{reverse('indicator-province', args=[code])}?{choice.query}")


def _own(request: UserRequest, province: Region) -> QuerySet[Region]:
    return permissions.area(request.user, RegionPermission.ENTER).filter(parent=province)


def _rows(request: UserRequest, choice: IndicatorChoice, province: Region) -> list[IndicatorAnswer]:
    rows = IndicatorAnswer.objects.visible_to(request.user).filter(
        indicator=choice.chosen, year=choice.at, region__parent=province
    )
    return list(rows.select_related("indicator", "region", "answered_by", "verified_by"))


def _verify(request: UserRequest, rows: list[IndicatorAnswer]) -> None:
    picks = (pick for pick in request.POST.getlist("pick") if re.fullmatch(r"[0-9]{1,18}:[0-9]{1,9}", pick, re.ASCII))
    versions = {int(pk): int(version) for pk, version in (pick.split(":") for pick in picks)}
    count = actions.verify([row for row in rows if row.pk in versions], versions, by=request.user)
    done = ngettext("%(count)s answer verified.", "%(count)s answers verified.", count) % {"count": count}
    messages.success(request, done) if count else messages.error(request, _("Choose the answers to verify."))
