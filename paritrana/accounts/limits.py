"""Limits on failed sign-ins, and the page shown when one is reached.

Wrong passwords are counted by client address, by client address and account, and by account. The limit by account is
the highest, since it also stops the owner; setting a new password by a mailed link clears it. The counts are in the
cache, a database table shared by all servers.
"""

import time
from ipaddress import IPv6Address, ip_address
from math import ceil

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def client_address(request: HttpRequest) -> str | None:
    """The address seen by the outermost trusted proxy; None where no address can be read.

    Every proxy appends the address it sees to X-Forwarded-For, so only the last ``PARITRANA_PROXIES`` entries are
    trusted; entries before them come from the browser. With fewer entries than proxies, the first entry is used.
    """
    proxies = settings.PARITRANA_PROXIES or 0
    seen = [entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
    believed = seen[-proxies:][:1] if proxies else []
    for written in [*believed, request.META.get("REMOTE_ADDR", "")]:
        if found := _read(written.strip()):
            return found
    return None


def _read(written: str) -> str | None:
    """Parse an address with or without a port; IPv4 written as IPv6 counts as IPv4."""
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        found = ip_address(written)
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)


_APP = "allauth.account"
_BY_PAGE = {
    "account_login": "login",
    "account_reset_password": "reset_password",  # nosec B105
    "account_reset_password_from_key": "reset_password_from_key",  # nosec B105
    "account_change_password": "change_password",  # nosec B105
    "account_reauthenticate": "reauthenticate",
    "openid_connect_login": "agency",
    "agency-confirm": "agency",
}
_MINUTE = 60


def take_try(request: HttpRequest, login: str) -> RateLimitUsage:
    """Count one failed sign-in; a right password takes it back.

    ValidationError ``too_many_login_attempts``, with the time to wait, when one of the three limits is reached.
    """
    taken = RateLimitUsage(usage=[])
    for action, key in _counts(request, login):
        found = ratelimit.consume(request, app=_APP, action=action, key=key)
        if found is None:
            taken.rollback()
            wait = _wait_in_words(_seconds_left(request, action, key))
            raise ValidationError(_("Too many tries.") + f" {wait}", code="too_many_login_attempts")
        taken.usage += found.usage
    return taken


def forget_tries(request: HttpRequest, login: str) -> None:
    """Clear the failed sign-ins of an account after its owner set a new password."""
    for action, key in _counts(request, login)[1:]:
        ratelimit.clear(request, app=_APP, action=action, key=key)


def _counts(request: HttpRequest, login: str) -> list[tuple[str, str]]:
    name = login.strip().lower()
    return [
        ("sign_in_address", ""),
        ("sign_in_pair", f"{ratelimit.get_ip(request)} {name}"),
        ("sign_in_account", name),
    ]


def refuse(request: HttpRequest) -> HttpResponse:
    """The page with the time to wait after too many tries; the sign-in library calls it as ``handler429``."""
    page = request.resolver_match.url_name if request.resolver_match else None
    left = _seconds_left(request, _BY_PAGE.get(str(page), ""), request.POST.get("email", "").lower())
    response = render(request, "429.html", {"text": _wait_in_words(left)}, status=429)
    response.headers["Retry-After"] = str(left)
    return response


def _wait_in_words(seconds: int) -> str:
    minutes = ceil(seconds / _MINUTE)
    words = ngettext("Try again in %(minutes)d minute.", "Try again in %(minutes)d minutes.", minutes)
    return words % {"minutes": minutes}


def _seconds_left(request: HttpRequest, action: str, key: str) -> int:
    """Seconds until the strictest limit that is reached allows the next try; 60 when none is reached any more."""
    now, left = time.time(), 0.0
    for rate in ratelimit.get_rates(app=_APP, action=action):
        tries = cache.get(ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key), [])
        fresh = [at for at in tries if at > now - rate.duration]  # newest first
        if len(fresh) >= rate.amount:
            left = max(left, fresh[rate.amount - 1] + rate.duration - now)
    return ceil(left) or _MINUTE
