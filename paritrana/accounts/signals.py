"""Records signing in and out, and every change of the second factor, in the trail."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from paritrana.accounts import letters, second_factor, trail
from paritrana.accounts.models import User

Letter = Callable[[User, Authenticator, str], None]


@receiver(user_logged_in)
@transaction.atomic
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    trail.record(user, "account.sign-in", user)


@receiver(user_logged_out)
@transaction.atomic
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        trail.record(user, "account.sign-out", user)


@receiver(user_login_failed)
@transaction.atomic
def refused(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a failed sign-in with the account's name only if it exists: people type passwords into the wrong field."""
    account = User.objects.filter(email=str(credentials.get("email", "")).strip().lower()).first()
    if account is not None:
        trail.record(None, "account.sign-in-refused", account)


@receiver(authenticator_added)
@transaction.atomic
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    trail.record(user, "account.add-factor", user, kind=authenticator.type)
    _tell(request, user, authenticator, letters.factor_added)


@receiver(authenticator_removed)
@transaction.atomic
def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    trail.record(user, "account.remove-factor", user, kind=authenticator.type)
    request.session.pop(second_factor.SEEN, None)
    _tell(request, user, authenticator, letters.factor_removed)


@receiver(authenticator_reset)
@transaction.atomic
def codes_renewed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    trail.record(user, "account.renew-codes", user)
    letters.tell(user, letters.CODES_RENEWED, get_adapter().get_client_ip(request))


def _tell(request: HttpRequest, user: User, authenticator: Authenticator, write: Letter) -> None:
    """Recovery codes are made and removed with the first and last factor, which have their own letter."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(user, authenticator, get_adapter().get_client_ip(request))
