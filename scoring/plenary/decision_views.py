"""Pages on which chair or secretary records decisions of the plenary."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Selection, Title
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_in
from scoring import edit_conflicts
from scoring.edit_conflicts import EditConflict
from scoring.models import Deliberation, SpecialAward
from scoring.plenary import deliberation as plenary_deliberation
from scoring.plenary import special_awards as plenary_special_awards
from scoring.plenary import ties as actions
from scoring.plenary.deliberation import GroupOrder, orders
from scoring.plenary.forms import OrderForm, SpecialAwardForm, TieForm
from scoring.plenary.ties import Tie, open_ties, ranked_in, tie_at
from scoring.standings import store, tie_rules, views, visibility

PAGE = "scoring/plenary/tie.html"
ROWS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: UserRequest, slug: str, group: int, place: int, title: str) -> HttpResponse:
    """One tie, by the order of its group and its first place; ``title`` as in the address of the ranking."""
    selection = selection_seen(request, slug, Permission.DELIBERATE)
    if differs := views.refused(request, selection):
        return differs
    named = _named(selection, title)
    visibility.require_shown(request.user, selection, ranked_in(selection, named, group))  # also where nobody is tied
    found = tie_at(selection, named, group, place)
    if found is None:
        return render(request, "scoring/plenary/no_tie.html", {"selection": selection, "title_path": title})
    form = TieForm(request.POST or None, tie=found, initial=_start(found))
    context = {
        "selection": selection,
        "tie": found,
        "title_path": title,
        "rules": found.title.ties.all(),
        "back_url": reverse("ranking", args=[slug, title]),
    }
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("reason", "version")}
        try:
            with refusals_in(form):
                votes = form.votes()
                actions.settle(
                    selection, found, form.agreed(), group_order=group, votes=votes, by=request.user, **typed
                )
                return done(request, _("The decision of the plenary is recorded."), "ranking", slug, title)
        except EditConflict as error:
            rows = _differing(found, form.agreed(), error.current.agreed)
            return edit_conflicts.show(request, PAGE, form, error, rows, **context)
    return render(request, PAGE, context | {"form": form})


def _named(selection: Selection, name: str) -> Title:
    try:
        return store.title_named(selection, name)
    except LookupError as error:
        raise Http404 from error


def _start(found: Tie) -> dict[str, Any]:
    held = found.decision
    if held is None:
        return {"version": found.version}
    values = {name: getattr(held, name) for name in ("votes_for", "votes_against", "votes_abstaining", "reason")}
    ranks = {f"rank_{key}": tie_rules.place_in(held.agreed, key) for key in found.keys}
    return values | ranks | {"version": found.version}


def _differing(found: Tie, mine: list[list[int]], theirs: list[list[int]]) -> list[dict[str, Any]]:
    return [
        {"label": str(each), "mine": tie_rules.place_in(mine, each.pk), "theirs": tie_rules.place_in(theirs, each.pk)}
        for each in found.nominations
        if any(each.pk in sharing for sharing in theirs)
        and tie_rules.place_in(mine, each.pk) != tie_rules.place_in(theirs, each.pk)
    ]


@require_safe
def deliberation(request: UserRequest, slug: str) -> HttpResponse:
    """Every group of every title: place by the scores, agreed place, and the reason."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    if differs := views.refused(request, selection):
        return differs
    ties: dict[tuple[int, str], str] = {}
    for one in open_ties([selection.pk]):
        ties.setdefault((one.title, one.group), one.url(selection))
    every, hidden = orders(selection), visibility.hidden_from(request.user, selection)
    shown = [order for order in every if hidden.isdisjoint(order.keys)]
    context = {
        "selection": selection,
        "hidden": len(every) - len(shown),
        "orders": [(order, *_page(request, order), ties.get((order.title.pk, order.group))) for order in shown],
        "may_deliberate": permissions.may(request.user, Permission.DELIBERATE, selection),
    }
    return render(request, "scoring/plenary/deliberation.html", context)


def _page(request: UserRequest, order: GroupOrder) -> tuple[Page, str]:
    """The rows of one group that are shown, and the parameter that names the page of this group."""
    parameter = f"hal-{order.title.pk}-{order.number}"
    return Paginator(order.rows, ROWS_A_PAGE).get_page(request.GET.get(parameter)), parameter


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: UserRequest, slug: str, title: int, group: int) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.DELIBERATE)
    if differs := views.refused(request, selection):
        return differs
    order = next((one for one in orders(selection) if (one.title.pk, one.number) == (title, group)), None)
    if order is None:
        raise Http404
    visibility.require_shown(request.user, selection, order.keys)
    form = OrderForm(request.POST or None, order=order, initial=_deliberation_start(order))
    context = {"selection": selection, "order": order}
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("reason", "version")}
        try:
            plenary_deliberation.agree(selection, order.title, order.group, form.agreed(), by=request.user, **typed)
        except ValidationError as error:
            form.add_error("reason" if error.code == "reason" else None, error)
        except EditConflict as error:
            rows = _differing_marks(order, form.agreed(), error.current)
            return edit_conflicts.show(request, "scoring/plenary/agree.html", form, error, rows, **context)
        else:
            messages.success(request, _("The agreed order is recorded. The ranking by scores stays as it is."))
            return redirect("deliberation", slug)
    return render(request, "scoring/plenary/agree.html", context | {"form": form})


def _deliberation_start(order: GroupOrder) -> dict[str, Any]:
    held = order.deliberation
    places = {f"place_{row.nomination.pk}": row.agreed for row in order.rows}
    return places | {"version": held.version if held else 0, "reason": held.reason if held else ""}


def _differing_marks(order: GroupOrder, mine: list[int], current: Any) -> list[dict[str, Any]]:
    theirs = Deliberation.objects.get(pk=current.pk).agreed
    return [
        {"label": str(row.nomination), "mine": mine.index(key) + 1, "theirs": theirs.index(key) + 1}
        for row in order.rows
        if (key := row.nomination.pk) in theirs and mine.index(key) != theirs.index(key)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def special_awards(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SEAL)
    titles = plenary_special_awards.special_titles(selection)
    form = SpecialAwardForm(request.POST or None, titles=titles, eligible=plenary_special_awards.eligible(selection))
    if form.is_valid():
        with refusals_in(form):
            plenary_special_awards.grant(selection, **form.cleaned_data, by=request.user)
            return done(request, _("The special award is recorded."), "special-awards", slug)
    given = SpecialAward.objects.filter(selection=selection).select_related("title", "nomination__candidate")
    context = {"selection": selection, "titles": titles, "given": given, "form": form}
    return render(request, "scoring/plenary/special.html", context)


@require_POST
def special_award_take_back(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.SEAL)
    award = get_object_or_404(SpecialAward.objects.select_related("title", "nomination"), selection=selection, pk=pk)
    plenary_special_awards.take_back(award, by=request.user)
    return done(request, _("The special award is taken back."), "special-awards", slug)
