"""The preview of a category's rubric: the sheet of a juror, and each ranking list, with examples."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.rubrics import present
from awards.views.categories import visible_category
from scoring import preview
from scoring.forms.preview import example_sheet


@require_safe
def rubric_preview(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    found = visible_category(request, slug, category)
    rubric = present(found) or get_object_or_404(found.rubrics)
    marked = preview.marked(rubric)
    context = {
        "edition": found.edition,
        "category": found,
        "rubric": rubric,
        "form": example_sheet(marked),
        "marked": marked,
        "previews": preview.previews(rubric),
    }
    return render(request, "scoring/preview.html", context)
