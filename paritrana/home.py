"""The first page, search and help. Wiring; may look into every floor."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import regions.search
from awards.models import Nomination, Selection
from paritrana import frame
from scoring import results

MOST_FOUND = 20


@require_safe
@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """What waits for me; for visitors, what was announced."""
    if not request.user.is_authenticated:
        return render(request, "home/public.html", {"announced": results.announced()})
    selections = Selection.objects.visible_to(request.user).select_related("edition", "province")
    dates = [date for selection in selections.prefetch_related("dates") for date in deadlines(selection)]
    return render(request, "home/tasks.html", {"tasks": frame.tasks(request.user), "dates": dates})


def deadlines(selection: Selection) -> list[dict[str, Any]]:
    """When the present stage of a selection closes, with its own clock."""
    return [
        {
            "selection": selection,
            "stage": date.get_stage_display(),
            "closes": date.told,
        }
        for date in selection.dates.all()
        if date.stage == selection.stage
    ]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Regions by forgiving spelling, nominations the person may see, and pages of the menu."""
    text = request.GET.get("q", "").strip()[:100]
    nominations = Nomination.objects.visible_to(request.user).with_context()
    found = {
        "regions": regions.search.find(text, MOST_FOUND) if text else [],
        "nominations": nominations.filter(candidate__name__icontains=text)[:MOST_FOUND] if text else [],
        "pages": [
            item
            for section in frame.menu(request.user, request.path)
            for item in section["items"]
            if text and text.casefold() in str(item["label"]).casefold()
        ],
    }
    return render(request, "home/search.html", {"text": text, "is_empty": not any(map(len, found.values())), **found})


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    signed_in = request.user.is_authenticated
    return render(request, "home/help.html", {"frame_template": "base.html" if signed_in else "public.html"})
