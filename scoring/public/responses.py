"""HTTP responses of public pages: the same for everybody, in the language of the address, never outdated."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import conditional_page, require_safe

from awards.models import Edition
from paritrana.display.links import absolute
from scoring.public.addresses import LANGUAGES, address, language_of

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A cache may keep the answer and must ask before every use: with an ETag that costs no bytes, and a page kept from
    before an announcement, or a correction, is never shown after it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request.path)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "no-cache"
        return response

    return login_not_required(require_safe(conditional_page(answer)))


def page(
    request: HttpRequest, template: str, context: dict[str, Any], picture: str = "", here: str = ""
) -> HttpResponse:
    """A page with metadata in its head: canonical address, other languages, preview picture (a path).

    ``here`` names the public page this one stands for, if it is not the one asked for: a preview, in ``?lang=``.
    """
    match: Any = request.resolver_match
    name = here or match.url_name
    paths = {each: address(name, language=each, **match.kwargs) for each in LANGUAGES}
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    site = {
        "here": name,
        "canonical": absolute(paths[translation.get_language() or "id"]),
        "alternates": [(language, absolute(path)) for language, path in paths.items()],
        "switches": [
            (language, f"{request.path}?lang={language}" if here else path + query) for language, path in paths.items()
        ],
        "picture": absolute(picture or address("public-picture")),
        "is_example": Edition.objects.filter(is_example=True).exists(),
    }
    return render(request, template, context | {"site": site})
