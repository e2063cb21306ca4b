"""Shortlisting several candidates, or leaving them off, in one transaction: all of them or none."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from awards.nominations.transitions import leave_off, move
from awards.signals import nominators_notified, sent_once
from paritrana.accounts.models import User

LEFT_OFF = "pass-over"
CHOICES = ("shortlist", LEFT_OFF)


@transaction.atomic
def choose(verb: str, chosen: Mapping[Nomination, int], *, by: User, reason: str = "") -> None:
    """Apply the same transition to each nomination at the version seen.

    Raises ValidationError as ``transitions.move`` does, naming the first nomination refused; then none is changed.
    """
    with sent_once():
        for nomination, version in chosen.items():
            try:
                if verb == LEFT_OFF:
                    leave_off(nomination, by=by, reason=reason, version=version)
                else:
                    move(verb, nomination, by=by, reason=reason, version=version)
            except ValidationError as error:
                params = {"candidate": nomination, "reason": error.messages[0]}
                text = _("%(candidate)s: %(reason)s Nothing was changed.")
                raise ValidationError(text, code=error.code, params=params) from error
    if verb == LEFT_OFF and chosen:
        left = {"event": verb, "reason": reason.strip(), "by": by}
        nominators_notified.send(sender=Nomination, nominations=list(chosen), **left)
