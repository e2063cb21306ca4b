"""Opening the selections of an edition, and choosing the categories of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from awards import deadlines
from awards.editions import defaults
from awards.gravity import Gravity
from awards.lookups import selection_seen
from awards.models import Edition, Selection
from awards.nominations.double_roles import double_roles
from awards.permissions import granted
from awards.selections import actions, opening, overview, taking_back
from awards.selections.forms import CategoriesForm, EarlyForm, OpenForm, SelectionCategoryForm, written
from awards.selections.opening import Readiness
from awards.stages import NEXT, Permission, Stage
from paritrana.accounts.requests import UserRequest
from paritrana.display.form_fields import retyped
from paritrana.display.refusals import done, refusals_above, refusals_in


@require_http_methods(["GET", "HEAD", "POST"])
def selections_open(request: UserRequest, slug: str) -> HttpResponse:
    """The national one and every province: opened, or to be ticked; then the review of those ticked, which opens."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), slug=slug)
    if not Edition.objects.opened_by(request.user).filter(pk=edition.pk).exists():
        raise PermissionDenied(_("The national committee of the edition opens its selections."))
    rows = opening.readiness(edition)
    form = OpenForm(request.POST or None, edition=edition, provinces=[row.province for row in rows if row.province])
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_in(form):
                return _opened_all(request, edition, form)
        else:
            return _before_opening(request, edition, form, rows)
    return render(request, "awards/selections/open.html", {"edition": edition, "form": form, "rows": rows})


def _before_opening(request: UserRequest, edition: Edition, form: OpenForm, rows: list[Readiness]) -> HttpResponse:
    picked = [row for row in rows if row.code in form.cleaned_data["pick"]]
    context = {
        "edition": edition,
        "form": form,
        "rows": [row for row in picked if not row.selection],
        "already": [row for row in picked if row.selection],
        "national_only": [
            one
            for one in form.cleaned_data["categories"]
            if not all(actions.may_judge(row.province, one) for row in picked)
        ],
        "back_url": reverse("selections-open", args=[edition.slug]),
    }
    return render(request, "awards/selections/open_review.html", context)


def _opened_all(request: UserRequest, edition: Edition, form: OpenForm) -> HttpResponse:
    places = form.places()
    made = actions.open_selections(edition, places, form.cleaned_data["categories"], by=request.user)
    text = ngettext("%(count)d selection is open.", "%(count)d selections are open.", len(made))
    parts = [text % {"count": len(made)}]
    if known := len(places) - len(made):
        words = ngettext("%(count)d was open already.", "%(count)d were open already.", known)
        parts.append(words % {"count": known})
    return done(request, " ".join(parts), "selections-open", edition.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def categories_page(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.CHOOSE_CATEGORIES)
    form = CategoriesForm(request.POST or None, selection=selection)
    context = {"selection": selection, "form": form, "own": _own(selection)}
    if request.method == "POST" and form.is_valid():
        chosen, seen = form.cleaned_data["categories"], form.cleaned_data["seen"]
        try:
            actions.set_categories(selection, chosen, seen=seen, by=request.user)
        except ValidationError as error:
            if error.code == "conflict":
                return render(
                    request, "awards/selections/categories.html", context | _conflict(selection, form), status=409
                )
            form.add_error("categories", error)
        else:
            return done(request, _("The categories are saved."), selection)
    return render(request, "awards/selections/categories.html", context)


def _conflict(selection: Selection, form: CategoriesForm) -> dict[str, Any]:
    """Both choices, and the form as filled in, on the present categories."""
    theirs = selection.categories.all()
    data = retyped(form, seen=written(category.pk for category in theirs))
    mine = ", ".join(map(str, form.cleaned_data["categories"]))
    rows = [{"label": _("Categories"), "mine": mine, "theirs": ", ".join(map(str, theirs))}]
    return {"conflict": rows, "form": CategoriesForm(data, selection=selection)}


def _own(selection: Selection) -> list[dict[str, Any]]:
    """The selection's own categories, with a link to the rubric where there is one."""
    return [{"category": one, "url": _rubric_page(one)} for one in selection.own_categories.all()]


def _rubric_page(category: Any) -> str:
    try:
        return reverse("rubric-edit", args=[category.edition.slug, category.slug])
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def category_add(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.CHOOSE_CATEGORIES)
    form = SelectionCategoryForm(request.POST or None, selection=selection)
    if request.method == "POST" and form.is_valid():
        source = defaults.source(selection, form.cleaned_data["source"])
        with refusals_in(form, "name"):
            made = actions.add_category(selection, form.cleaned_data["name"], source, by=request.user)
            messages.success(request, _("The category “%(category)s” is added.") % {"category": made})
            return redirect("selection-categories", slug)
    return render(request, "awards/selections/category_form.html", {"selection": selection, "form": form})


@require_safe
def selection_list(request: UserRequest) -> HttpResponse:
    selections = Selection.objects.visible_to(request.user).with_context().prefetch_related("dates")
    opens = Edition.objects.opened_by(request.user)
    return render(request, "awards/selections/list.html", {"selections": selections, "opens": opens})


@require_safe
def selection_overview(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    held = granted(request.user, selection)
    context = {
        "selection": selection,
        "stages": overview.timeline(selection),
        "categories": overview.counts_by_category(selection, request.user),
        "links": overview.links(selection, held, request.user),
        "double_roles": double_roles(selection),
        "titles": overview.ranked_titles(selection, held),
        "asked_back": taking_back.open_request(selection),
        "may_nominate": Permission.NOMINATE in held,
        "may_open_next": Permission.MOVE_STAGE in held and selection.stage in NEXT,
    }
    return render(request, "awards/selections/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def selection_open_next(request: UserRequest, slug: str) -> HttpResponse:
    """Review what the next stage opens, closes and leaves behind; then open it."""
    selection = selection_seen(request, slug, Permission.MOVE_STAGE)
    following = NEXT[Stage(selection.stage)]
    early = deadlines.early(selection, following)
    form = EarlyForm(request.POST if request.method == "POST" else None, is_early=bool(early))
    if request.method == "POST" and form.is_valid():
        return _opened(request, selection, form.cleaned_data["reason"])
    unfinished = overview.unfinished(selection)
    context = {
        "selection": selection,
        "following": following.label,
        "early": early,
        "form": form,
        "letters": deadlines.waiting_before(selection).count() if early.closes else 0,
        "unfinished": unfinished,
        "blocking": next((row for row in unfinished if row["gravity"] == Gravity.BLOCKS), None),
        "back_url": selection.get_absolute_url(),
        **overview.closes_and_opens(selection),
    }
    return render(request, "awards/selections/open_next.html", context)


def _opened(request: UserRequest, selection: Selection, reason: str) -> HttpResponse:
    with refusals_above(request):
        opened = actions.open_next_stage(selection, by=request.user, present=_stage(request, selection), reason=reason)
        messages.success(request, _("The stage “%(stage)s” is open.") % {"stage": opened.label})
    return redirect(selection)


def _stage(request: UserRequest, selection: Selection) -> str:
    """The stage the review page showed; the present one if unknown."""
    seen = request.POST.get("stage", "")
    return seen if seen in Stage.values else selection.stage
