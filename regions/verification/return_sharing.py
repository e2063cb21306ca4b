"""Why figures were returned, in the hand of whoever returned them: to copy, or to send by WhatsApp."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display.links import absolute
from paritrana.display.refusals import refusals_above
from paritrana.display.sharing import NO_LETTER, shared_message
from regions import permissions
from regions.coverage.views import own_region
from regions.models import Coverage, Region
from regions.permissions import RegionPermission


@transaction.atomic
def share_return(region: Region, year: int, *, by: User) -> str:
    """The message about the figures of one year that wait to be mended. ValidationError ``moved-on`` when none does."""
    figures = list(Coverage.objects.filter(region=region, year=year).returned().with_context())
    if not figures:
        raise ValidationError(_("No figure of this year waits to be mended."), code="moved-on")
    address = absolute(figures[0].get_absolute_url())
    trail.record(by, "coverage.share-return", region, year=year, segments=[each.segment.code for each in figures])
    context = {"region": region, "year": year, "figures": figures, "address": address}
    return render_to_string("regions/verification/return_message.txt", context).strip()


@require_POST
def coverage_share_return(request: UserRequest, code: str, year: int) -> HttpResponse:
    region = own_region(request, code, year)
    permissions.require(request.user, RegionPermission.VERIFY, region)
    url = reverse("coverage-edit", args=[code, year])
    with refusals_above(request):
        text = share_return(region, year, by=request.user)
        return shared_message(request, _("branch office"), text, lead=NO_LETTER, back=(url, region.name))
    return redirect(url)
