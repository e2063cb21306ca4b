"""The categories of an edition: adding, changing and removing one, with its sectors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.actions import editions as actions
from awards.edition_permissions import may_design_category, require
from awards.forms.editions import CategoryForm
from awards.models import Category
from awards.views.editions import FORM, designed_edition, differing, refused, visible_edition

PAGE = "awards/editions/category_form.html"


def visible_category(request: HttpRequest, slug: str, category: str) -> Category:
    """A category of an edition one sees; one of a selection's own only with that selection."""
    edition = visible_edition(request, slug)
    found = Category.objects.visible_to(request.user).filter(edition=edition)
    return get_object_or_404(
        found.select_related("edition", "selection__edition", "selection__province"), slug=category
    )


def designed_category(request: HttpRequest, slug: str, category: str) -> Category:
    found = visible_category(request, slug, category)
    require(may_design_category(request.user, found))
    return found


@require_http_methods(FORM)
def category_create(request: HttpRequest, slug: str) -> HttpResponse:
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
def category_edit(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    found = designed_category(request, slug, category)
    shown = actions.category_values(found)
    form = CategoryForm(request.POST or None, shown=shown)
    context: dict[str, Any] = {"edition": found.edition, "category": found, "form": form}
    if form.is_valid():
        try:
            actions.change_category(found, form.values(), seen=form.cleaned_data["seen"], by=request.user)
        except ValidationError as error:
            return refused(request, PAGE, form, error, context, differing(form, form.values(), shown))
        messages.success(request, _("Saved."))
        return redirect(found.edition)
    return render(request, PAGE, context)


@require_http_methods(FORM)
def category_remove(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """The last look before a category nobody uses is taken away."""
    found = designed_category(request, slug, category)
    if request.method == "POST":
        try:
            actions.remove_category(found, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
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
