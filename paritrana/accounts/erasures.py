"""A person is erased by two administrators: names and addresses go, what was done stays under the pseudonym."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from paritrana.accounts import letters, personal_data, trail, two_signatures
from paritrana.accounts.lines import require_second
from paritrana.accounts.models import AuditEvent, Erasure, User

Outcome = Erasure.Outcome


def named_in_old_events(user: User) -> int:
    """Events of releases that still wrote the name into the trail: they are never changed."""
    events = AuditEvent.objects.filter(object_type="accounts.user", object_id=str(user.pk))
    return events.exclude(object_label=user.trail_label).count()


@transaction.atomic
def ask(user: User, *, reason: str, by: User) -> Erasure:
    """ValidationError ``oneself``, ``erased``, ``asked``, ``needed`` while the person still has a part to play."""
    if user.pk == by.pk:
        raise ValidationError(_("Let another administrator ask for you."), code="oneself")
    if Erasure.open_for(user):
        raise ValidationError(_("Somebody has asked already; the second person has to answer first."), code="asked")
    _require_erasable(user)
    made = Erasure.objects.create(user=user, reason=reason.strip(), asked_by=by)
    trail.record(by, "account.ask-erasure", user)
    letters.tell(user, letters.ERASURE_ASKED)
    return made


@transaction.atomic
def second(request: Erasure, *, by: User) -> None:
    """Erase. ValidationError ``same-person``, ``own-account``, ``moved-on``, ``erased``, ``needed``."""
    require_second(request, by)
    user = User.objects.select_for_update(no_key=True).get(pk=request.user_id)
    _require_erasable(user)
    two_signatures.end(request, Outcome.GRANTED, by)
    letters.tell(user, letters.ERASURE_DONE)
    personal_data.erase(user)
    trail.record(by, "account.erase", user, asked_by=request.asked_by_id)


@transaction.atomic
def withdraw(request: Erasure, *, by: User) -> None:
    """ValidationError ``moved-on``."""
    two_signatures.end(request, Outcome.WITHDRAWN, by)
    trail.record(by, "account.withdraw-erasure", request.user)


def _require_erasable(user: User) -> None:
    if user.erased_at:
        raise ValidationError(_("This person was erased already."), code="erased")
    if found := list(personal_data.hindrances(user)):
        raise ValidationError(" ".join(found), code="needed")
