"""Signing in and out belongs to the trail too."""

from typing import Any

from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from paritrana.accounts import trail
from paritrana.accounts.models import User


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
    """Only a known account is named: people do type their password into the wrong field."""
    account = User.objects.filter(email=str(credentials.get("email", "")).strip().lower()).first()
    if account is not None:
        trail.record(None, "account.sign-in-refused", account)
