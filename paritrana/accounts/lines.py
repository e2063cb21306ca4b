"""Lines of accounts: who brought whom. Two accounts of one line do not count as two people.

Otherwise one person could open or invite a second account and be seconded by it.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana.accounts.models import Erasure, FactorReset, User

YOUNG = timedelta(days=30)
"""So long after an account was opened its owner may be nobody but the administrator who opened it."""


def are_of_one_line(first: User, second: User) -> bool:
    """Whether one brought the other, also through others, or the same person brought both.

    Administrators open accounts for everybody: that one of them opened both makes no line.
    """
    above_first, above_second = _above(first), _above(second)
    if first.pk == second.pk or first.pk in above_second or second.pk in above_first:
        return True
    return any(not above_first[key].is_superuser for key in above_first.keys() & above_second.keys())


def was_just_opened_by(user: User, by: User) -> bool:
    return user.brought_by_id == by.pk and timezone.now() - user.joined_at < YOUNG


def require_second(asked: Erasure | FactorReset, by: User) -> None:
    """ValidationError ``same-person`` or ``own-account`` unless somebody else may confirm what was asked."""
    if by.pk in {asked.asked_by_id, asked.user_id}:
        raise ValidationError(_("Another administrator has to confirm it."), code="same-person")
    if was_just_opened_by(by, asked.asked_by):
        message = _("Your account was opened by the person who asks. Somebody else has to confirm it.")
        raise ValidationError(message, code="own-account")


def _above(user: User) -> dict[int, User]:
    """Who brought this account, who brought that one, and so on."""
    found: dict[int, User] = {}
    while (bringer := user.brought_by) is not None and bringer.pk not in found:
        found[bringer.pk] = user = bringer
    return found
