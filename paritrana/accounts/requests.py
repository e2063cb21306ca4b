"""The type of requests in views that need a signed-in person; ``LoginRequiredMiddleware`` enforces the sign-in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from paritrana.accounts.models import User


class UserRequest(HttpRequest):
    """A request with a known person; annotate views that are not public with it."""

    user: User
    htmx: HtmxDetails
