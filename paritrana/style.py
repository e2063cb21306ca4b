"""The appearance a person chose, and /gaya/: every component in every state, for those who build pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from paritrana import style_samples

THEMES = ("auto", "light", "dark")
COOKIE = "theme"
PARTS = ("tokens", "components", "tables", "forms", "pages")


def theme_of(request: HttpRequest | None) -> str:
    chosen = request.COOKIES.get(COOKIE) if request is not None else None
    return chosen if chosen in THEMES else "auto"


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the appearance for a year; a cookie, so that the first byte of a page already knows it."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            COOKIE,
            request.POST["theme"],
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@require_GET
def page(request: HttpRequest, part: str = "tokens") -> HttpResponse:
    if not request.user.is_superuser or part not in PARTS:
        raise Http404
    return render(request, f"style/{part}.html", {"part": part, "parts": PARTS, **style_samples.of(part, request)})
