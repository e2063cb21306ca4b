"""Letters about the security of an account, in its owner's language: what changed, from where, and what to do."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import AddressChange, User
from paritrana.display.links import absolute

_MOST_NAMED = 5

PASSWORD_SET = _("The password of your account was set anew. Other devices are signed out.")
FACTOR_ADDED = {
    Authenticator.Type.TOTP: _("An authenticator app was added to your account."),
    Authenticator.Type.WEBAUTHN: _("A passkey was added to your account."),
}
FACTOR_REMOVED = {
    Authenticator.Type.TOTP: _("The authenticator app was removed from your account."),
    Authenticator.Type.WEBAUTHN: _("A passkey was removed from your account."),
}
RESET_ASKED = _("An administrator has asked to remove the second factors of your account, because they are lost.")
RESET_DONE = _("The second factors of your account were removed by two administrators. Set up new ones.")
RESET_BY_OPERATOR = _("The second factors of your account were removed by those who run the server. Set up new ones.")
ERASURE_ASKED = _(
    "An administrator has asked to erase your personal data from the portal; a second one has to confirm."
)
ERASURE_DONE = _(
    "Your personal data was erased and your account closed, by two administrators. This is the last letter."
)
LINK_MADE = _("Your account was linked with your agency account: signing in there opens it.")
LINK_ENDED = _("The link between your account and your agency account was taken away. Your devices are signed out.")
CODES_RENEWED = _("New recovery codes were made for your account. The older ones no longer work.")


def factor_added(user: User, factor: Authenticator, seen_from: str) -> None:
    tell(user, FACTOR_ADDED[Authenticator.Type(factor.type)], seen_from)


def factor_removed(user: User, factor: Authenticator, seen_from: str) -> None:
    tell(user, FACTOR_REMOVED[Authenticator.Type(factor.type)], seen_from)


def link_asked(user: User, asked_by: User, identity: str, link: str) -> None:
    context = {"asked_by": asked_by, "identity": identity, "link": link}
    _send(user, user.email, _("Link your account with your agency account"), "agency_link", context)


def new_device(user: User, seen_from: str, browser: str) -> None:
    """Somebody has signed in, rightly, from a browser this account was never used in."""
    with translation.override(user.language):
        happened = _("Your account was used to sign in from a new browser: %(browser)s.") % {"browser": browser}
    tell(user, happened, seen_from)


def address_asked(change: AddressChange, link: str) -> None:
    context = {"change": change, "link": link}
    _send(change.user, change.user.email, _("A new address for your account"), "address_asked", context)
    _send(change.user, change.address, _("Confirm your new address"), "address_link", context)


def address_confirmed(change: AddressChange, former: str) -> None:
    context = {"change": change, "former": former}
    for address in (former, change.address):
        _send(change.user, address, _("The address of your account was changed"), "address_confirmed", context)


def tell(user: User, happened: str | Promise, seen_from: str = "–") -> None:
    """What happened is one of the texts above; ``seen_from`` is the network address it was done from, if known."""
    context = {"happened": happened, "seen_from": seen_from, "at": timezone.now()}
    context["reset"] = absolute(reverse("account_reset_password"))
    _send(user, user.email, _("A change of your account"), "security", context)


def _send(user: User, address: str, subject: str | Promise, template: str, context: dict[str, Any]) -> None:
    known = {"person": user, "address": settings.PARITRANA_URL, "administrators": _others_to_ask(user, context)}
    with translation.override(user.language):
        message = render_to_string(f"accounts/mail/{template}.txt", known | context)
        send_mail(
            subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
            message=message,
            from_email=None,
            recipient_list=[address],
        )


def _others_to_ask(user: User, context: dict[str, Any]) -> list[User]:
    """Active administrators other than the person and the one who asked for the change."""
    asked_by = context["change"].asked_by_id if "change" in context else None
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    return list(administrators.exclude(pk__in=[user.pk, asked_by or user.pk])[:_MOST_NAMED])
