"""What every answer carries, and the language it speaks."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def headers(get_response: Answer) -> Answer:
    """Add the headers Django has no setting for; pages of a signed-in person are never kept by a cache.

    Any other answer may be kept but is asked for again before every use, a refusal too: what was absent before an
    announcement must not stay absent after it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return middleware


def language(get_response: Answer) -> Answer:
    """Indonesian unless the person chose otherwise, with the switch or by an address under ``/en/``.

    The browser's own preference does not count.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        code = "en" if request.path.startswith("/en/") else code
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware
