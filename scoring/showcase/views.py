"""The committee's pages about the winners: who has a story and a photo, and what the places are given."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Nomination, Selection, Title
from awards.models.rubrics import Awarding
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.english import in_english
from paritrana.display.refusals import done, refusals_in
from paritrana.uploads import stored_files
from paritrana.uploads.delivery import HEADERS, damage_explained
from scoring import edit_conflicts
from scoring.edit_conflicts import EditConflict
from scoring.models import WinnerStory
from scoring.showcase import actions, photos
from scoring.showcase.forms import RewardsForm, StoryForm
from scoring.standings import store
from scoring.standings.prizes import prize
from scoring.standings.rankings import Ranking
from scoring.standings.rewards import rewards_of
from scoring.standings.views import papers_seen
from scoring.standings.visibility import nominations_of
from scoring.standings.winners import winners_of

ROWS_A_PAGE = 50
Won = dict[int, list[str]]


def _won(selection: Selection, rankings: list[Ranking]) -> Won:
    """nomination -> what it won, in the order of the titles."""
    found: Won = {}
    keys = nominations_of(selection, [line for each in rankings for line in each.lines])
    for ranking in rankings:
        for _name, lines in ranking.awarded:
            for line, won in lines:
                key = keys.get((ranking.category_slug, line.code, line.name))
                if key:
                    words = [won, in_english(ranking.name), in_english(line.group)]
                    found.setdefault(key, []).append(" · ".join(filter(None, words)))
    return found


@require_safe
def showcase(request: UserRequest, slug: str) -> HttpResponse:
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    rankings = winners_of(selection.seal)
    won, given = _won(selection, rankings), rewards_of([selection])
    page = Paginator(list(won), ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = Nomination.objects.with_context().select_related("story").in_bulk(list(page))
    titles = [
        (each, sum(key[0] == selection.pk and key[1] == each.path for key in given)) for each in rankings if each.lines
    ]
    context = {
        "selection": selection,
        "page": page,
        "rows": [(rows[key], won[key], getattr(rows[key], "story", None)) for key in page],
        "titles": titles,
    }
    return render(request, "scoring/showcase/showcase.html", context)


def _winner(request: UserRequest, slug: str, pk: int) -> tuple[Nomination, list[str]]:
    """A winner of the sealed result; 404 for anybody else."""
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    nomination = get_object_or_404(Nomination.objects.with_context(), pk=pk, selection=selection)
    won = _won(selection, winners_of(selection.seal)).get(pk)
    if won is None:
        raise Http404
    nomination.selection = selection
    return nomination, won


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    nomination, won = _winner(request, slug, pk)
    present = WinnerStory.objects.filter(nomination=nomination).first()
    known = present.values() | {"version": present.version} if present else {"version": 0}
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StoryForm(*typed, initial=known, has_photo=bool(present and present.photo_key))
    context = {"selection": nomination.selection, "nomination": nomination, "won": won, "story": present}
    if form.is_valid():
        try:
            with refusals_in(form):
                actions.write_story(nomination, by=request.user, **form.cleaned_data)
                return done(request, _("The story of %(name)s is saved.") % {"name": nomination}, "showcase", slug)
        except EditConflict as error:
            rows = edit_conflicts.compared(form, error.current.values())
            return edit_conflicts.show(request, "scoring/showcase/story.html", form, error, rows, **context)
    return render(request, "scoring/showcase/story.html", context | {"form": form})


@require_safe
@damage_explained
def story_photo(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    nomination, _won = _winner(request, slug, pk)
    found = get_object_or_404(WinnerStory.objects.exclude(photo_key=""), nomination=nomination)
    with stored_files.opened(photos.stored_photo(found)) as content:
        return HttpResponse(content.read(), content_type="image/jpeg", headers=HEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
def rewards(request: UserRequest, slug: str, category: str, title: str) -> HttpResponse:
    """Money and goods of the places of one title."""
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    try:
        chosen = store.title_named(selection, f"{category}/{title}")
    except LookupError as error:
        raise Http404 from error
    form = RewardsForm(request.POST or None, places=_places(chosen), given=actions.rewards_given(selection, chosen))
    if form.is_valid():
        with refusals_in(form):
            actions.set_rewards(selection, chosen, form.given(), seen=form.cleaned_data["seen"], by=request.user)
            return done(request, _("The rewards of “%(title)s” are saved.") % {"title": chosen.name}, "showcase", slug)
        form.rebase()
    return render(request, "scoring/showcase/rewards.html", {"selection": selection, "title": chosen, "form": form})


def _places(title: Title) -> list[tuple[int, str]]:
    """What can be won, each place once; 0 for a special award, 1 for all joint winners."""
    if title.awarding == Awarding.SPECIAL:
        return [(0, prize(title.awarding, 0, 0, None))]
    numbers = [1] if title.awarding == Awarding.JOINT else list(range(1, title.places + title.harapan + 1))
    return [(number, prize(title.awarding, title.places, title.harapan, number)) for number in numbers]
