"""Lost second factors are removed by two administrators; the owner is told at both steps."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts import letters, trail, two_signatures
from paritrana.accounts.lines import was_just_opened_by
from paritrana.accounts.models import FactorReset, User

Outcome = FactorReset.Outcome


def open_request(user: User) -> FactorReset | None:
    return FactorReset.objects.filter(user=user, outcome="").select_related("asked_by", "user").first()


@transaction.atomic
def ask(user: User, *, reason: str, by: User) -> FactorReset:
    """ValidationError ``oneself``, ``none`` without a factor, ``asked``."""
    if user.pk == by.pk:
        raise ValidationError(_("Use a recovery code, or let another administrator ask for you."), code="oneself")
    if not Authenticator.objects.filter(user=user).exists():
        raise ValidationError(_("This account has no second factor."), code="none")
    if open_request(user):
        raise ValidationError(_("Somebody has asked already; the second person has to answer first."), code="asked")
    made = FactorReset.objects.create(user=user, reason=reason.strip(), asked_by=by)
    trail.record(by, "account.ask-factor-reset", user, reason=made.reason)
    _tell(user, is_done=False)
    return made


@transaction.atomic
def second(request: FactorReset, *, by: User) -> None:
    """Remove every factor and recovery code. ValidationError ``same-person``, ``own-account``, ``moved-on``."""
    if by.pk in {request.asked_by_id, request.user_id}:
        raise ValidationError(_("Another administrator has to confirm it."), code="same-person")
    if was_just_opened_by(by, request.asked_by):
        message = _("Your account was opened by the person who asks. Somebody else has to confirm it.")
        raise ValidationError(message, code="own-account")
    two_signatures.end(request, Outcome.GRANTED, by)
    Authenticator.objects.filter(user=request.user).delete()
    trail.record(by, "account.reset-factors", request.user, asked_by=request.asked_by_id, reason=request.reason)
    _tell(request.user, is_done=True)


@transaction.atomic
def withdraw(request: FactorReset, *, by: User) -> None:
    """ValidationError ``moved-on``."""
    two_signatures.end(request, Outcome.WITHDRAWN, by)
    trail.record(by, "account.withdraw-factor-reset", request.user)


def _tell(user: User, *, is_done: bool) -> None:
    seen_from = get_adapter().get_client_ip(context.request) if context.request else "–"
    letters.factors_reset(user, seen_from, is_done=is_done)
