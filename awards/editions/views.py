"""Pages of editions: list, creation, import and export, overview, head and zones."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.editions import actions
from awards.editions.calendar_days import calendar_in_words
from awards.editions.documents import zones_of
from awards.editions.export import exported
from awards.editions.forms import CategoryForm, HeadForm, ImportForm, SealedForm, ZonesForm
from awards.editions.found_forms import FoundForm, SourceForm
from awards.editions.permissions import (
    may_design,
    may_design_category,
    may_export_results,
    may_found,
    may_reprint,
    require,
)
from awards.editions.rubric_diff import is_interview
from awards.editions.rubric_documents import rubric_document
from awards.models import Category, Edition
from awards.models.editions import Zone
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above

FORM = ["GET", "HEAD", "POST"]


def visible_edition(request: UserRequest, slug: str) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(request.user), slug=slug)


def designed_edition(request: UserRequest, slug: str) -> Edition:
    """The edition; PermissionDenied for people who may not change it."""
    edition = visible_edition(request, slug)
    require(may_design(request.user, edition))
    return edition


@require_safe
def edition_list(request: UserRequest) -> HttpResponse:
    editions = Edition.objects.visible_to(request.user).with_counts()
    context = {"editions": editions, "may_found": may_found(request.user)}
    context["may_reprint"] = may_reprint(request.user)
    return render(request, "awards/editions/list.html", context)


@require_http_methods(FORM)
def edition_create(request: UserRequest) -> HttpResponse:
    """A copy of an edition, filled in as the year after it, or the built-in defaults; all of it may be changed."""
    require(may_found(request.user))
    editions = Edition.objects.visible_to(request.user)
    wanted = request.POST.get("source") or request.GET.get("source", "")
    form = FoundForm(request.POST or None, editions=editions, wanted=wanted)
    context = {"choice": SourceForm(initial={"source": form.initial["source"]}, editions=editions)}
    if form.is_valid():
        return _found(request, form, form.document(), "awards/editions/create.html", context)
    return render(request, "awards/editions/create.html", context | {"form": form})


@require_http_methods(FORM)
def edition_import(request: UserRequest) -> HttpResponse:
    """Import an edition file of another office: all of it, or every fault with its place."""
    require(may_found(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _found(request, form, form.named(), "awards/editions/import.html", {})
    return render(request, "awards/editions/import.html", {"form": form})


def _found(request: UserRequest, form: Any, document: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    try:
        edition = actions.found_edition(document, by=request.user)
    except ValidationError as error:
        form.add_error("slug" if getattr(error, "code", "") == "slug" else None, error)
        return render(request, template, context | {"form": form})
    return done(request, _("The edition is set up. Look through its categories and rubrics."), edition)


@require_safe
def edition_export(request: UserRequest, slug: str) -> HttpResponse:
    """A file with everything except selections; another office can import it."""
    edition = visible_edition(request, slug)
    response = JsonResponse(exported(edition), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="penyelenggaraan-{edition.slug}.json"'
    return response


@require_safe
def edition_page(request: UserRequest, slug: str) -> HttpResponse:
    """The rules of an edition: zones, categories, rubrics, titles and weights."""
    edition = visible_edition(request, slug)
    categories = list(
        Category.objects.visible_to(request.user)
        .filter(edition=edition)
        .select_related("selection__edition", "selection__province", "edition")
        .prefetch_related(
            "sectors",
            "rubrics__aspects__criteria__segments",
            "rubrics__titles__weights__criterion",
            "rubrics__titles__among",
            "rubrics__titles__ties__aspect",
            "rubrics__titles__ties__criterion",
        )
    )
    design = may_design(request.user, edition)
    zones = edition.zones.prefetch_related("memberships__province")
    designed = {one.pk for one in categories if design if one.selection is None}
    designed |= {one.pk for one in categories if one.selection and may_design_category(request.user, one)}
    context = {
        "edition": edition,
        "categories": categories,
        "zones": zones,
        "zone_sources": _zone_sources(zones) if design else [],
        "calendar": calendar_in_words(edition),
        "may_design": design,
        "opens": Edition.objects.opened_by(request.user).filter(pk=edition.pk).exists(),
        "may_export_results": may_export_results(request.user, edition),
        "designed": designed,
        "interviewed": {one.pk for one in categories if _has_interview(one)},
    }
    return render(request, "awards/editions/page.html", context)


def _zone_sources(zones: Iterable[Zone]) -> list[str]:
    return sorted({row.source for zone in zones for row in zone.memberships.all() if row.source})


def _has_interview(category: Category) -> bool:
    rubric = category.current_rubric
    return rubric is not None and any(is_interview(aspect) for aspect in rubric_document(rubric)["rubric"])


@require_http_methods(FORM)
def edition_edit(request: UserRequest, slug: str) -> HttpResponse:
    edition = designed_edition(request, slug)
    head = actions.head_of(edition)
    form = HeadForm(request.POST or None, shown=head, initial=head)
    context = {"edition": edition, "form": form}
    if form.is_valid():
        try:
            actions.change_edition(edition, form.head(), seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            rows = differing(form, form.head(), head)
            return refused(request, "awards/editions/edit.html", form, error, context, rows)
        return done(request, _("Saved."), edition)
    return render(request, "awards/editions/edit.html", context)


def differing(form: SealedForm, mine: dict[str, Any], theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the conflict box: the typed and the saved value."""
    return [
        {"label": form[key].label, "mine": mine[key], "theirs": theirs[key]}
        for key in theirs
        if key in form.fields and mine[key] != theirs[key]
    ]


