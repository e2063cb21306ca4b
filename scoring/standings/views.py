"""The page shown in place of a ranking whose stored standings differ from the rows, and the recomputation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from awards.lookups import selection_seen
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.standings import comparison, visibility
from scoring.standings.actions import recompute


def papers_seen(request: UserRequest, slug: str, permission: Permission) -> Selection:
    """``selection_seen`` for what is made of a sealed result; 403 before its announcement for whoever keeps out."""
    selection = selection_seen(request, slug, permission)
    visibility.require_shown(request.user, selection)
    return selection


def refused(request: UserRequest, selection: Selection) -> HttpResponse | None:
    """The page that refuses to show wrong standings, for people who may see them; None where they are right."""
    return None if comparison.are_true(selection) else refusal(request, selection)


def refusal(request: UserRequest, selection: Selection, error: ValueError | None = None) -> HttpResponse:
    """``error`` says why nothing can be computed at all; status 409."""
    context = {"selection": selection, "error": error}
    return render(request, "scoring/standings/differing.html", context, status=409)


@require_POST
def standings_recompute(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SEAL)
    try:
        count = recompute(selection, by=request.user)
    except ValueError as error:
        return refusal(request, selection, error)
    if count:
        message = ngettext("%(count)d standing was computed again.", "%(count)d standings were computed again.", count)
        messages.success(request, message % {"count": count})
    else:
        messages.info(request, _("The stored standings are what the figures give; nothing was changed."))
    return redirect("checks", slug)
