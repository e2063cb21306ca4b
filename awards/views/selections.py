"""Selections: the list, the overview, and opening the next stage."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import actions, overview
from awards.interests import double_roles
from awards.models import Edition, Selection
from awards.permissions import granted, require
from awards.stages import NEXT, Permission, Stage


@require_safe
def selection_list(request: HttpRequest) -> HttpResponse:
    selections = Selection.objects.visible_to(request.user).with_context().prefetch_related("dates")
    opens = Edition.objects.opened_by(request.user)
    return render(request, "awards/selection_list.html", {"selections": selections, "opens": opens})


@require_safe
def selection_overview(request: HttpRequest, slug: str) -> HttpResponse:
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    held = granted(request.user, selection)
    context = {
        "selection": selection,
        "stages": overview.timeline(selection),
        "categories": overview.counts_by_category(selection, request.user),
        "links": overview.links(selection, held),
        "double_roles": double_roles(selection),
        "titles": overview.ranked_titles(selection, held),
        "may_nominate": Permission.NOMINATE in held,
        "may_open_next": Permission.MOVE_STAGE in held and selection.stage in NEXT,
    }
    return render(request, "awards/selection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def selection_open_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Review what the next stage opens, closes and leaves behind; then open it."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    require(request.user, Permission.MOVE_STAGE, selection)
    if request.method == "POST":
        try:
            opened = actions.open_next_stage(selection, by=request.user, present=_stage(request, selection))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The stage “%(stage)s” is open.") % {"stage": opened.label})
        return redirect(selection)
    unfinished = overview.unfinished(selection)
    context = {
        "selection": selection,
        "following": NEXT[Stage(selection.stage)].label,
        "unfinished": unfinished,
        "blocking": next((row for row in unfinished if row.get("is_blocking")), None),
        "back_url": selection.get_absolute_url(),
        **overview.closes_and_opens(selection),
    }
    return render(request, "awards/selection_open_next.html", context)


def _stage(request: HttpRequest, selection: Selection) -> str:
    """The stage the review page showed; without a known one, the present one."""
    seen = request.POST.get("stage", "")
    return seen if seen in Stage.values else selection.stage
