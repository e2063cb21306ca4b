"""Opening, changing and closing accounts. Administrators never choose or see a password."""

from typing import Any, Protocol

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts import pseudonyms, trail
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import User
from paritrana.display.links import absolute

PROFILE = ("name", "office", "rank", "employee_number")


@transaction.atomic
def open_account(*, email: str, name: str, by: User, **profile: str) -> User:
    """Open an account without a password; ``send_link`` mails its owner the link to set one.

    ValidationError ``email-taken`` when an account has this address, ``foreign-letters`` for letters beyond ASCII.
    """
    if User.objects.filter(email=cleaned(email)).exists():
        raise ValidationError(_("This address has an account already."), code="email-taken")
    user = User.objects.create_user(email, name=name, brought_by=by, **_of_the_profile(profile))
    trail.record(by, "account.open", user, **pseudonyms.keyed(user, _named(user)))
    return user


def _of_the_profile(profile: dict[str, str]) -> dict[str, str]:
    """TypeError for what is no part of it."""
    if unknown := set(profile) - set(PROFILE):
        raise TypeError(f"not part of the profile: {sorted(unknown)}")
    return profile


class Invited(Protocol):
    """An invitation by a link: who is invited, by whom, and its row."""

    pk: int
    email: str
    name: str
    office: str
    sent_by: User


@transaction.atomic
def open_invited(invitation: Invited, *, password: str, language: str) -> None:
    """Create the account of whoever follows the link of an invitation; ``language`` is that of later letters.

    An account the address has already stays as it is, and nothing tells which it was, nor how long it took: somebody
    else may hold the link.
    """
    person = User(email=invitation.email, name=invitation.name, office=invitation.office, language=language)
    person.set_password(password)
    if User.objects.filter(email=invitation.email).exists():
        return
    person.brought_by = invitation.sent_by
    person.save()
    trail.record(person, "account.open", person, **pseudonyms.keyed(person, _named(person)), invitation=invitation.pk)


def _named(user: User) -> dict[str, str]:
    return {field: getattr(user, field) for field in ("email", *PROFILE)}


@transaction.atomic
def change_account(user: User, *, by: User, **profile: str) -> bool:
    """Change name, office held, rank or NIP; True if a value changed."""
    profile = _of_the_profile(profile)
    present = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    require_not_erased(present)
    before = {field: getattr(present, field) for field in profile}
    changed = {field: value for field, value in profile.items() if before[field] != value}
    if not changed:
        return False
    User.objects.filter(pk=user.pk).update(**changed)
    user.refresh_from_db()
    former = pseudonyms.keyed(user, {field: before[field] for field in changed})
    trail.record(by, "account.change", user, before=former, after=pseudonyms.keyed(user, changed))
    return True


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Close an account and end its sessions. ValidationError ``oneself``, ``moved-on`` (somebody closed it first)."""
    if user.pk == by.pk:
        raise ValidationError(_("Nobody deactivates their own account."), code="oneself")
    _switch(user, by, to_active=False)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """ValidationError ``erased``: nobody is left whose account it was; ``moved-on``."""
    require_not_erased(User.objects.get(pk=user.pk))
    _switch(user, by, to_active=True)


def require_not_erased(user: User) -> None:
    if user.erased_at:
        raise ValidationError(_("The personal data of this account was erased; it stays closed."), code="erased")


def _switch(user: User, by: User, *, to_active: bool) -> None:
    if not User.objects.filter(pk=user.pk, is_active=not to_active).update(is_active=to_active):
        raise ValidationError(_("This account is in that state already."), code="moved-on")
    user.refresh_from_db()
    trail.record(by, "account.reactivate" if to_active else "account.deactivate", user)


@transaction.atomic
def send_link(user: User, *, by: User) -> None:
    """Mail the owner a fresh link to set a password; a link is valid once. ValidationError ``inactive``."""
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    _mail_link(user)
    trail.record(by, "account.send-link", user)


@transaction.atomic
def share_link(user: User, *, by: User) -> str:
    """Mail a fresh link, and return the text with it once: the sender may pass it on. ValidationError ``inactive``."""
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    trail.record(by, "account.share-link", user)
    return _mail_link(user)


def password_link(user: User) -> str:
    """The address of the page on which the owner sets the password."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return absolute(reverse("account_reset_password_from_key", kwargs=key))


def _mail_link(user: User) -> str:
    """Its text. The letter is in the owner's language, not in the sender's."""
    context: dict[str, Any] = {"person": user, "link": password_link(user), "address": settings.PARITRANA_URL}
    with translation.override(user.language):
        subject, message = _("Your account"), render_to_string("accounts/mail/password_link.txt", context)
    subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject
    send_mail(subject=subject, message=message, from_email=None, recipient_list=[user.email])
    return message
