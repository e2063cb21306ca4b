"""Announcing a sealed result by two people, at once or at a set moment, by the clock of the database."""

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Selection
from awards.stages import Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import Seal, SealRequest
from scoring.permissions import hold
from scoring.sealing import requests


def fingerprint(selection: Selection) -> str:
    """What is announced: the sealed result, and whether totals are shown."""
    return hashlib.sha256(f"{selection.seal.digest}:{selection.publishes_totals}".encode()).hexdigest()


@transaction.atomic
def ask_announcing(selection: Selection, *, by: User, at: datetime | None = None) -> SealRequest:
    """Request to make the winners public, as soon as another person confirms it or from ``at`` on.

    ValidationError ``past`` for a past moment, ``moved-on`` when it is public already, ``asked``.
    """
    held = hold(selection, Permission.ANNOUNCE, by)
    _require_to_come(held, at)
    made = requests.ask(held, SealRequest.Kind.ANNOUNCE, fingerprint(held), by, public_from=at)
    trail.record(by, "result.ask-announcing", held, digest=held.seal.digest, public_from=at)
    return made


def is_as_asked(selection: Selection, asked: SealRequest) -> bool:
    """Still the same result, shown in the same way, by somebody who may, at a moment still to come."""
    if asked.fingerprint != fingerprint(selection) or not permissions.may(
        asked.asked_by, Permission.ANNOUNCE, selection
    ):
        return False
    try:
        _require_to_come(selection, asked.public_from)
    except ValidationError:
        return False
    return True


def _require_to_come(selection: Selection, at: datetime | None) -> None:
    rows = _not_yet_public(selection)
    if not rows.exists():
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
    if at is not None and rows.annotate(at=Value(at, DateTimeField())).filter(at__lte=Now()).exists():
        raise ValidationError(_("This moment has passed. Announce at once, or name a later one."), code="past")


@transaction.atomic
def announce(selection: Selection, *, by: User, at: datetime | None = None, seconded_by: User | None = None) -> Seal:
    """Make the winners public at once or from ``at`` on, in the transaction that confirms what ``by`` asked for.

    Before that moment it can be moved or withheld. ValidationError as for ``ask_announcing``.
    """
    held = hold(selection, Permission.ANNOUNCE, by)
    _require_to_come(held, at)
    announced = {"public_from": Now() if at is None else at, "announced_at": timezone.now(), "announced_by": by}
    if not _not_yet_public(held).update(**announced):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
    made = Seal.objects.get(current_of=held)
    detail = {"digest": made.digest, "public_from": made.public_from, "asked_by": by.pk}
    trail.record(seconded_by or by, "result.announce-later" if at else "result.announce", held, **detail)
    if at is None:
        Selection.objects.filter(pk=held.pk, stage=Stage.SEALED).update(stage=Stage.ANNOUNCED)
    selection.refresh_from_db()
    return made


@transaction.atomic
def withhold(selection: Selection, *, by: User) -> Seal:
    """Cancel an announcement before its moment, which one person may.

    ValidationError ``moved-on`` when it is public or was not set.
    """
    held = hold(selection, Permission.ANNOUNCE, by)
    planned = _not_yet_public(held).exclude(public_from=None)
    if not planned.update(public_from=None, announced_at=None, announced_by=None):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
    made = Seal.objects.get(current_of=held)
    trail.record(by, "result.withhold", held, digest=made.digest)
    return made


def _not_yet_public(selection: Selection) -> QuerySet[Seal]:
    return Seal.objects.filter(Q(public_from=None) | Q(public_from__gt=Now()), current_of=selection)


@transaction.atomic
def pass_announcements() -> int:
    """Move the stage of announced selections; returns how many. Publication does not depend on it."""
    come = Selection.objects.filter(stage=Stage.SEALED, seal__public_from__lte=Now())
    passed = 0
    for selection in come.select_related("edition", "province"):
        if Selection.objects.filter(pk=selection.pk, stage=Stage.SEALED).update(stage=Stage.ANNOUNCED):
            trail.record(None, "result.pass-announcement", selection, before=Stage.SEALED, after=Stage.ANNOUNCED)
            passed += 1
    return passed


@transaction.atomic
def set_publishing(selection: Selection, *, totals: bool, by: User) -> bool:
    """True if changed. ValidationError: ``example`` for invented figures, ``public`` once winners are public."""
    held = hold(selection, Permission.ANNOUNCE, by)
    if totals and held.edition.is_example:
        raise ValidationError(_("Invented figures are never published beside real names."), code="example")
    if Seal.objects.public().filter(selection=held).exists():
        raise ValidationError(_("The winners are public already; what is told of them stays."), code="public")
    if not Selection.objects.filter(pk=held.pk, publishes_totals=not totals).update(publishes_totals=totals):
        return False
    trail.record(by, "result.publishing", held, before=not totals, after=totals)
    return True
