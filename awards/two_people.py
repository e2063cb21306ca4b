"""Who may second whom: acts that touch a panel or its result take two people who do not depend on each other."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Selection
from awards.models.appointments import JUDGES
from paritrana.accounts.lines import are_of_one_line, was_just_opened_by
from paritrana.accounts.models import User

REFUSALS = {
    "same-person": _("Whoever asked for it cannot second it."),
    "one-line": _("One of the two accounts was opened or invited by the other. Somebody else has to second it."),
    "given-by-asker": _("You have your role from the person who asks. Somebody else has to second it."),
}


def hindrance(asker: User, second: User, selection: Selection) -> str:
    """The code of the reason why one cannot second the other, or an empty text."""
    if asker.pk == second.pk:
        return "same-person"
    if are_of_one_line(asker, second):
        return "one-line"
    here = Q(selection=selection) | Q(selection=None, edition=selection.edition_id)
    given = Appointment.objects.current().filter(here, user=second, granted_by=asker)
    return "given-by-asker" if given.exists() else ""


def require_two(asker: User, second: User, selection: Selection) -> None:
    """ValidationError with a code of ``REFUSALS`` unless the one may second the other."""
    if code := hindrance(asker, second, selection):
        raise ValidationError(REFUSALS[code], code=code)


def require_fit_to_give(role: str, *, to: User, by: User) -> None:
    """Nobody judges or audits by their own hand. ValidationError ``oneself``, ``own-account``."""
    if role not in JUDGES:
        return
    if to.pk == by.pk:
        raise ValidationError(_("Nobody gives this role to themselves. Ask somebody else."), code="oneself")
    if by.is_superuser and was_just_opened_by(to, by):
        raise ValidationError(
            _("You opened this account less than 30 days ago. Another administrator has to give it this role."),
            code="own-account",
        )
