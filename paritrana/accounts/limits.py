"""How often somebody may try to sign in, and what is shown to whoever tried too often.

Wrong passwords are counted three times: by address, by address and account, and by account alone. The last is the
softest, since it also refuses the owner; a new password set by the link in a letter frees the account.
The counts lie in the cache, which is a table that all servers share.
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
    """What the outermost trusted proxy saw; None where no address can be read.

    Every proxy appends the address it sees to X-Forwarded-For, so only the last ``PARITRANA_PROXIES`` entries are
    believed: whatever stands before them was sent by the browser. With fewer entries than that, the first one was
    still written by a trusted proxy.
    """
    proxies = settings.PARITRANA_PROXIES or 0
    seen = [entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
    believed = seen[-proxies:][:1] if proxies else []
    for written in [*believed, request.META.get("REMOTE_ADDR", "")]:
        if found := _read(written.strip()):
            return found
    return None


def _read(written: str) -> str | None:
    """An address with or without a port; IPv4 written as IPv6 counts as IPv4."""
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
}
_MINUTE = 60


def take_try(request: HttpRequest, login: str) -> RateLimitUsage:
    """Count one try as a wrong one; whoever finds the password right rolls it back.

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
    """The owner set a new password: what was tried before no longer counts against the account."""
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
    """The page for whoever asked too often, with the time to wait; the sign-in library calls it by ``handler429``."""
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
    """Until the fullest limit of this action lets the next one through; a minute where none is full any more."""
    now, left = time.time(), 0.0
    for rate in ratelimit.get_rates(app=_APP, action=action):
        tries = cache.get(ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key), [])
        fresh = [at for at in tries if at > now - rate.duration]  # newest first
        if len(fresh) >= rate.amount:
            left = max(left, fresh[rate.amount - 1] + rate.duration - now)
    return ceil(left) or _MINUTE
