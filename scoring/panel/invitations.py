"""Inviting to a seat by a link that works once: sending, sending again, withdrawing, accepting.

Whoever shares a link has seen it: accepting therefore only asks for the seat, and a second person confirms it.
"""

import datetime
import secrets
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import two_people
from awards.letters import outbox
from awards.models import Selection
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import User
from paritrana.display.links import absolute
from scoring.models import Invitation, Panel, SeatChange
from scoring.panel import seat_changes, seats
from scoring.permissions import hold

VALID = datetime.timedelta(days=7)


@transaction.atomic
def invite(selection: Selection, *, email: str, by: User, **terms: Any) -> Invitation:
    """Record and mail an invitation; ``terms`` are the fields of it (name, office, role, element ...).

    ValidationError: the codes of ``seats.require_vacant``, ``already-invited``, ``oneself``, ``foreign-letters``,
    ``no-reason`` for a substitution. Nothing depends on whether the address has an account.
    """
    email, token = cleaned(email), secrets.token_urlsafe(32)
    hold(selection, Permission.MANAGE_PANEL, by)
    if email == by.email:
        two_people.require_fit_to_give(terms["role"], to=by, by=by)
    panel, _made = Panel.objects.get_or_create(selection=selection)
    leaving = terms.get("replaces")
    observes = terms.get("is_observer", False)
    seats.require_vacant(panel, terms["role"], is_observer=observes, email=email, leaving=leaving)
    if leaving:
        seat_changes.require_reason(terms.get("reason", ""))
    if panel.invitations.open().filter(email=email).exists():
        raise ValidationError(_("This person has been invited already. Send that link again."), code="already-invited")
    now = timezone.now()
    made = Invitation.objects.create(
        panel=panel, email=email, digest=digest_of(token), sent_at=now, sent_by=by, expires_at=now + VALID, **terms
    )
    trail.record(by, "invitation.send", made, role=made.role, replaces=leaving and leaving.pk)
    _mail(made, token)
    return made


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """A fresh link, valid for as long as the first; the older one becomes invalid. ValidationError: ``closed``."""
    token = _renew(invitation, by)
    trail.record(by, "invitation.send-again", invitation)
    _mail(invitation, token)


@transaction.atomic
def share(invitation: Invitation, *, by: User) -> str:
    """Send again, and return the text with the fresh link: the sender may pass it on by any other channel.

    It is mailed all the same, so that the invited person learns of it. Nobody can ask for this text a second time.
    ValidationError: ``closed``.
    """
    token = _renew(invitation, by)
    trail.record(by, "invitation.share", invitation)
    return _mail(invitation, token)


def _renew(invitation: Invitation, by: User) -> str:
    token = secrets.token_urlsafe(32)
    hold(invitation.panel.selection, Permission.MANAGE_PANEL, by)
    now = timezone.now()
    _require_unanswered(invitation)
    _change(invitation, digest=digest_of(token), sent_at=now, sent_by=by, expires_at=now + VALID)
    return token


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Withdraw the invitation; its link stops working. ValidationError: ``closed``."""
    hold(invitation.panel.selection, Permission.MANAGE_PANEL, by)
    _change(invitation, withdrawn_at=timezone.now(), withdrawn_by=by)
    for change in invitation.changes.open():
        seat_changes.withdraw(change, by=by)
    trail.record(by, "invitation.withdraw", invitation)


def _require_unanswered(invitation: Invitation) -> None:
    if Invitation.objects.filter(pk=invitation.pk).exclude(answered_at=None).exists():
        raise ValidationError(_("This invitation was accepted already and waits for the second person."), code="closed")


def _change(invitation: Invitation, **fields: Any) -> None:
    if not Invitation.objects.open().filter(pk=invitation.pk).update(**fields):
        raise ValidationError(_("This invitation has been accepted or withdrawn already."), code="closed")
    invitation.refresh_from_db(fields=list(fields))


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> SeatChange:
    """Use the link up and ask for the seat.

    ValidationError: ``not-yours``, ``closed``, ``expired``, ``too-late`` when the panel can no longer change at this
    stage, and the codes of ``seat_changes.ask_by_invitation``.
    """
    selection = Selection.objects.select_for_update(no_key=True).get(pk=invitation.panel.selection_id)
    if by.email != invitation.email:
        raise ValidationError(_("This invitation is addressed to somebody else."), code="not-yours")
    if Permission.MANAGE_PANEL not in OPEN_IN[Stage(selection.stage)]:
        raise ValidationError(_("The panel takes in nobody at this stage any more."), code="too-late")
    if invitation.state == Invitation.State.EXPIRED:
        raise ValidationError(_("This invitation has expired. Ask the committee for a new link."), code="expired")
    unused = Invitation.objects.open().filter(pk=invitation.pk, digest=invitation.digest, answered_at=None)
    if not unused.update(answered_at=timezone.now()):
        raise ValidationError(_("This invitation has been accepted or withdrawn already."), code="closed")
    trail.record(by, "invitation.answer", invitation)
    return seat_changes.ask_by_invitation(invitation, user=by)


def _mail(invitation: Invitation, token: str) -> str:
    """Post it; returns the text for whoever invites."""
    written = partial(_text, invitation, token)
    subject = gettext_lazy("Invitation to the panel")
    return outbox.invite(invitation.email, invitation.name, subject, written, invitation.panel.selection)


def _text(invitation: Invitation, token: str) -> str:
    link = absolute(reverse("invitation", args=[token]))
    selection = invitation.panel.selection
    context = {
        "invitation": invitation,
        "selection": selection,
        "link": link,
        "until": selection.moment(invitation.expires_at),
    }
    return render_to_string("scoring/panel/invitation.txt", context)
