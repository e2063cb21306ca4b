"""The answer while the database is away or a disk is full: it passes, nothing acknowledged is lost, try again."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views import defaults

RETRY_AFTER = 15
"""Seconds."""
_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def server_error(request: HttpRequest) -> HttpResponse:
    """503 for what passes by itself, else 500. It draws a page that asks neither database nor session."""
    error = sys.exc_info()[1]
    if error is None or not passes(error):
        return defaults.server_error(request)
    page = get_template("503.html").render({})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


def passes(error: BaseException) -> bool:
    """Whether it is the surroundings that failed, also where our own code raised from it."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    if isinstance(error, OSError) and (error.errno in _PASSING or "object store" in str(error)):
        return True
    return error.__cause__ is not None and passes(error.__cause__)
