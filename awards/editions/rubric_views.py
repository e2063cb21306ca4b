"""Pages for the rubric and titles of a category: editing, reviewing the effects, saving, and reading every version."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.editions import rubric_actions as actions
from awards.editions import rubric_forms as rubric_form
from awards.editions import title_forms as titles_form
from awards.editions.defaults import default_document
from awards.editions.export import spelled
from awards.editions.form_trees import alter, grown
from awards.editions.permissions import may_design_category
from awards.editions.rubric_diff import changes, without_interview
from awards.editions.rubric_documents import EMPTY, TITLES, present, rubric_document
from awards.editions.views import FORM, designed_category, visible_category
from awards.models import Category, Rubric
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats

EDITORS = {
    "rubric": (rubric_form.tree_of, rubric_form.RubricForm, "awards/editions/rubric_edit.html"),
    "titles": (titles_form.tree_of, titles_form.TitlesForm, "awards/editions/titles_edit.html"),
}
"""What is edited -> (how a document becomes form texts, the form, the template)."""


@require_http_methods(FORM)
def rubric_edit(request: UserRequest, slug: str, category: str) -> HttpResponse:
    return _edit(request, designed_category(request, slug, category), "rubric")


@require_http_methods(FORM)
def rubric_titles(request: UserRequest, slug: str, category: str) -> HttpResponse:
    return _edit(request, designed_category(request, slug, category), "titles")


def _edit(request: UserRequest, category: Category, what: str) -> HttpResponse:
    """One address for all steps: typing, adding rows, reviewing the effects, and saving."""
    rubric = present(category)
    before = rubric_document(rubric) if rubric else default_document(category.candidate_kind)
    if what == "titles" and rubric is None:
        messages.info(request, _("Save the rubric first; titles weigh its criteria."))
        return redirect("rubric-edit", category.edition.slug, category.slug)
    form: Any
    tree_of, form_of, _page = EDITORS[what]
    act = request.POST.get("act", "review") if request.method == "POST" else "show"
    if act == "without-interview":
        return _without_interview(request, category, rubric, before)
    if act in {"save", "edit"}:
        return _reviewed(request, category, what, act)
    if act == "show":
        return _show(
            request, category, what, form_of(tree_of(before), before=before), seen=rubric.pk if rubric else None
        )
    tree, seen = grown(request.POST, what), _seen(request)
    if act != "review":
        touched = _alter(tree, act, what, before)
        form = form_of(tree, before=before)
        form.touched = touched
        return _show(request, category, what, form, seen=seen)
    form = form_of(tree, before=before, is_sent=True)
    if not form.is_valid():
        return _show(request, category, what, form, seen=seen)
    return _review(request, category, form.wanted, rubric, seen=seen)


def _alter(tree: dict[str, Any], act: str, what: str, before: dict[str, Any]) -> str:
    """Add, move or remove a row, or fill in or re-scale a title's weights; returns the row that changed."""
    verb, _colon, name = act.partition(":")
    if verb == "refresh":
        return name
    if what == "titles" and verb in {"scale", "fill"} and name.isdecimal() and int(name) < len(tree["titles"]):
        form = titles_form.TitlesForm(tree, before=before)
        getattr(form, verb)(int(name))
        return ""
    return alter(tree, act) or ""


def _seen(request: HttpRequest) -> int | None:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and len(typed) < 18 else None


def _show(
    request: HttpRequest, category: Category, what: str, form: Any, *, seen: int | None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"edition": category.edition, "category": category, "form": form, "seen": seen or "", **more}
    return render(request, EDITORS[what][2], context, status=status)


