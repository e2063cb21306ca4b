"""Sealing a result and announcing it. Both are final, both are signed."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection
from awards.stages import NominationState, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import actions as coverage
from regions.models import Coverage, Region
from scoring import readiness, sealing, standings
from scoring.actions.proposals import propose_first
from scoring.models import Seal
from scoring.permissions import hold


@transaction.atomic
def seal(selection: Selection, *, by: User, confirmed: bool = False, seen: str = "") -> Seal:
    """Freeze the result of a selection in its plenary, lock the coverage behind it, propose its first places.

    ``seen`` is the fingerprint of the review the person looked at. ValidationError: ``nothing-ranked``,
    ``unconfirmed`` when there are remarks and they were not confirmed, ``changed`` when the ranking or the remarks are
    no longer those that were seen, ``moved-on`` when somebody was faster. PermissionDenied: see ``hold``.
    """
    held = hold(selection, Permission.SEAL, by)
    _lock_coverage(held, by)
    standings.refresh(held)
    review = readiness.review(held)
    if review.blockers:
        raise ValidationError(review.blockers[0].text, code=review.blockers[0].code)
    if seen and seen != review.fingerprint:
        raise ValidationError(_("The ranking changed since you looked at it. Please look again."), code="changed")
    if review.warnings and not confirmed:
        raise ValidationError(_("Please confirm the remarks before sealing."), code="unconfirmed")
    _move(held, Stage.PLENARY, Stage.SEALED)
    now = timezone.now()
    payload = readiness.canonical(sealing.document(held, review, by=by, at=now))
    digest = hashlib.sha256(payload.encode()).hexdigest()
    made = Seal.objects.create(selection=held, payload=payload, digest=digest, sealed_at=now, sealed_by=by)
    # How many, not whom: the trail is read by people who may not know the result yet.
    remarks = [{"code": remark.code, "text": remark.text, "count": len(remark.items)} for remark in review.warnings]
    trail.record(by, "result.seal", held, before=Stage.PLENARY, after=Stage.SEALED, digest=digest, confirmed=remarks)
    propose_first(Selection.objects.with_context().get(pk=held.pk), by=by)
    selection.refresh_from_db()
    return made


@transaction.atomic
def announce(selection: Selection, *, by: User) -> Seal:
    """Make the winners of a sealed selection public. ValidationError ``moved-on`` when somebody was faster."""
    held = hold(selection, Permission.ANNOUNCE, by)
    _move(held, Stage.SEALED, Stage.ANNOUNCED)
    Seal.objects.filter(selection=held, announced_at=None).update(announced_at=timezone.now(), announced_by=by)
    made = Seal.objects.get(selection=held)
    trail.record(by, "result.announce", held, before=Stage.SEALED, after=Stage.ANNOUNCED, digest=made.digest)
    selection.refresh_from_db()
    return made


def _move(selection: Selection, before: Stage, after: Stage) -> None:
    if not Selection.objects.filter(pk=selection.pk, stage=before).update(stage=after):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")


def _lock_coverage(selection: Selection, by: User) -> None:
    """The figures that are judged, and those growth is measured from."""
    competing = Nomination.objects.filter(
        selection=selection, state__in=[NominationState.VERIFIED, NominationState.SHORTLISTED]
    )
    regions = Region.objects.filter(candidates__nominations__in=competing).distinct()
    year = selection.edition.coverage_year
    behind = Coverage.objects.filter(region__in=regions, year__in=[year - 1, year])
    # All rows before the trail, in the order in which whoever enters a figure takes them: nobody waits in a circle.
    list(behind.select_for_update().order_by("pk").values_list("pk", flat=True))
    coverage.lock(regions, [year - 1, year], by=by)
