"""Sealing, announcing and reopening: one person requests it, another confirms it at the same state of the rows."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Nomination, Rubric, Selection
from awards.nominations.actions import lock_rubric
from awards.stages import NominationState, Permission, Stage
from paritrana.accounts import chaining, trail
from paritrana.accounts.models import User
from regions.coverage import actions as coverage
from regions.models import Coverage, Region
from scoring.models import Seal, SealRequest
from scoring.national.actions import propose_first
from scoring.permissions import hold
from scoring.sealing import announcing, requests
from scoring.sealing import document as sealing_document
from scoring.sealing import review as sealing_review
from scoring.standings.scores import Field
from scoring.standings.winners import bare_winners

Kind = SealRequest.Kind
STEPS = 3
"""The trail and the invariants, the review, the seal with all it locks."""
STALE = {
    Kind.SEAL: gettext_lazy(
        "The ranking or the remarks changed since this was asked for. It has to be asked for again."
    ),
    Kind.ANNOUNCE: gettext_lazy(
        "What is announced or its moment changed since this was asked for. It has to be asked for again."
    ),
}


def ask_seal(
    selection: Selection,
    *,
    decree_number: str,
    decree_date: date,
    by: User,
    confirmed: bool = False,
    overrides: Mapping[str, str] | None = None,
    seen: str = "",
) -> SealRequest:
    """Request the seal of a plenary; another person has to confirm it.

    ``seen`` is the fingerprint of the review the person saw, ``overrides`` code -> reason of overridden checks.
    ValidationError: the code of the first check left, ``changed``, ``unconfirmed`` when there are unconfirmed notes,
    ``decree``, ``asked`` when a request is open already.
    """
    integrity = sealing_review.examine_integrity(selection)
    with transaction.atomic():
        held = hold(selection, Permission.SEAL, by)
        review = sealing_review.review(held, integrity)
        if seen and seen != review.fingerprint:
            raise ValidationError(_("The ranking changed since you looked at it. Please look again."), code="changed")
        reasons = _reasons(review, overrides or {})
        if review.notes and not confirmed:
            raise ValidationError(_("Please confirm the notes before sealing."), code="unconfirmed")
        if not decree_number.strip():
            raise ValidationError(_("Give the number of the decree."), code="decree")
        made = requests.ask(
            *(held, Kind.SEAL, review.fingerprint, by),
            confirmed=[remark.code for remark in review.notes],
            overrides=reasons,
            decree_number=decree_number.strip(),
            decree_date=decree_date,
        )
        values = {"number": made.decree_number, "date": made.decree_date}
        trail.record(by, "result.ask-seal", held, decree=values, confirmed=_counted(review), overrides=reasons)
    return made


def _reasons(review: sealing_review.Review, given: Mapping[str, str]) -> dict[str, str]:
    """Code -> reason of the overridden checks; ValidationError with the code of the first check left."""
    if left := review.left(given):
        raise ValidationError(left[0].text, code=left[0].code)
    return {remark.code: given[remark.code].strip() for remark in review.blockers}


@transaction.atomic
def ask_reopening(selection: Selection, *, reason: str, by: User) -> SealRequest:
    """Request to reopen a sealed result, before or after its announcement. ValidationError ``reason``, ``asked``."""
    held = hold(selection, Permission.REOPEN_RESULT, by)
    if not reason.strip():
        raise ValidationError(_("Give the reason: everybody who sees the result reads it."), code="reason")
    made = requests.ask(held, Kind.REOPEN, held.seal.digest, by, reason=reason.strip())
    trail.record(by, "result.ask-reopening", held, digest=held.seal.digest, reason=made.reason)
    return made


def second(
    request: SealRequest,
    *,
    by: User,
    tell: Callable[[int, int], None] = lambda done, of: None,
    ended: Callable[[], None] = lambda: None,
) -> Seal:
    """Confirm another person's request; returns the seal that was written, announced or reopened.

    ``tell`` is called while a seal is made, ``ended`` in the transaction of what was confirmed.
    If what was asked for changed since the request, it ends for good. ValidationError: the codes of ``REFUSALS``,
    ``moved-on`` when it is answered already, ``standings-differ``, ``overtaken``. PermissionDenied: see ``hold``.
    """
    integrity = sealing_review.examine_integrity(request.selection) if request.kind == Kind.SEAL else []
    tell(1, STEPS)
    with transaction.atomic():
        done = _second(request, integrity, by, tell)
        if done:
            ended()
    if done is None:
        raise ValidationError(STALE[Kind(request.kind)], code="overtaken")
    return done


def _second(
    request: SealRequest, integrity: list[sealing_review.CheckResult], by: User, tell: Callable[[int, int], None]
) -> Seal | None:
    held = hold(request.selection, Permission.SECOND_SEAL, by)
    asked = SealRequest.objects.select_related("asked_by").get(pk=request.pk)
    requests.require_second(asked, by)
    if asked.kind == Kind.REOPEN:
        requests.grant(asked, by)
        return reopen(held, asked, by=by)
    if asked.kind == Kind.ANNOUNCE:
        if asked.outcome or announcing.is_as_asked(held, asked):
            requests.grant(asked, by)
            return announcing.announce(held, at=asked.public_from, by=asked.asked_by, seconded_by=by)
        requests.overtake(asked, held, by)
        return None
    _hold_coverage(held)
    review = sealing_review.review(held, integrity)
    tell(2, STEPS)
    _require_true_standings(review)
    if review.fingerprint != asked.fingerprint:
        requests.overtake(asked, held, by)
        return None
    requests.grant(asked, by)
    made = _seal(held, asked, review, by)
    tell(3, STEPS)
    return made


def _require_true_standings(review: sealing_review.Review) -> None:
    """The request stays open, and the changed rows stay for inspection."""
    if any(remark.check is sealing_review.STANDINGS for remark in review.remarks):
        raise ValidationError(sealing_review.STANDINGS.text, code=sealing_review.STANDINGS.code)


def _seal(held: Selection, asked: SealRequest, review: sealing_review.Review, by: User) -> Seal:
    """Lock the rows behind the result, write the seal, move the stage, propose the first places."""
    coverage.lock(_regions(held), _years(held), by=by)
    for rubric in _rubrics(review.fields):
        lock_rubric(rubric, held, by=by)
    if not Selection.objects.filter(pk=held.pk, stage=Stage.PLENARY).update(stage=Stage.SEALED):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
    now, number = timezone.now(), held.seals.count() + 1
    chaining.chain()  # the document names the end of the trail: everything before it is proved by the seal
    document = sealing_document.document(held, review, request=asked, seconded_by=by, number=number, at=now)
    payload = sealing_review.canonical(document)
    made = Seal.objects.create(
        selection=held,
        current_of=held,
        format=sealing_document.FORMAT,
        number=number,
        payload=payload,
        digest=hashlib.sha256(payload.encode()).hexdigest(),
        winners=bare_winners(review.rankings),
        decree_number=asked.decree_number,
        decree_date=asked.decree_date,
        sealed_at=now,
        sealed_by=asked.asked_by,
        seconded_by=by,
    )
    detail = {"before": Stage.PLENARY, "after": Stage.SEALED, "digest": made.digest, "number": number}
    detail |= {"asked_by": asked.asked_by_id, "overrides": asked.overrides}
    # How many, not whom: the trail is read by people who may not know the result yet.
    trail.record(by, "result.seal", held, **detail, confirmed=_counted(review))
    propose_first(Selection.objects.with_context().get(pk=held.pk), by=by)
    return made


def _counted(review: sealing_review.Review) -> list[dict[str, object]]:
    return [{"code": one.code, "text": one.text, "count": len(one.items)} for one in review.remarks]


@transaction.atomic
def lock_rubrics(selection: Selection, *, by: User) -> int:
    """Lock the rubrics of the contenders that no mark has locked before; returns how many."""
    held = hold(selection, Permission.SEAL, by)
    judged_by = _rubrics(sealing_review.Situation(held).fields)
    still_open = [rubric for rubric in judged_by if not rubric.locked_at]
    for rubric in judged_by:
        lock_rubric(rubric, held, by=by)
    return len(still_open)


def _rubrics(fields: Iterable[Field]) -> list[Rubric]:
    """Those somebody competes by; each stays with this selection, also where another one locked it first."""
    return [field.rubric for field in fields if field.nominations]


def _hold_coverage(selection: Selection) -> None:
    """Locks all rows before the trail, in the order of entering figures, so that no deadlock occurs."""
    behind = Coverage.objects.filter(region__in=_regions(selection), year__in=_years(selection))
    list(behind.select_for_update().order_by("pk").values_list("pk", flat=True))


def _regions(selection: Selection) -> QuerySet[Region]:
    """The regions of all contenders."""
    states = [NominationState.VERIFIED, NominationState.SHORTLISTED]
    competing = Nomination.objects.filter(selection=selection, state__in=states)
    return Region.objects.filter(candidates__nominations__in=competing).distinct()


def _years(selection: Selection) -> list[int]:
    """The year that is assessed, and the one growth is measured from."""
    year = selection.edition.coverage_year
    return [year - 1, year]


_COMPETING = [NominationState.VERIFIED, NominationState.SHORTLISTED]


def reopen(selection: Selection, request: SealRequest, *, by: User) -> Seal:
    """Back to the plenary, in the transaction that confirms ``request``; a future announcement is cancelled."""
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
    detail = {"before": before, "after": Stage.PLENARY, "digest": seal.digest, "number": seal.number}
    trail.record(by, "result.reopen", selection, **detail, asked_by=request.asked_by_id, reason=request.reason)
    seal.refresh_from_db()
    return seal


def _unlock(selection: Selection, reason: str, by: User) -> None:
    """Unlock the figures behind it, except those behind another sealed result."""
    judged = Nomination.objects.filter(selection=selection, state__in=_COMPETING).values("candidate__region")
    year = selection.edition.coverage_year
    elsewhere = Nomination.objects.filter(
        selection__seal__isnull=False, state__in=_COMPETING, candidate__region__in=judged
    ).exclude(selection=selection)
    columns: defaultdict[Any, set[Any]] = defaultdict(set)
    for region, period_end in elsewhere.values_list("candidate__region", "selection__edition__period_end").distinct():
        columns[region] |= {period_end.year - 1, period_end.year}
    for place in Region.objects.filter(pk__in=judged):
        coverage.unlock(place, {year - 1, year} - columns[place.pk], reason=reason, by=by)
