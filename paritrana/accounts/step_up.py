"""Weighty acts ask for a fresh factor: a passkey, a code or the password, given within the last quarter of an hour.

Which addresses those are is a setting. What was typed is kept until the factor is given, and then it is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        asks = request.method == "POST" and request.user.is_authenticated and _is_weighty(request)
        # An account with neither password nor factor has nothing to give: it signs in anew, by a link.
        ways = get_adapter().get_reauthentication_methods(request.user) if asks and not is_fresh(request) else []
        return suspend_request(request, ways[0]["url"]) if ways else get_response(request)

    return answer


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session gave a factor lately, also when signing in."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


def _is_weighty(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in settings.STEP_UP
    except Resolver404:
        return False
