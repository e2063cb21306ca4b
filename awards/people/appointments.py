"""Appointing a person to a role, and ending it; rows are kept as history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import notices, two_people
from awards.models import Appointment, Edition, Role, Selection
from awards.models.appointments import OF_A_SELECTION
from awards.models.selections import Level
from paritrana.accounts import trail
from paritrana.accounts.models import User


@transaction.atomic
def appoint(user: User, role: str, to: Selection | Edition, *, by: User) -> Appointment:
    """Appoint to a selection (provincial committee, panel) or to an edition (national committee, auditor).

    Raises ValidationError: ``scope`` when the role does not fit, ``inactive``, ``appointed`` when the person has it
    already, and the codes of ``two_people.require_fit_to_give``.
    """
    selection = to if isinstance(to, Selection) else None
    edition = to.edition if isinstance(to, Selection) else to
    if (role in OF_A_SELECTION) != (selection is not None) or (
        role == Role.PROVINCIAL_COMMITTEE and selection and selection.level != Level.PROVINCIAL
    ):
        raise ValidationError(_("This role does not belong there."), code="scope")
    two_people.require_fit_to_give(role, to=user, by=by)
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    held = Appointment.objects.current().filter(user=user, role=role, edition=edition, selection=selection)
    if held.exists():
        raise ValidationError(_("This appointment is held already."), code="appointed")
    terms = {"role": role, "edition": edition, "selection": selection, "granted_by": by}
    appointment = Appointment.objects.create(user=user, **terms)
    trail.record(by, "appointment.grant", appointment, user=user.pk, role=role, scope=to.slug)
    _announce("granted", appointment, by)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User) -> None:
    """ValidationError ``ended`` when it ended before."""
    if not Appointment.objects.current().filter(pk=appointment.pk).update(ended_at=timezone.now()):
        raise ValidationError(_("This appointment has already ended."), code="ended")
    appointment.refresh_from_db()
    trail.record(by, "appointment.end", appointment, user=appointment.user_id, role=appointment.role)
    _announce("ended", appointment, by)


def _announce(happened: str, appointment: Appointment, by: User) -> None:
    """Tell the person, the chair and the auditors: an administrator alone decides about these roles."""
    key = f"appointment:{appointment.pk}:{happened}"
    watching = notices.watching(appointment.edition_id, appointment.selection)
    context = {"appointment": appointment, "has_ended": happened == "ended", "by": by}
    notices.tell({appointment.user, *watching} - {by}, key, _("A role was given or taken"), "appointment", context)
