"""Linking an account with somebody's identity at the agency: an administrator asks, the owner of the mailbox confirms.

Whoever is not linked and signs in there gets a code that stands for the identity, and gives it to an administrator. So
nobody types a subject by hand, and an administrator alone cannot make the own identity open another account.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from paritrana.accounts import agency, letters, pseudonyms, trail
from paritrana.accounts.address_changes import end_sessions
from paritrana.accounts.models import User
from paritrana.display.links import absolute

CODE_VALID, LINK_VALID = timedelta(days=1), timedelta(days=3)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Those nobody confuses when a code is read out."""

Identity = dict[str, Any]


def code_for(found: SocialAccount) -> str:
    """Keep an unlinked identity for a day; the code that stands for it. The cache is cleared of it hourly."""
    code = get_random_string(10, LETTERS)
    identity = {"provider": found.provider, "uid": found.uid, "extra_data": found.extra_data}
    cache.set(_key(code), identity, CODE_VALID.total_seconds())
    return f"{code[:5]}-{code[5:]}"


@transaction.atomic
def ask(user: User, *, code: str, by: User) -> None:
    """Mail the owner of the account a link that works once. ValidationError ``inactive``, ``linked``, ``code``,
    ``taken``.
    """
    spelled = "".join(code.upper().replace("-", "").split())
    identity = cache.get(_key(spelled))
    if identity is None:
        message = _("This code is unknown or older than a day. The person gets a new one by signing in there again.")
        raise ValidationError(message, code="code")
    _require_free(user, identity)
    token = secrets.token_urlsafe(32)
    cache.delete(_key(spelled))
    keep(token, user, identity, by)
    trail.record(by, "account.ask-link", user, **pseudonyms.keyed(user, _named(identity)))
    link = absolute(reverse("agency-link", args=[token]))
    letters.link_asked(user, by, identity["extra_data"]["email"], link)


def keep(token: str, user: User, identity: Identity, by: User) -> None:
    cache.set(_key(token), {"user": user.pk, "asked_by": by.pk, **identity}, LINK_VALID.total_seconds())


def waiting(token: str) -> tuple[User, Identity] | None:
    """Whose account the link of a letter would link, and with which identity; None when it no longer works."""
    identity = cache.get(_key(token))
    user = User.objects.filter(pk=identity["user"]).first() if identity else None
    return (user, identity) if user else None


@transaction.atomic
def confirm(token: str) -> None:
    """ValidationError ``over`` when the link works no more, ``inactive``, ``linked``, ``taken``."""
    found = waiting(token)
    if found is None or not cache.delete(_key(token)):
        raise ValidationError(_("This link no longer works. Ask an administrator for a new one."), code="over")
    user, identity = User.objects.select_for_update(no_key=True).get(pk=found[0].pk), found[1]
    _require_free(user, identity)
    SocialAccount.objects.create(user=user, **{name: identity[name] for name in ("provider", "uid", "extra_data")})
    trail.record(user, "account.link", user, asked_by=identity["asked_by"], **pseudonyms.keyed(user, _named(identity)))
    letters.tell(user, letters.LINK_MADE)


@transaction.atomic
def unlink(user: User, *, by: User) -> None:
    """Take the link away and end the open sessions. ValidationError ``moved-on`` when there is none."""
    found = agency.link_of(user)
    if found is None:
        raise ValidationError(_("This account is linked with no agency account."), code="moved-on")
    found.delete()
    end_sessions(user)
    trail.record(by, "account.unlink", user)
    letters.tell(user, letters.LINK_ENDED)


def _require_free(user: User, identity: Identity) -> None:
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    if agency.link_of(user):
        raise ValidationError(_("This account is linked already. Take the link away first."), code="linked")
    if SocialAccount.objects.filter(provider=identity["provider"], uid=identity["uid"]).exists():
        raise ValidationError(_("This identity opens another account already."), code="taken")


def _named(identity: Identity) -> dict[str, str]:
    return {"identity": identity["extra_data"]["email"] or identity["extra_data"]["subject"]}


def _key(secret: str) -> str:
    """The cache is a table; whoever reads it learns neither code nor link."""
    return f"agency:{hashlib.sha256(secret.encode()).hexdigest()}"
