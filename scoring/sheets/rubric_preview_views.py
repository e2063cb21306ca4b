"""The preview of a category's rubric: a juror's sheet, and each ranking, with examples."""

from collections.abc import Iterable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.editions.rubric_documents import present
from awards.editions.views import visible_category
from awards.models import Criterion
from paritrana.accounts.requests import UserRequest
from scoring.sheets import rubric_preview as sheet_rubric_preview
from scoring.sheets.forms import SheetForm


@require_safe
def rubric_preview(request: UserRequest, slug: str, category: str) -> HttpResponse:
    found = visible_category(request, slug, category)
    rubric = present(found) or get_object_or_404(found.rubrics)
    marked = sheet_rubric_preview.marked(rubric)
    context = {
        "edition": found.edition,
        "category": found,
        "rubric": rubric,
        "form": example_sheet(marked),
        "marked": marked,
        "previews": sheet_rubric_preview.previews(rubric),
    }
    return render(request, "scoring/sheets/rubric_preview.html", context)


def example_sheet(criteria: Iterable[Criterion]) -> SheetForm:
    """A juror's fields, disabled."""
    form = SheetForm(initial={"version": 0}, criteria=list(criteria))
    for field in form.fields.values():
        field.disabled = True
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs["placeholder"] = "–"
    return form
