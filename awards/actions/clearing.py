"""Clearing a nomination that is not eligible, with a reason everybody who sees it reads; and taking that back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.actions.nominations import NOT_CLEARED
from awards.eligibility import eligibility
from awards.models import Nomination
from awards.querysets import NominationQuerySet
from awards.signals import selection_changed
from awards.stages import OPEN_IN, NominationState, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User

_STAGES = [stage for stage, permissions in OPEN_IN.items() if Permission.CLEAR in permissions]
_GONE = [NominationState.DISQUALIFIED, NominationState.WITHDRAWN]


@transaction.atomic
def clear_nomination(nomination: Nomination, *, reason: str, by: User, version: int | None = None) -> None:
    """Let it compete all the same. Raises ValidationError ``reason``, ``eligible``, ``conflict``, ``moved-on``."""
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    present = Nomination.objects.with_context().get(pk=nomination.pk)
    held = eligibility([present])[present.pk]
    if held.is_eligible:
        raise ValidationError(_("It is eligible: there is nothing to clear."), code="eligible")
    stamps = {"cleared_reason": reason.strip(), "cleared_at": timezone.now(), "cleared_by": by}
    _write(nomination, Nomination.objects.filter(cleared_at=None), present, version, stamps)
    told = {"reason": reason.strip(), "criteria": [one.criterion.slug for one in held.obstacles]}
    trail.record(by, "nomination.clear", nomination, **told)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


@transaction.atomic
def revoke_clearing(nomination: Nomination, *, reason: str, by: User, version: int | None = None) -> None:
    """Raises ValidationError ``reason``, ``conflict``; ``moved-on`` when not cleared, or on the interview list."""
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    present = Nomination.objects.with_context().get(pk=nomination.pk)
    rows = Nomination.objects.filter(cleared_at__isnull=False).exclude(state=NominationState.SHORTLISTED)
    _write(nomination, rows, present, version, NOT_CLEARED)
    trail.record(by, "nomination.revoke-clearing", nomination, reason=reason.strip(), before=present.cleared_reason)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


def _write(
    nomination: Nomination, rows: NominationQuerySet, present: Nomination, version: int | None, stamps: dict[str, Any]
) -> None:
    seen = present.version if version is None else version
    open_ones = rows.filter(pk=present.pk, selection__stage__in=_STAGES).exclude(state__in=_GONE)
    if not open_ones.filter(version=seen).update(version=F("version") + 1, **stamps):
        if present.version != seen:
            raise ValidationError(_("It has changed since you opened it; please look again."), code="conflict")
        raise ValidationError(_("This is not open at the present state and stage."), code="moved-on")
    nomination.refresh_from_db()
