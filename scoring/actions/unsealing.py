"""Opening a sealed result again: a new event by two people with a reason; the old seal stays, marked and readable."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from awards.models import Nomination, Selection
from awards.stages import NominationState, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import actions as coverage
from regions.models import Region
from scoring.models import Seal, SealRequest

_COMPETING = [NominationState.VERIFIED, NominationState.SHORTLISTED]


def reopen(selection: Selection, request: SealRequest, *, by: User) -> Seal:
    """Back to the plenary, inside the transaction that seconds ``request``. An announcement still to come is off."""
    seal = Seal.objects.select_for_update().get(current_of=selection)
    to_come = Seal.objects.filter(pk=seal.pk).filter(Q(public_from=None) | Q(public_from__gt=Now()))
    to_come.update(public_from=None, announced_at=None, announced_by=None)
    Seal.objects.filter(pk=seal.pk, current_of=selection).update(
        current_of=None,
        reopened_at=timezone.now(),
        reopened_by=request.asked_by,
        reopen_seconded_by=by,
        reopen_reason=request.reason,
    )
    before = Selection.objects.values_list("stage", flat=True).get(pk=selection.pk)
    Selection.objects.filter(pk=selection.pk).update(stage=Stage.PLENARY)
    _unlock(selection, request.reason, by)
    told = {"before": before, "after": Stage.PLENARY, "digest": seal.digest, "number": seal.number}
    trail.record(by, "result.reopen", selection, **told, asked_by=request.asked_by_id, reason=request.reason)
    seal.refresh_from_db()
    return seal


def _unlock(selection: Selection, reason: str, by: User) -> None:
    """The figures behind it, but for those another sealed result rests on as well."""
    judged = Nomination.objects.filter(selection=selection, state__in=_COMPETING).values("candidate__region")
    year = selection.edition.coverage_year
    elsewhere = Nomination.objects.filter(
        selection__seal__isnull=False, state__in=_COMPETING, candidate__region__in=judged
    ).exclude(selection=selection)
    kept = defaultdict(set)
    for region, period_end in elsewhere.values_list("candidate__region", "selection__edition__period_end").distinct():
        kept[region] |= {period_end.year - 1, period_end.year}
    for region in Region.objects.filter(pk__in=judged):
        coverage.unlock(region, {year - 1, year} - kept[region.pk], reason=reason, by=by)
