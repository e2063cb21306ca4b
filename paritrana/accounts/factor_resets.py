"""Lost second factors are removed by two administrators; the owner is told at both steps.

Where nobody is left to be the second, whoever runs the server is: by the command ``remove_factors``.
"""

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts import letters, pseudonyms, trail, two_signatures
from paritrana.accounts.lines import require_second
from paritrana.accounts.models import FactorReset, User

Outcome = FactorReset.Outcome


@transaction.atomic
def ask(user: User, *, reason: str, by: User) -> FactorReset:
    """ValidationError ``oneself``, ``none`` without a factor, ``asked``."""
    if user.pk == by.pk:
        raise ValidationError(_("Use a recovery code, or let another administrator ask for you."), code="oneself")
    if not Authenticator.objects.filter(user=user).exists():
        raise ValidationError(_("This account has no second factor."), code="none")
    if FactorReset.open_for(user):
        raise ValidationError(_("Somebody has asked already; the second person has to answer first."), code="asked")
    made = FactorReset.objects.create(user=user, reason=reason.strip(), asked_by=by)
    trail.record(by, "account.ask-factor-reset", user, **pseudonyms.keyed(user, {"reason": made.reason}))
    _tell(user, is_done=False)
    return made


@transaction.atomic
def second(request: FactorReset, *, by: User) -> None:
    """Remove every factor and recovery code. ValidationError ``same-person``, ``own-account``, ``moved-on``."""
    require_second(request, by)
    two_signatures.end(request, Outcome.GRANTED, by)
    Authenticator.objects.filter(user=request.user).delete()
    why = pseudonyms.keyed(request.user, {"reason": request.reason})
    trail.record(by, "account.reset-factors", request.user, asked_by=request.asked_by_id, **why)
    _tell(request.user, is_done=True)


@transaction.atomic
def remove_by_operator(user: User, *, reason: str) -> None:
    """Remove them from the command line, where the portal has no two administrators for it.

    ValidationError ``two`` when it has, ``not-asked`` while the only other administrator has not asked, ``none``.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).count()
    asked = FactorReset.open_for(user)
    if others > 1:
        raise ValidationError(_("Two administrators can do it on the page of this account."), code="two")
    if others and not asked:
        message = _("The other administrator has to ask for it first, on the page of this account.")
        raise ValidationError(message, code="not-asked")
    if not Authenticator.objects.filter(user=user).exists():
        raise ValidationError(_("This account has no second factor."), code="none")
    if asked:
        two_signatures.end(asked, Outcome.OPERATOR, asked.asked_by)
    Authenticator.objects.filter(user=user).delete()
    why = pseudonyms.keyed(user, {"reason": reason.strip()})
    trail.record(None, "account.reset-factors", user, asked_by=asked and asked.asked_by_id, **why)
    letters.tell(user, letters.RESET_BY_OPERATOR)


@transaction.atomic
def withdraw(request: FactorReset, *, by: User) -> None:
    """ValidationError ``moved-on``."""
    two_signatures.end(request, Outcome.WITHDRAWN, by)
    trail.record(by, "account.withdraw-factor-reset", request.user)


def _tell(user: User, *, is_done: bool) -> None:
    seen_from = get_adapter().get_client_ip(context.request) if context.request else "–"
    letters.tell(user, letters.RESET_DONE if is_done else letters.RESET_ASKED, seen_from)
