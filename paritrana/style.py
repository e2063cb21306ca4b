"""/gaya/: every component in every state, for those who build pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paritrana.style_samples import PARTS


@require_safe
def page(request: HttpRequest, part: str = "tokens") -> HttpResponse:
    if not request.user.is_superuser or part not in PARTS:
        raise Http404
    return render(request, f"style/{part}.html", {"part": part, "parts": PARTS, **PARTS[part](request)})
