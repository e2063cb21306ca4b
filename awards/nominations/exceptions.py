"""Clearing an ineligible nomination, with a reason every reader of it sees; and revoking that."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.criteria.completeness import rubric_criteria
from awards.models import Criterion, Exemption, Nomination
from awards.models.nominations import NominationQuerySet
from awards.nominations.actions import NOT_CLEARED
from awards.nominations.eligibility import eligibility
from awards.signals import nominators_notified, selection_changed
from awards.stages import GONE, OPEN_IN, NominationState, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User

_STAGES = [stage for stage, permissions in OPEN_IN.items() if Permission.CLEAR in permissions]
_GONE = [NominationState.DISQUALIFIED, NominationState.WITHDRAWN]


@transaction.atomic
def clear_nomination(nomination: Nomination, *, reason: str, by: User, version: int | None = None) -> None:
    """Let it compete although ineligible.

    ValidationError ``reason``, ``eligible``, ``conflict``, ``moved-on``.
    """
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    present = Nomination.objects.with_context().get(pk=nomination.pk)
    held = eligibility([present])[present.pk]
    if held.is_eligible:
        raise ValidationError(_("It is eligible: there is nothing to clear."), code="eligible")
    stamps = {"cleared_reason": reason.strip(), "cleared_at": timezone.now(), "cleared_by": by}
    _write(nomination, Nomination.objects.filter(cleared_at=None), present, version, stamps)
    detail = {"reason": reason.strip(), "criteria": [one.criterion.slug for one in held.obstacles]}
    trail.record(by, "nomination.clear", nomination, **detail)
    _tell("clear", nomination, reason, by)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


@transaction.atomic
def revoke_clearing(nomination: Nomination, *, reason: str, by: User, version: int | None = None) -> None:
    """ValidationError ``reason``, ``conflict``; ``moved-on`` when not cleared, or on the shortlist."""
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    present = Nomination.objects.with_context().get(pk=nomination.pk)
    rows = Nomination.objects.filter(cleared_at__isnull=False).exclude(state=NominationState.SHORTLISTED)
    _write(nomination, rows, present, version, NOT_CLEARED)
    trail.record(by, "nomination.revoke-clearing", nomination, reason=reason.strip(), before=present.cleared_reason)
    _tell("revoke-clearing", nomination, reason, by)
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


_EXEMPTING_STAGES = [stage for stage, permissions in OPEN_IN.items() if Permission.CLEAR in permissions]


def exemptible(nomination: Nomination) -> list[Criterion]:
    """Criteria that can be exempted: all except those of the interview, where an absent candidate is absent."""
    criteria = rubric_criteria(nomination.selection, nomination.category)
    return [criterion for criterion in criteria if not criterion.is_interviewed]


@transaction.atomic
def exempt(nomination: Nomination, criterion: Criterion, *, reason: str, version: int, by: User) -> Exemption:
    """ValidationError ``reason``, ``not-exemptible``, ``exempt`` when exempt already, ``conflict``, ``moved-on``."""
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    if criterion not in exemptible(nomination):
        raise ValidationError(_("This criterion applies to everybody."), code="not-exemptible")
    if nomination.exemptions.filter(criterion=criterion).exists():
        raise ValidationError(_("This is recorded already."), code="exempt")
    _take_turn(nomination, version)
    made = Exemption.objects.create(nomination=nomination, criterion=criterion, reason=reason.strip(), recorded_by=by)
    trail.record(by, "nomination.exempt", nomination, criterion=criterion.slug, reason=made.reason)
    _tell("exempt", nomination, reason, by, str(criterion))
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)
    return made


@transaction.atomic
def end_exemption(exemption: Exemption, *, version: int, by: User) -> None:
    """The criterion applies again. ValidationError ``conflict``, ``moved-on``."""
    nomination, detail = exemption.nomination, {"criterion": exemption.criterion.slug, "before": exemption.reason}
    _take_turn(nomination, version)
    exemption.delete()
    trail.record(by, "nomination.end-exemption", nomination, **detail)
    _tell("end-exemption", nomination, "", by, str(exemption.criterion))
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


def _tell(event: str, nomination: Nomination, reason: str, by: User, *more: str) -> None:
    news = {"event": event, "reason": reason.strip(), "more": more, "by": by}
    nominators_notified.send(sender=Nomination, nominations=[nomination], **news)


def _take_turn(nomination: Nomination, version: int) -> None:
    """Increase the version of the nomination, if it is still the version the person saw and still open."""
    rows = Nomination.objects.filter(pk=nomination.pk, selection__stage__in=_EXEMPTING_STAGES).exclude(state__in=GONE)
    if rows.filter(version=version).update(version=F("version") + 1):
        nomination.refresh_from_db(fields=["version"])
        return
    if rows.exists():
        raise ValidationError(_("It has changed since you opened it; please look again."), code="conflict")
    raise ValidationError(_("This is not open at the present state and stage."), code="moved-on")
