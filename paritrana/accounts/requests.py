"""The request a view of a signed-in person gets; what lets nobody else in is ``LoginRequiredMiddleware``."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from paritrana.accounts.models import User


class UserRequest(HttpRequest):
    """A request whose person is known: annotate views that are not public with it."""

    user: User
    htmx: HtmxDetails