def refused(
    request: UserRequest,
    template: str,
    form: SealedForm,
    error: ValidationError,
    context: dict[str, Any],
    rows: list[dict[str, Any]],
) -> HttpResponse:
    """The same page with the typed values; after a conflict both values are shown above."""
    if getattr(error, "code", "") == "conflict":
        form.rebase()
        context |= {"conflict": {"rows": rows, "by": "", "at": ""}}
    else:
        form.add_error(None, error)
    return render(request, template, context, status=409)


@require_http_methods(FORM)
def edition_zones(request: UserRequest, slug: str) -> HttpResponse:
    """Every province with its zone, on one page."""
    edition = designed_edition(request, slug)
    zones = zones_of(edition)
    form = ZonesForm(request.POST or None, zones=zones)
    context = {"edition": edition, "form": form}
    if form.is_valid():
        try:
            actions.set_zones(edition, form.zones(), seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            rows = _zones_compared(form, form.zones(), zones)
            return refused(request, "awards/editions/zones.html", form, error, context, rows)
        return done(request, _("Zones saved."), edition)
    return render(request, "awards/editions/zones.html", context)


def _zones_compared(form: ZonesForm, mine: list[Any], theirs: list[Any]) -> list[dict[str, Any]]:
    """Province by province where the two differ."""
    of_mine, of_theirs = (
        {code: " · ".join(filter(None, (z["name"], source))) for z in zones for code, source in z["provinces"].items()}
        for zones in (mine, theirs)
    )
    return [
        {"label": each.name, "mine": of_mine.get(each.code, "–"), "theirs": of_theirs.get(each.code, "–")}
        for each in form.provinces
        if of_mine.get(each.code) != of_theirs.get(each.code)
    ]


PAGE = "awards/editions/category_form.html"


def visible_category(request: UserRequest, slug: str, category: str) -> Category:
    """A category of a visible edition; a selection's own category only with that selection."""
    edition = visible_edition(request, slug)
    found = Category.objects.visible_to(request.user).filter(edition=edition)
    return get_object_or_404(
        found.select_related("edition", "selection__edition", "selection__province"), slug=category
    )


def designed_category(request: UserRequest, slug: str, category: str) -> Category:
    found = visible_category(request, slug, category)
    require(may_design_category(request.user, found))
    return found


@require_http_methods(FORM)
def category_create(request: UserRequest, slug: str) -> HttpResponse:
    edition = designed_edition(request, slug)
    form = CategoryForm(request.POST or None)
    context: dict[str, Any] = {"edition": edition, "form": form}
    if form.is_valid():
        try:
            category = actions.add_category(edition, form.values(), by=request.user)
        except ValidationError as error:
            return refused(request, PAGE, form, error, context, [])
        messages.success(request, _("The category has been added. It still needs its rubric."))
        return redirect("rubric-edit", edition.slug, category.slug)
    return render(request, PAGE, context)


@require_http_methods(FORM)
def category_edit(request: UserRequest, slug: str, category: str) -> HttpResponse:
    found = designed_category(request, slug, category)
    shown = actions.category_values(found)
    form = CategoryForm(request.POST or None, shown=shown)
    context: dict[str, Any] = {"edition": found.edition, "category": found, "form": form}
    if form.is_valid():
        try:
            actions.change_category(found, form.values(), seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            return refused(request, PAGE, form, error, context, differing(form, form.values(), shown))
        return done(request, _("Saved."), found.edition)
    return render(request, PAGE, context)


@require_http_methods(FORM)
def category_remove(request: UserRequest, slug: str, category: str) -> HttpResponse:
    """Confirm deleting an unused category."""
    found = designed_category(request, slug, category)
    if request.method == "POST":
        with refusals_above(request):
            actions.remove_category(found, by=request.user)
            messages.success(request, _("The category has been removed."))
        return redirect(found.edition)
    used = found.contests.exists() or found.nominations.exists()
    context = {
        "edition": found.edition,
        "category": found,
        "is_used": used,
        "back_url": found.edition.get_absolute_url(),
    }
    return render(request, "awards/editions/category_remove.html", context)
