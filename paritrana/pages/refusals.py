"""The page of error 403: why, who or when, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paritrana.refusals import ActRefused


def page(request: HttpRequest, exception: Exception) -> HttpResponse:
    context: dict[str, object] = {"exception": str(exception)}
    if isinstance(exception, ActRefused):
        context |= {"url": exception.url, "action": exception.action}
    return render(request, "403.html", context, status=403)
