"""The home page, search and help. May import from every app."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

import regions.places.search
from awards.lookups import selections_of
from awards.models import Nomination, Selection
from paritrana import todo
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.intake.registry import tables_of
from paritrana.pages import help, installation, layout, onboarding
from scoring.public import views

MOST_FOUND = 20
MOST_TASKS = 50
MOST_AWAITED = 20


@require_safe
@login_not_required
def page(request: UserRequest) -> HttpResponse:
    """The to-do list of the signed-in person; for visitors, what was announced."""
    if not request.user.is_authenticated:
        return views.front(request)
    dates = [date for selection in selections_of(request.user) for date in deadlines(selection)]
    tasks, awaited = todo.tasks_for(request.user), todo.awaited_by(request.user)
    context = {
        "tasks": tasks[:MOST_TASKS],
        "tasks_left": len(tasks[MOST_TASKS:]),
        "awaited": awaited[:MOST_AWAITED],
        "awaited_left": len(awaited[MOST_AWAITED:]),
        "dates": dates,
        "steps": onboarding.of(request.user),
        "checklist": installation.checklist(request.user),
    }
    return render(request, "home/tasks.html", context)


@require_POST
def take_first_steps(request: UserRequest) -> HttpResponse:
    """Hide the first steps for good, or show them again."""
    taken_at = None if request.POST.get("again") else timezone.now()
    User.objects.filter(pk=request.user.pk).update(first_steps_taken_at=taken_at)
    return redirect("home")


def deadlines(selection: Selection) -> list[dict[str, Any]]:
    """When the present stage of each selection closes, in its own time zone."""
    return [
        {
            "selection": selection,
            "stage": date.get_stage_display(),
            "closes": date.opening_text,
        }
        for date in selection.dates.all()
        if date.stage == selection.stage and date.opening_text
    ]


@require_safe
def search(request: UserRequest) -> HttpResponse:
    """Pages of the menu, nominations the person may see, and regions (misspellings allowed)."""
    text = request.GET.get("q", "").strip()[:100]
    nominations = Nomination.objects.visible_to(request.user).with_context()
    entries = [item for section in layout.menu(request.user, request.path) for item in section.entries]
    found = {
        "regions": regions.places.search.find(text, MOST_FOUND) if text else [],
        "nominations": nominations.filter(candidate__name__icontains=text)[:MOST_FOUND] if text else [],
        "pages": sorted(
            (item for item in entries if text and text.casefold() in item.label.casefold()),
            key=lambda item: item.label.casefold() != text.casefold(),
        ),
    }
    return render(request, "home/search.html", {"text": text, "is_empty": not any(map(list, found.values())), **found})


@require_safe
@login_not_required
def help_page(request: UserRequest, topic: str = help.GENERAL) -> HttpResponse:
    """One help text with the list of all; the general one begins with the stages of a selection."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        shown = help.help_on(topic, language)
    except LookupError as error:
        raise Http404 from error
    topics = [help.help_on(each, language) for each in help.TOPICS]
    frame_template = "base.html" if request.user.is_authenticated else "public.html"
    context = {"shown": shown, "topics": topics, "is_general": topic == help.GENERAL, "tables": tables_of(topic)}
    return render(request, "home/help.html", {"frame_template": frame_template, **context})
