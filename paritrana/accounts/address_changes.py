"""Changing the e-mail address of an account: an administrator enters it, the owner of the new mailbox confirms it.

Until then people sign in with the present address. Both addresses get a letter, at the request and at the change.
"""

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana.accounts import letters, pseudonyms, trail
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import AddressChange, User
from paritrana.display.links import absolute

address_left = Signal()
"""An ``address`` is nobody's any more; sent inside the writing transaction."""
VALID = datetime.timedelta(days=3)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask(user: User, *, address: str, reason: str, by: User) -> AddressChange:
    """Record the new address and mail its owner a link that works once; an older request ends.

    ValidationError: ``foreign-letters``, ``inactive``, ``same-address``, ``email-taken``.
    """
    address, token = cleaned(address), secrets.token_urlsafe(32)
    present = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not present.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    if address == present.email:
        raise ValidationError(_("This is the present address."), code="same-address")
    _require_free(address)
    now = timezone.now()
    present.address_changes.open().update(ended_at=now, ended_by=by)
    change = AddressChange.objects.create(
        user=present,
        address=address,
        reason=reason,
        digest=digest_of(token),
        asked_at=now,
        asked_by=by,
        expires_at=now + VALID,
    )
    values = pseudonyms.keyed(present, {"present": present.email, "address": address, "reason": reason})
    trail.record(by, "account.ask-address", present, **values)
    letters.address_asked(change, absolute(reverse("address-confirm", args=[token])))
    return change


@transaction.atomic
def withdraw(user: User, *, by: User) -> None:
    """End the request: the link stops working, the address stays. ValidationError ``moved-on`` when none is open."""
    change = user.address_changes.open().first()
    if not change or not user.address_changes.open().filter(pk=change.pk).update(ended_at=timezone.now(), ended_by=by):
        raise ValidationError(_("No new address waits for confirmation any more."), code="moved-on")
    trail.record(by, "account.withdraw-address", user, **pseudonyms.keyed(user, {"address": change.address}))


@transaction.atomic
def confirm(change: AddressChange) -> None:
    """Make the confirmed address the one of the account and end its open sessions.

    ValidationError: ``over`` when the request has ended, ``inactive``, ``email-taken``.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=change.user_id)
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    now = timezone.now()
    if not AddressChange.objects.open().filter(pk=change.pk, expires_at__gt=now).update(confirmed_at=now):
        raise ValidationError(_("This link no longer works. Ask an administrator for a new one."), code="over")
    _require_free(change.address)
    EmailAddress.objects.filter(user=user).delete()  # what a server of the version before may have written
    User.objects.filter(pk=user.pk).update(email=change.address)
    end_sessions(user)
    before, after = (pseudonyms.keyed(user, {"email": address}) for address in (user.email, change.address))
    trail.record(user, "account.confirm-address", user, asked_by=change.asked_by_id, before=before, after=after)
    address_left.send(sender=None, address=user.email)
    letters.address_confirmed(change, former=user.email)


def _require_free(address: str) -> None:
    if User.objects.filter(email__iexact=address).exists():
        raise ValidationError(_("This address has an account already."), code="email-taken")


def end_sessions(user: User) -> None:
    """Sessions are not stored by person, so every session still valid is read; addresses change rarely."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
