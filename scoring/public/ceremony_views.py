"""The announcement on a stage. All of it is in one page, so that the ballroom's network does not matter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import permissions
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.lookups import selection_seen
from scoring.public.ceremony import slides
from scoring.standings import rankings


@require_safe
def ceremony(request: UserRequest, slug: str) -> HttpResponse:
    """For those who may carry the sealed result out of the house; whoever wins nothing is not in it."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.EXPORT, selection)
    shown = slides(rankings.sealed(selection.seal))
    context = {"selection": selection, "seal": selection.seal, "slides": shown}
    return render(request, "scoring/public/ceremony.html", context)
