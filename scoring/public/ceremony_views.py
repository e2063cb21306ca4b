"""The stage of the announcement, its rehearsal without names, and the second screen that leads it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.models import CeremonyPosition
from scoring.public import actions
from scoring.public.ceremony import Revealed, Slide, rehearsed, slides
from scoring.public.stories import stories_in, story_for
from scoring.showcase import photos
from scoring.standings import winners
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.rewards import reward_of, rewards_of
from scoring.standings.views import papers_seen


class PositionForm(forms.Form):
    """Where the stage is to go; or, with ``shown``, the move it answers for."""

    slide = forms.IntegerField(min_value=0, max_value=999, required=False)
    step = forms.IntegerField(min_value=0, max_value=999, required=False)
    is_dark = forms.BooleanField(required=False)
    shown = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


def _shown(request: UserRequest, selection: Selection, *, with_photos: bool) -> dict[str, Any]:
    """Whoever wins nothing is not in it."""
    is_rehearsal = "gladi" in request.GET
    rankings = winners.winners_of(selection.seal)
    found = slides(rehearsed(rankings)) if is_rehearsal else _furnished(selection, rankings)
    return {
        "selection": selection,
        "seal": selection.seal,
        "slides": [_with_photos(slide) for slide in found] if with_photos else [(slide, []) for slide in found],
        "is_rehearsal": is_rehearsal,
        "channel": f"paritrana-{selection.seal.digest[:16]}{'-gladi' if is_rehearsal else ''}",
        "query": "?gladi=1" if is_rehearsal else "",
        "may_lead": permissions.may(request.user, Permission.LEAD_CEREMONY, selection),
    }


def _furnished(selection: Selection, rankings: list[Ranking]) -> list[Slide]:
    stories, given = stories_in(selection), rewards_of([selection])

    def with_story(ranking: Ranking, line: RankingLine, shown: Revealed) -> Revealed:
        reward, story = reward_of(given, selection, ranking, line), story_for(stories, selection, ranking, line)
        return replace(shown, reward=reward, story=story)

    return slides(rankings, with_story)


def _with_photos(slide: Slide) -> tuple[Slide, list[tuple[Revealed, str]]]:
    return slide, [(each, photos.inline(each.story)) for each in slide.winners]


@require_safe
def ceremony(request: UserRequest, slug: str) -> HttpResponse:
    """For those who may carry the sealed result out of the house. ``?gladi=1`` is the rehearsal."""
    selection = papers_seen(request, slug, Permission.EXPORT)
    return render(request, "scoring/public/ceremony.html", _shown(request, selection, with_photos=True))


@require_safe
def ceremony_remote(request: UserRequest, slug: str) -> HttpResponse:
    """For the operator's own screen: what is shown, what comes next, and the buttons."""
    selection = papers_seen(request, slug, Permission.LEAD_CEREMONY)
    return render(request, "scoring/public/ceremony_remote.html", _shown(request, selection, with_photos=False))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_position(request: UserRequest, slug: str) -> HttpResponse:
    """GET: where the stage is to be. POST: lead it there, or answer that it is. Two devices meet here."""
    selection = papers_seen(request, slug, Permission.LEAD_CEREMONY)
    is_rehearsal = "gladi" in request.GET
    position = CeremonyPosition.objects.filter(seal=selection.seal, is_rehearsal=is_rehearsal).first()
    if request.method == "POST":
        form = PositionForm(request.POST)
        if not form.is_valid():
            return JsonResponse({}, status=422)
        sent = form.cleaned_data
        if sent["shown"] is None:
            there = {"slide": sent["slide"] or 0, "step": sent["step"] or 0, "is_dark": sent["is_dark"]}
            position = actions.lead(selection, is_rehearsal=is_rehearsal, **there, by=request.user)
        elif position:
            actions.answer(position, number=sent["shown"])
    fields = ("slide", "step", "is_dark", "number", "shown")
    return JsonResponse({name: getattr(position or CeremonyPosition(), name) for name in fields})
