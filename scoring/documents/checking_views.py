"""Public pages to check a document: by its code or QR code, and by the file itself."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from scoring.documents import checking
from scoring.documents.checking import Checked, checked
from scoring.documents.codes import grouped, understood
from scoring.documents.forms import CheckForm, CompareForm
from scoring.public.addresses import address, language_of
from scoring.public.responses import page

View = Callable[..., HttpResponse]


def _asked_anew(view: View) -> View:
    """In the language of the address, not cached, not indexed by search engines, and limited against guessing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request.path)):
            response = _too_many(request) if checking.is_shut(request) else view(request, *args, **kwargs)
        response.headers["Content-Language"] = language_of(request.path)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(answer)


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"minutes": checking.SECONDS // 60, "form": CheckForm()}
    response = page(request, "scoring/documents/check_shut.html", context)
    response.status_code = 429
    response.headers["Retry-After"] = str(checking.SECONDS)
    return response


@_asked_anew
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = understood(form.cleaned_data["code"])
        if code:
            return redirect(address("check-code", grouped(code)))
        checking.missed(request)
        return _unknown(request)
    return page(request, "scoring/documents/check.html", {"form": form})


@_asked_anew
@require_http_methods(["GET", "HEAD", "POST"])
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the code belongs to; POST compares a file or its sha256 with the stored document."""
    found = checked(code)
    if found is None:
        checking.missed(request)
        return _unknown(request)
    is_asked = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if is_asked else CompareForm()
    context: dict[str, Any] = {"found": found, "form": form}
    if is_asked and form.is_valid():
        context["is_same"] = _is_same(found, form.cleaned_data)
    return page(request, "scoring/documents/check_found.html", context)


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same page for unknown codes and for results that are not public yet."""
    response = page(request, "scoring/documents/check_unknown.html", {"form": CheckForm()})
    response.status_code = 404
    return response


def _is_same(found: Checked, data: dict[str, Any]) -> bool:
    file: UploadedFile | None = data["file"]
    if file is None:
        return found.matches(data["digest"])
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return found.matches(digest.hexdigest())
