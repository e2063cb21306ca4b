"""What a browser keeps belongs to one person and one session: the mark that says whose, and the keys to it.

The mark is a cookie the scripts of a page can read. The server alone sets it, for a session that is signed in, and
takes it away from one that is not; so it does not matter which script runs, or whether one does. Known devices are a
second cookie, signed and unreadable, from which nobody learns who else signs in here.
"""

import hashlib
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from paritrana.accounts import letters
from paritrana.accounts.models import AuditEvent, User

MARK = "reader"
KNOWN = "devices"
YEAR = 365 * 24 * 60 * 60
MOST_KNOWN = 20
"""People one browser remembers; the oldest is forgotten first."""
WIPE = "wipe"
"""Sent with signing out by a browser on which nothing waits to be sent."""
SALT = "paritrana.device"


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        wanted, given = _mark(request), request.COOKIES.get(MARK, "")
        if wanted and wanted != given:
            secure = settings.SESSION_COOKIE_SECURE
            age = settings.SESSION_COOKIE_AGE
            response.set_cookie(MARK, wanted, max_age=age, secure=secure, samesite="Strict")
        elif given and not wanted:
            response.delete_cookie(MARK, samesite="Strict")
        if was_signed_in and not request.user.is_authenticated:
            may_wipe = request.POST.get(WIPE) == "1"
            response.headers["Clear-Site-Data"] = '"cache", "storage"' if may_wipe else '"cache"'
        return response

    return answer


def _mark(request: HttpRequest) -> str:
    """The person and the session, which the digest does not give away."""
    if not request.user.is_authenticated:
        return ""
    session = hashlib.sha256(f"{SALT}:{request.session.session_key}".encode()).hexdigest()[:20]
    return f"{request.user.pk}.{session}"


def keys_of(user: User) -> list[bytes]:
    """The first one writes; those of former secrets only read."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(SALT, str(user.pk), secret, algorithm="sha256").digest() for secret in secrets]


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Remember this browser; a letter tells the person about a new one, except at the very first sign-in."""
    try:
        known = signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        known = []
    name = salted_hmac(KNOWN, str(user.pk)).hexdigest()[:16]
    if name not in known and AuditEvent.objects.of(user).filter(verb="account.sign-in")[1:2]:
        browser = request.headers.get("User-Agent", "–")[:150]
        letters.new_device(user, get_adapter().get_client_ip(request), browser)
    kept = [name, *(one for one in known if one != name)][:MOST_KNOWN]
    secure = settings.SESSION_COOKIE_SECURE
    value = signing.dumps(kept, salt=SALT)
    response.set_cookie(KNOWN, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
