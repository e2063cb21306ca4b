"""Headers of every answer, the language of a request, and the refusal of requests no page can read."""

import codecs
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import get_template
from django.utils import translation
from django.utils.http import parse_header_parameters
from django.utils.log import log_response
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def headers(get_response: Answer) -> Answer:
    """Add the headers Django has no setting for; no cache stores pages of a signed-in person.

    Any other answer may be stored but must be validated before each use, also a 404: after an announcement the page
    exists.
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
    """Indonesian unless the person chose English with the switch or by an address under ``/en/``.

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


LARGEST_NUMBER = 2**63 - 1
"""What a column of any database can hold."""
LARGEST_BODY = 12 * 1024 * 1024
"""Bytes of a request; as in the files of the proxies. Evidence and tables have at most 10 MB."""

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_DAMAGED = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, LookupError, ValueError)
_NO_VALUE_FOR_A_DATABASE = (
    "too large to convert to SQLite",
    "surrogates not allowed",
    "cannot contain NUL",
    "embedded null",
    "for integer string conversion",
)


class PortalRequest(WSGIRequest):
    """A request is read as UTF-8; one whose Content-Type names something else is made all the same, then refused.

    Django reads with any codec the visitor names, and does so before the first middleware, where an error has no page.
    """

    is_damaged = False

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = "", {}
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
            charset = codecs.lookup(self.content_params.get("charset", "utf-8")).name
        except (LookupError, ValueError):
            self.is_damaged = True
        else:
            self.is_damaged = charset not in {"utf-8", "ascii"}


class Readable:
    """Refuses what no page could read or store, with error 400, 404 or 413 and one line in the log.

    Text and encodings are checked before any page; numbers too large for a column where they are part of the address,
    and everything else when the database refuses the value.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _check(request)
        except _TOO_MUCH as error:
            words = _("The form or file is larger than the portal accepts. Send it in smaller parts.")
            return refusal(request, error, 413, words)
        except _DAMAGED as error:
            return refusal(request, error, 400)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if any(isinstance(value, int) and value > LARGEST_NUMBER for value in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error, 400) if _is_refused_value(error) else None


def is_storable(text: str) -> bool:
    """Whether every database can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def is_larger(request: HttpRequest, most: int) -> bool:
    """Whether the body says it has more bytes."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > most


def _check(request: HttpRequest) -> None:
    request.get_host()
    if is_larger(request, LARGEST_BODY):
        raise RequestDataTooBig("body")
    if getattr(request, "is_damaged", False):
        raise BadRequest("content type")
    if not all(map(is_storable, _texts(request))):
        raise BadRequest("text")


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.keys()
    yield from request.COOKIES.values()
    yield from (value for name, value in request.META.items() if name.startswith("HTTP_"))
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield name
            yield from values
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name or "" for file in files)


def _is_refused_value(error: Exception) -> bool:
    is_about_a_value = isinstance(error, (OverflowError, ValueError))
    return isinstance(error, DataError) or (
        is_about_a_value and any(words in str(error) for words in _NO_VALUE_FOR_A_DATABASE)
    )


def refusal(request: HttpRequest, error: Exception, status: int, words: str = "") -> HttpResponse:
    """The page without a reader, since nothing of the request can be relied on; JSON where JSON is asked for."""
    if "application/json" in (request.content_type, *request.headers.get("Accept", "").split(",")):
        words = words or _("The address or the form arrived damaged. Go back and try again.")
        response: HttpResponse = JsonResponse({"code": "unreadable", "words": words}, status=status)
    else:
        page = get_template("400.html").render({"code": status, "words": words})
        response = HttpResponse(page, status=status)
    log_response("Refused (%s): %s", type(error).__name__, request.path, response=response, request=request)
    return response
