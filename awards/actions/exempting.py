"""Recording that a criterion does not apply to a nomination, with a reason everybody reads; and taking that back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from awards.completeness import rubric_criteria
from awards.models import Criterion, Exemption, Nomination
from awards.models.rubrics import INTERVIEWED
from awards.signals import selection_changed
from awards.stages import GONE, OPEN_IN, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User

_STAGES = [stage for stage, permissions in OPEN_IN.items() if Permission.CLEAR in permissions]


def exemptible(nomination: Nomination) -> list[Criterion]:
    """What may not apply: everything that is not judged at the interview. Whoever does not come there is absent."""
    criteria = rubric_criteria(nomination.selection, nomination.category)
    return [criterion for criterion in criteria if criterion.kind not in INTERVIEWED]


@transaction.atomic
def exempt(nomination: Nomination, criterion: Criterion, *, reason: str, version: int, by: User) -> Exemption:
    """Raises ValidationError ``reason``, ``not-exemptible``, ``exempt`` already, ``conflict``, ``moved-on``."""
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the nomination reads it."), code="reason")
    if criterion not in exemptible(nomination):
        raise ValidationError(_("This criterion applies to everybody."), code="not-exemptible")
    if nomination.exemptions.filter(criterion=criterion).exists():
        raise ValidationError(_("This is recorded already."), code="exempt")
    _take_turn(nomination, version)
    made = Exemption.objects.create(nomination=nomination, criterion=criterion, reason=reason.strip(), recorded_by=by)
    trail.record(by, "nomination.exempt", nomination, criterion=criterion.slug, reason=made.reason)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)
    return made


@transaction.atomic
def end_exemption(exemption: Exemption, *, version: int, by: User) -> None:
    """The criterion applies again. Raises ValidationError ``conflict``, ``moved-on``."""
    nomination, told = exemption.nomination, {"criterion": exemption.criterion.slug, "before": exemption.reason}
    _take_turn(nomination, version)
    exemption.delete()
    trail.record(by, "nomination.end-exemption", nomination, **told)
    selection_changed.send(sender=Nomination, selection=nomination.selection, by=by)


def _take_turn(nomination: Nomination, version: int) -> None:
    """Count a change of the nomination, if it is still the version that was looked at and still open."""
    rows = Nomination.objects.filter(pk=nomination.pk, selection__stage__in=_STAGES).exclude(state__in=GONE)
    if rows.filter(version=version).update(version=F("version") + 1):
        nomination.refresh_from_db(fields=["version"])
        return
    if rows.exists():
        raise ValidationError(_("It has changed since you opened it; please look again."), code="conflict")
    raise ValidationError(_("This is not open at the present state and stage."), code="moved-on")
