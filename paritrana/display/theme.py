"""Light, dark or the device's theme, in a cookie, so that the first byte of a page is right and nothing flashes."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("auto", "light", "dark")
COOKIE = "theme"
YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest | None) -> str:
    chosen = request.COOKIES.get(COOKIE) if request is not None else None
    return chosen if chosen in THEMES else "auto"


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Store the theme for a year and go back to the page the person was on, if it is of this portal."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("theme") in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, request.POST["theme"], max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