def _review(
    request: HttpRequest,
    category: Category,
    wanted: dict[str, Any],
    rubric: Rubric | None,
    *,
    seen: int | None,
    error: ValidationError | None = None,
) -> HttpResponse:
    """The differences, who is affected, and the field for the reason where one is required."""
    before = rubric_document(rubric) if rubric else EMPTY
    differences = changes(before, wanted)
    if not differences and error is None:
        messages.info(request, _("Nothing was changed."))
        return redirect(category.edition)
    context = {
        "edition": category.edition,
        "category": category,
        "rubric": rubric,
        "changes": differences,
        "effects": actions.review_revision(category, wanted),
        "document": json.dumps(spelled(wanted)),
        "seen": seen or "",
        "reason": request.POST.get("reason", ""),
        "error": error,
        "back_url": category.edition.get_absolute_url(),
    }
    return render(request, "awards/editions/rubric_review.html", context, status=409 if error else 200)


def _without_interview(
    request: HttpRequest, category: Category, rubric: Rubric | None, before: dict[str, Any]
) -> HttpResponse:
    """Remove the interview and re-scale the rest to 100.00."""
    try:
        wanted = without_interview(before)
    except ValueError:
        messages.info(request, _("There is no interview to take out, or nothing would be left without it."))
        return redirect("rubric-edit", category.edition.slug, category.slug)
    return _review(request, category, wanted, rubric, seen=rubric.pk if rubric else None)


def _reviewed(request: UserRequest, category: Category, what: str, act: str) -> HttpResponse:
    """From the review page: save the document it carried, or go back to editing."""
    seen = _seen(request)
    try:
        document = json.loads(request.POST.get("document", ""))
        wanted = actions.read_document(document)
    except (ValueError, RecursionError, ValidationError):
        messages.error(request, _("The page was not complete; please begin again."))
        return redirect(request.path)
    tree_of, form_of, _page = EDITORS[what]
    if act == "edit":
        return _show(request, category, what, form_of(tree_of(wanted), before=wanted), seen=seen)
    try:
        made = actions.revise_rubric(
            category, document, reason=request.POST.get("reason", ""), by=request.user, seen=seen
        )
    except ValidationError as error:
        if getattr(error, "code", "") != "conflict":
            return _review(request, category, wanted, present(category), seen=seen, error=error)
        return _conflict(request, category, what, wanted)
    messages.success(request, _("Version %(version)s of the rubric is saved.") % {"version": made.version})
    return redirect(category.edition.get_absolute_url() + f"#{category.slug}")


def _conflict(request: HttpRequest, category: Category, what: str, wanted: dict[str, Any]) -> HttpResponse:
    """Show the typed values on the version somebody else saved, with both values where they differ."""
    tree_of, form_of, _page = EDITORS[what]
    rubric = present(category)
    theirs = rubric_document(rubric) if rubric else EMPTY
    rows = [{"label": one.label, "mine": one.after, "theirs": one.before} for one in changes(theirs, wanted)]
    by = str(rubric.created_by or "") if rubric else ""
    at = formats.moment(rubric.created_at) if rubric else ""
    conflict = {"rows": rows, "by": by, "at": at}
    form = form_of(tree_of(wanted), before=wanted)
    return _show(request, category, what, form, seen=rubric.pk if rubric else None, status=409, conflict=conflict)


@require_safe
def rubric_versions(request: UserRequest, slug: str, category: str) -> HttpResponse:
    """Every version with who made it, when and why."""
    found = visible_category(request, slug, category)
    rubrics = found.rubrics.select_related("created_by", "locked_by").prefetch_related("contests__selection__province")
    context = {"edition": found.edition, "category": found, "rubrics": rubrics}
    return render(request, "awards/editions/rubric_versions.html", context)


@require_safe
def rubric_version(request: UserRequest, slug: str, category: str, version: int) -> HttpResponse:
    """One version, and what it changed."""
    found = visible_category(request, slug, category)
    versions = found.rubrics.select_related("created_by", "category").prefetch_related(
        "aspects__criteria__segments", *TITLES
    )
    rubric = get_object_or_404(versions, version=version)
    previous = versions.filter(version__lt=version).order_by("-version").first()
    context = {
        "edition": found.edition,
        "category": found,
        "rubric": rubric,
        "previous": previous,
        "changes": changes(rubric_document(previous), rubric_document(rubric)) if previous else [],
        "may_design": may_design_category(request.user, found),
    }
    return render(request, "awards/editions/rubric_version.html", context)
