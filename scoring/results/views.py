"""The ranking and the result of a selection."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards import permissions
from awards.editions import permissions as edition_permissions
from awards.lookups import selection_seen
from awards.models import Role, Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.refusals import ActRefused
from scoring.models import Seal
from scoring.results import page
from scoring.results.page import ranking_page
from scoring.sealing.requests import open_request, who_seconded_announcing
from scoring.standings import store, views, visibility, winners
from scoring.standings.rewards import rewards_of


@require_safe
def rankings(request: UserRequest, slug: str) -> HttpResponse:
    """Redirects to the first title with ranked candidates."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    headings = winners.headings(selection)
    if not headings:
        return render(request, "scoring/results/no_titles.html", {"selection": selection})
    return redirect("ranking", selection.slug, headings[0][0])


@require_safe
def ranking(request: UserRequest, slug: str, title: str) -> HttpResponse:
    """One title, live; after the seal as sealed. ``title`` may leave the category out."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    if differs := views.refused(request, selection):
        return differs
    titles = None if selection.is_sealed else store.titles_of(selection)
    hidden = visibility.hidden_from(request.user, selection)
    try:
        found = ranking_page(selection, title, request.GET.get("page"), titles, hidden)
    except LookupError as error:
        raise Http404 from error
    links = [
        {"path": path, "name": name, "category": category, "is_here": path == found.ranking.path}
        for path, name, category in winners.headings(selection, titles)
    ]
    context = {
        "selection": selection,
        "links": links,
        "hidden": len(hidden),
        **_open_pages(request, selection),
        **page.context_of(found),
    }
    context["may_see_result"] &= not hidden
    return render(request, "scoring/results/ranking.html", context)


def _require_moment(user: User, selection: Selection, seal: Seal) -> None:
    """403 before the announcement: for whoever is nothing but a juror, or keeps out of a candidate."""
    visibility.require_shown(user, selection)
    held = permissions.capacities_in(user, [selection])[selection.pk]
    table, level = permissions.ROLE_TABLE, selection.level
    reading = {one for one in held if Permission.SEE_RESULT in table.get((one, level), ())}
    if reading == {Role.JUROR} and not seal.is_public and not selection.panel.early_result:
        words = _("The members of the panel read the result once it is announced.")
        raise ActRefused(words, selection.get_absolute_url(), _("To the selection"))


@require_safe
def result(request: UserRequest, slug: str) -> HttpResponse:
    """The sealed result: the places and what they are based on."""
    selection = selection_seen(request, slug, Permission.SEE_RESULT)
    seal = selection.seal
    _require_moment(request.user, selection, seal)
    context = {
        "selection": selection,
        "seal": seal,
        "rankings": (shown := winners.winners_of(seal)),
        "rewards": rewards_of([selection]),
        **_open_pages(request, selection),
    }
    context |= {"asked": open_request(selection), "announcement_second": who_seconded_announcing(selection)}
    context["may_suppose"] = edition_permissions.may_design(request.user, selection.edition)
    if context["may_see_ranking"]:
        context["nominations"] = visibility.nominations_of(selection, (line for each in shown for line in each.lines))
    return render(request, "scoring/results/result.html", context)


def _open_pages(request: UserRequest, selection: Selection) -> dict[str, Any]:
    """The pages this person may open from here."""
    granted = permissions.granted(request.user, selection)
    return {
        "may_see_ranking": Permission.SEE_RANKING in granted,
        "may_seal": Permission.SEAL in granted,
        "may_see_result": Permission.SEE_RESULT in granted,
        "may_export": Permission.EXPORT in granted,
        "may_see_documents": Permission.SEE_DOCUMENTS in granted,
        "may_announce": Permission.ANNOUNCE in granted,
        "may_make_documents": Permission.MAKE_DOCUMENTS in granted,
        "may_notify": Permission.NOTIFY in granted,
        "may_deliberate": Permission.DELIBERATE in granted,
        "may_reopen": Permission.REOPEN_RESULT in granted,
        "may_second": Permission.SECOND_SEAL in granted,
        "may_see_seals": Permission.SEE_SEALS in granted,
    }
