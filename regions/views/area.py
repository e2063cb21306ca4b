"""What the pages of a working area share: finding what is one's own, and reading which versions were seen."""

import re

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from regions import coverage as rules
from regions.models import Coverage, Region


def own_region(request: HttpRequest, code: str, year: int) -> Region:
    """A region of the own area in a year that can have figures; everything else is absent."""
    if not rules.FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    area = Region.objects.worked_by(request.user).select_related("parent")
    return get_object_or_404(area, code=code)


def own_figure(request: HttpRequest, code: str, year: int, segment: str) -> Coverage:
    """A figure of the own area; everything else is absent."""
    region = own_region(request, code, year)
    figures = Coverage.objects.with_context().select_related("region__parent")
    return get_object_or_404(figures, region=region, year=year, segment__code=segment)


def versions_seen(request: HttpRequest) -> dict[str, int]:
    """Segment code to version, from the fields ``version-PU``; what is no version was not seen."""
    sent = {name.removeprefix("version-"): request.POST[name] for name in request.POST if name.startswith("version-")}
    return {code: int(version) for code, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}
