"""Weighty acts ask for a fresh factor: a passkey, a code or the password, given within the last quarter of an hour.

Whoever has a second factor at the agency alone is asked there: a password that was reset by mail is not enough.

Which addresses those are is a setting: posting to some, and files with every mark. What was typed is kept until the
factor is given, and then it is done.
"""

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from paritrana.accounts import agency, second_factor
from paritrana.accounts.models import User


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        asks = request.user.is_authenticated and _is_weighty(request)
        # An account with neither password nor factor has nothing to give: it signs in anew, by a link.
        ways = _ways(request) if asks and not is_fresh(request) else []
        return suspend_request(request, ways[0]["url"]) if ways else get_response(request)

    return answer


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session gave a factor lately, also when signing in."""
    records = get_authentication_records(request, request.user)
    by_agency = _is_asked_at_the_agency(request)
    counted = [record for record in records if _counts(record, by_agency=by_agency)]
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in counted)


def _counts(record: dict[str, Any], *, by_agency: bool) -> bool:
    """The library's own record of the agency says when the person came from there, not when a factor was given."""
    return record["method"] == agency.METHOD if by_agency else record["method"] != "socialaccount"


def _is_asked_at_the_agency(request: HttpRequest) -> bool:
    user = cast(User, request.user)
    return agency.may_vouch(user) and not second_factor.factors_of(user)


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    if _is_asked_at_the_agency(request):
        return [{"url": reverse("agency-confirm")}]
    found: list[dict[str, Any]] = get_adapter().get_reauthentication_methods(request.user)
    return found


def _is_weighty(request: HttpRequest) -> bool:
    try:
        weighty = settings.STEP_UP if request.method == "POST" else settings.STEP_UP_DOWNLOADS
        return resolve(request.path_info).url_name in weighty
    except Resolver404:
        return False
