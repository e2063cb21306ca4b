"""Letting a contact in by a link that works once, passing the nomination to and fro, and closing the door."""

import datetime
import secrets
from functools import partial
from typing import cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.doors.answering import answering
from awards.letters import outbox
from awards.models import CandidateDoor, Letter, Nomination
from awards.models.doors import is_insider
from paritrana.accounts import trail
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import User
from paritrana.display.links import absolute

VALID = datetime.timedelta(days=7)


@transaction.atomic
def invite(nomination: Nomination, *, email: str, name: str, office: str = "", by: User) -> CandidateDoor:
    """Open the door and mail the link; who has an account or a role is not told here, but to whoever uses the link.

    ValidationError: ``foreign-letters``, ``already-open``.
    """
    email, token, now = cleaned(email), secrets.token_urlsafe(32), timezone.now()
    terms = {"email": email, "name": name, "office": office, "digest": digest_of(token)}
    try:
        with transaction.atomic():
            door = CandidateDoor.objects.create(
                nomination=nomination, sent_at=now, sent_by=by, expires_at=now + VALID, **terms
            )
    except IntegrityError as error:
        text = _("Somebody is invited already. Close that access first, or send its link again.")
        raise ValidationError(text, code="already-open") from error
    trail.record(by, "door.invite", nomination, door=door.pk)
    _mail(door, token)
    return door


def _require_outsider(user: User) -> None:
    if is_insider(user):
        raise ValidationError(
            _("You have a role in the award, so you cannot act for a candidate. Tell the branch."),
            code="insider",
        )


@transaction.atomic
def share(door: CandidateDoor, *, by: User) -> str:
    """Mail a fresh link, and return the text with it for any other channel; the older link dies.

    ValidationError: ``moved-on`` when it was used or closed meanwhile.
    """
    token, now = secrets.token_urlsafe(32), timezone.now()
    signs = {"digest": digest_of(token), "sent_at": now, "sent_by": by, "expires_at": now + VALID}
    _change(door, {"entered_at": None}, **signs)
    trail.record(by, "door.share", door.nomination, door=door.pk)
    return _mail(door, token)


@transaction.atomic
def enter(door: CandidateDoor, *, by: User) -> None:
    """Use the link up. ValidationError: ``not-yours``, ``expired``, ``insider``, ``moved-on``."""
    if by.email != door.email:
        raise ValidationError(_("This invitation is addressed to somebody else."), code="not-yours")
    if door.state == CandidateDoor.State.EXPIRED:
        raise ValidationError(_("This invitation has expired. Ask the branch for a new link."), code="expired")
    _require_outsider(by)
    _change(door, {"entered_at": None, "digest": door.digest}, entered_at=timezone.now(), user=by)
    trail.record(by, "door.enter", door.nomination, door=door.pk)


@transaction.atomic
def hand_over(door: CandidateDoor, *, by: User) -> None:
    """Pass it to the branch: the contact is done, or the branch takes over. ValidationError ``moved-on``."""
    # Whoever saves an answer holds the nomination: what the contact is saving arrives before the turn passes on.
    Nomination.objects.select_for_update(no_key=True).get(pk=door.nomination_id)
    _change(door, {"entered_at__isnull": False, "handed_at": None}, handed_at=timezone.now(), handed_by=by, note="")
    is_contact = by.pk == door.user_id
    trail.record(by, "door.hand-over" if is_contact else "door.take-over", door.nomination, door=door.pk)
    if not is_contact:
        _write(door, cast(User, door.user), "taken_over", reverse("my-nomination", args=[door.nomination_id]))
        return
    for person in answering(door):
        _write(door, person, "handed", reverse("nomination", args=[door.nomination_id]))


@transaction.atomic
def give_back(door: CandidateDoor, *, note: str = "", by: User) -> None:
    """It is the contact's turn again, with what is to be mended. ValidationError ``moved-on``."""
    _change(door, {"handed_at__isnull": False}, handed_at=None, handed_by=None, note=note.strip())
    trail.record(by, "door.give-back", door.nomination, door=door.pk, reason=door.note)
    _write(door, cast(User, door.user), "given_back", reverse("my-nomination", args=[door.nomination_id]))


@transaction.atomic
def close(door: CandidateDoor, *, by: User) -> None:
    """The contact sees nothing of it any more; what was filled in stays. ValidationError ``moved-on``."""
    _change(door, {}, closed_at=timezone.now(), closed_by=by)
    trail.record(by, "door.close", door.nomination, door=door.pk)


def _change(door: CandidateDoor, only: dict[str, object], **fields: object) -> None:
    if not CandidateDoor.objects.open().filter(pk=door.pk, **only).update(**fields):
        raise ValidationError(_("This access has changed meanwhile; please look again."), code="moved-on")
    door.refresh_from_db(fields=list(fields))


def _mail(door: CandidateDoor, token: str) -> str:
    """Post the invitation; returns its text for whoever invites."""
    written = partial(_text, door, "invitation", reverse("door-invitation", args=[token]))
    subject = gettext_lazy("Fill in a nomination for the Paritrana Award")
    return outbox.invite(door.email, door.name, subject, written, door.nomination.selection)


def _text(door: CandidateDoor, name: str, path: str, to: User | None = None) -> str:
    selection = door.nomination.selection
    context = {
        "door": door,
        "to": to,
        "nomination": door.nomination,
        "selection": selection,
        "link": absolute(path),
        "until": selection.moment(door.expires_at),
    }
    return render_to_string(f"awards/doors/{name}.txt", context)


def _write(door: CandidateDoor, to: User, name: str, path: str) -> None:
    """An ordinary letter to somebody with an account: whose turn it is now."""
    with translation.override(to.language):
        values = {"nomination": door.nomination}
        subject = {
            "handed": _("%(nomination)s: ready to be checked") % values,
            "given_back": _("%(nomination)s: please fill in once more") % values,
            "taken_over": _("%(nomination)s: the branch goes on with it") % values,
        }[name]
        key = f"door:{door.pk}:{name}:{to.pk}:{timezone.now().isoformat()}"
        written = {"subject": subject[:200], "body": _text(door, name, path, to)}
        Letter.objects.create(key=key, selection=door.nomination.selection, to=to, **written)
