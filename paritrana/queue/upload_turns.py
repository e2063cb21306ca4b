"""How many uploads run at once, of one person and in all: each takes a turn in the database, which all servers share.

Whoever finds none free is answered before the file is read. Forms without files take no turn.
"""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from paritrana.accounts.limits import client_address
from paritrana.middleware import is_larger, is_storable, refusal
from paritrana.queue.models import UploadTurn

OF_ONE = 2
"""Of an account, on however many devices; of an address where nobody is signed in."""
IN_ALL = 12
LARGE = 64 * 1024
"""Bytes; a smaller form brings no document worth the name."""
LASTS = timedelta(minutes=5)
"""Longer than a file may be on its way and looked at. A turn that is older was left by a server that died."""
TRIES = 5


class TooManyUploads(Exception):
    """No turn was free."""


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if not _is_upload(request):
            return get_response(request)
        turn = take(_whose(request))
        if turn is None:
            words = _("Other files are still being uploaded. Wait until that has ended, go back and send it again.")
            response = refusal(request, TooManyUploads(), 429, words)
            response.headers["Retry-After"] = "10"
            return response
        try:
            return get_response(request)
        finally:
            turn.delete()

    return answer


def _is_upload(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data" and is_larger(request, LARGE)


def _whose(request: HttpRequest) -> str:
    """The account, or the address where nobody is signed in, as a digest."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    account = request.session.get(SESSION_KEY) if is_storable(cookie) else None  # another middleware refuses it
    name = f"account {account}" if account else f"from {client_address(request)}"
    return salted_hmac("upload-turn", name).hexdigest()


def take(whose: str) -> UploadTurn | None:
    """One of the turns that are free; the database gives each place to one only, however many ask at once."""
    for _try in range(TRIES):
        held = _held()
        places = _free(IN_ALL, (turn.place for turn in held))
        own = _free(OF_ONE, (turn.nth for turn in held if turn.whose == whose))
        if not places or not own:
            return None
        with suppress(IntegrityError), transaction.atomic():
            return UploadTurn.objects.create(place=secrets.choice(places), whose=whose, nth=own[0])
    return None


def _held() -> list[UploadTurn]:
    turns, since = list(UploadTurn.objects.all()), timezone.now() - LASTS
    left = [turn.pk for turn in turns if turn.began_at < since]
    if left:
        UploadTurn.objects.filter(pk__in=left).delete()
    return [turn for turn in turns if turn.began_at >= since]


def _free(count: int, taken: Iterable[int]) -> list[int]:
    return sorted(set(range(1, count + 1)) - set(taken))
