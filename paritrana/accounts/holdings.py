"""What accounts hold about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.address_changes import end_sessions
from paritrana.accounts.models import AddressChange, AuditEvent, FactorReset, FormDraft, PersonalValue, User
from paritrana.accounts.personal_data import Holding, Rows, register, rows_of_one

NOWHERE = "erased.invalid"
"""No mail server has this domain (RFC 2606)."""


def nowhere(key: object) -> str:
    """An address that reaches nobody, in place of one that was erased."""
    return f"{key}@{NOWHERE}"


def _account(user: User) -> Rows:
    fields = ("email", "name", "office", "rank", "employee_number", "language", "is_active", "joined_at", "last_login")
    yield {field: getattr(user, field) for field in fields}


def _erase_account(user: User) -> None:
    end_sessions(user)
    EmailAddress.objects.filter(user=user).delete()
    user.email, user.name = nowhere(user.pk), user.trail_label
    user.office = user.rank = user.employee_number = ""
    user.is_active = user.is_superuser = False
    user.last_login = user.last_visit_at = None
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()


def _former(user: User) -> Rows:
    return PersonalValue.objects.filter(user=user).values("text")


def _erase_former(user: User) -> None:
    PersonalValue.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).update(address=nowhere(user.pk), reason="")
    FactorReset.objects.filter(user=user).update(reason="")


def _factors(user: User) -> Rows:
    return Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")


def _erase_factors(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()


def _links(user: User) -> Rows:
    return SocialAccount.objects.filter(user_id=user.pk).values("extra_data", "date_joined", "last_login")


def _erase_links(user: User) -> None:
    SocialAccount.objects.filter(user_id=user.pk).delete()


def _acts(user: User) -> Rows:
    """Without the detail, which may hold a mark that is not open yet."""
    acts: Any = AuditEvent.objects.filter(actor=user).order_by("pk")
    rows: Rows = acts.values("sequence", "at", "verb", "object_label")
    return rows


register(
    Holding(
        "account",
        _("Account: name, e-mail address, office held, NIP"),
        _("Signing in, and who is answerable for an act"),
        _("As long as the account; erased on request"),
        _account,
        _erase_account,
    ),
    Holding(
        "former-values",
        _("Former names and addresses, and why they were changed"),
        _("Who it was that signed under an earlier name"),
        _("As long as the account; erased on request"),
        _former,
        _erase_former,
    ),
    Holding(
        "factors",
        _("Passkeys and authenticator app"),
        _("Signing in safely"),
        _("Until they are removed; erased on request"),
        _factors,
        _erase_factors,
    ),
    Holding(
        "agency-account",
        _("Link with an agency account: its address and number there"),
        _("Signing in through the agency"),
        _("Until the link is taken away; erased on request"),
        _links,
        _erase_links,
    ),
    Holding(
        "form-drafts",
        _("Forms typed and not sent"),
        _("Nothing typed is lost"),
        _("Until they are sent"),
        **rows_of_one(FormDraft, "saved_at", "address", "content", "saved_at"),
        keep="drafts",
    ),
    Holding(
        "trail",
        _("Acts in the audit trail"),
        _("Every result must be provable"),
        _("For good, under the number of the account; the name is not in it"),
        _acts,
    ),
)
