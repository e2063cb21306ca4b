"""The stage of the announcement, its rehearsal without names, and the second screen that leads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from scoring.lookups import selection_seen
from scoring.public.ceremony import Revealed, Slide, rehearsed, slides
from scoring.public.stories import stories_in, story_for
from scoring.showcase import photos
from scoring.standings import winners
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.rewards import reward_of, rewards_of


def _shown(request: UserRequest, slug: str, *, with_photos: bool) -> dict[str, Any]:
    """For those who may carry the sealed result out of the house; whoever wins nothing is not in it."""
    selection = selection_seen(request, slug, Permission.EXPORT)
    is_rehearsal = "gladi" in request.GET
    rankings = winners.winners_of(selection.seal)
    found = slides(rehearsed(rankings)) if is_rehearsal else _told(selection, rankings)
    return {
        "selection": selection,
        "seal": selection.seal,
        "slides": [_with_photos(slide) for slide in found] if with_photos else [(slide, []) for slide in found],
        "is_rehearsal": is_rehearsal,
        "channel": f"paritrana-{selection.seal.digest[:16]}{'-gladi' if is_rehearsal else ''}",
        "query": "?gladi=1" if is_rehearsal else "",
    }


def _told(selection: Selection, rankings: list[Ranking]) -> list[Slide]:
    stories, given = stories_in(selection), rewards_of([selection])

    def told(ranking: Ranking, line: RankingLine, shown: Revealed) -> Revealed:
        reward, story = reward_of(given, selection, ranking, line), story_for(stories, selection, ranking, line)
        return replace(shown, reward=reward, story=story)

    return slides(rankings, told)


def _with_photos(slide: Slide) -> tuple[Slide, list[tuple[Revealed, str]]]:
    return slide, [(each, photos.inline(each.story)) for each in slide.winners]


@require_safe
def ceremony(request: UserRequest, slug: str) -> HttpResponse:
    """``?gladi=1`` is the rehearsal."""
    return render(request, "scoring/public/ceremony.html", _shown(request, slug, with_photos=True))


@require_safe
def ceremony_remote(request: UserRequest, slug: str) -> HttpResponse:
    """For the operator's own screen: what is shown, what comes next, and the buttons."""
    return render(request, "scoring/public/ceremony_remote.html", _shown(request, slug, with_photos=False))
