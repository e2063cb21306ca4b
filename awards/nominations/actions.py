"""Nominating, answering, and locking a rubric that answers or marks refer to."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.criteria import answers
from awards.models import (
    Answer,
    AnswerDraft,
    Candidate,
    Category,
    Contest,
    Criterion,
    Nomination,
    Rubric,
    Sector,
    Selection,
)
from awards.models.candidates import CandidateQuerySet
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.models.selections import Level
from awards.nominations.entry import require_scale
from awards.permissions import branch_area
from awards.refusals import require_turn
from awards.signals import selection_changed
from awards.stages import NOMINATING_ENDS_WITH, OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Region
from regions.models.places import RegionQuerySet

Given = tuple[dict[str, Any] | None, str]
"""An answer's value and its note."""

NOTHING: Given = (None, "")
NOT_CLEARED = {"cleared_reason": "", "cleared_at": None, "cleared_by": None}


def nominable(selection: Selection, category: Category, by: User) -> RegionQuerySet:
    """The regions whose government this person may still nominate here.

    Branches nominate from their own working area, inside the selection's province; the national selection accepts all.
    """
    if category.candidate_kind not in GOVERNMENTS or not selection.categories.filter(pk=category.pk).exists():
        return Region.objects.none()
    is_provincial_government = category.candidate_kind == CandidateKind.PROVINCE
    regions = Region.objects.provinces() if is_provincial_government else Region.objects.regencies()
    if selection.level == Level.PROVINCIAL:
        regions = regions.filter(
            code__startswith=cast(Region, selection.province).code, pk__in=branch_area(by).values("pk")
        )
    taken = Nomination.objects.filter(selection=selection, category=category)
    return regions.exclude(pk__in=taken.values("candidate__region"))


def nominable_candidates(selection: Selection, category: Category, by: User) -> CandidateQuerySet:
    """The candidates, other than governments, this person may still nominate here; the area is the same.

    A candidate located in the province but in no regency may be nominated by every branch there.
    """
    if category.candidate_kind in GOVERNMENTS or not selection.categories.filter(pk=category.pk).exists():
        return Candidate.objects.none()
    candidates = Candidate.objects.current().filter(kind__in=category.kinds)
    if selection.level == Level.PROVINCIAL:
        own = branch_area(by).filter(code__startswith=cast(Region, selection.province).code)
        candidates = candidates.filter(Q(region__in=own) | Q(region__in=own.values("parent")))
    taken = Nomination.objects.filter(selection=selection, category=category)
    return candidates.exclude(pk__in=taken.values("candidate"))


@transaction.atomic
def nominate(
    selection: Selection, category: Category, candidate: Candidate, *, sector: Sector | None = None, by: User
) -> Nomination:
    """Create a draft for a candidate.

    Raises ValidationError: ``stage`` when nominating is not open, ``deadline`` when that is past, ``not-nominable`` for
    a candidate that is not this person's to nominate or is nominated already, ``sector`` where the category asks for
    one, or has not this one; ``scale`` for an enterprise of a scale the category does not take.
    """
    present = Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    if Permission.NOMINATE not in OPEN_IN[Stage(present.stage)]:
        raise ValidationError(_("Nominating is not open at the present stage."), code="stage")
    if date := deadlines.passed(present, NOMINATING_ENDS_WITH):
        raise deadlines.too_late(date)
    if category.candidate_kind in GOVERNMENTS:
        is_open = nominable(present, category, by).filter(pk=candidate.region_id).exists()
    else:
        is_open = nominable_candidates(present, category, by).filter(pk=candidate.pk).exists()
    if not is_open or candidate.kind not in category.kinds:
        raise ValidationError(
            _("%(candidate)s cannot be nominated here."), code="not-nominable", params={"candidate": candidate}
        )
    require_scale(present, category, candidate)
    sectors: list[Sector | None] = list(category.sectors.all())
    if sector not in (sectors or [None]):
        raise ValidationError(_("Choose the sector of %(candidate)s."), code="sector", params={"candidate": candidate})
    nomination = Nomination.objects.create(
        selection=present, category=category, sector=sector, candidate=candidate, nominated_by=by
    )
    trail.record(by, "nomination.create", nomination, category=category.slug, candidate=candidate.pk)
    selection_changed.send(sender=Nomination, selection=present, by=by)
    return nomination


def government(region: Region) -> Candidate:
    """The government of a region as a candidate; the row is created when first needed."""
    kind = CandidateKind.PROVINCE if region.is_province else CandidateKind.REGENCY
    candidate, _is_new = Candidate.objects.get_or_create(
        kind=kind, region=region, defaults={"name": _government(region)}
    )
    return candidate


def _government(region: Region) -> str:
    """The official name under which a government competes."""
    return f"Pemerintah Provinsi {region}" if region.is_province else f"Pemerintah {region}"


@transaction.atomic
def answer(nomination: Nomination, given: Mapping[Criterion, Given], *, version: int | None = None, by: User) -> bool:
    """Write the answers (criterion -> value, note); None as the value deletes an answer. True if any changed.

    An eligibility clearance ends when the answer it was given for changes. Raises ValidationError: ``conflict`` when
    the nomination is no longer at ``version``, ``not-editable`` when it has been sent, ``deadline`` when it has passed,
    ``turn`` for a contact once it is with the branch, and those of ``answers.checked``.
    """
    present = (
        Nomination.objects.select_for_update(no_key=True).select_related("selection", "candidate").get(pk=nomination.pk)
    )
    before = {row.criterion_id: (row.value, row.note) for row in present.answers.all()}
    wanted = {
        criterion: (answers.checked(criterion, value, present.candidate), note.strip()) if value else NOTHING
        for criterion, (value, note) in given.items()
    }
    changed = {criterion: new for criterion, new in wanted.items() if before.get(criterion.pk, NOTHING) != new}
    require_turn(present, by)
    seen = present.version if version is None else version
    if present.version != seen:
        raise ValidationError(_("Somebody changed the answers meanwhile."), code="conflict")
    if not changed:
        return False
    is_doubted = present.cleared_at is not None and any(criterion.minimum is not None for criterion in changed)
    _write(present, seen, changed, NOT_CLEARED if is_doubted else {})
    trail.record(
        by,
        "nomination.answer",
        present,
        before={criterion.slug: list(before.get(criterion.pk, NOTHING)) for criterion in changed},
        after={criterion.slug: list(new) for criterion, new in changed.items()},
    )
    if is_doubted:
        trail.record(by, "nomination.revoke-clearing", present, before=present.cleared_reason)
    selection_changed.send(sender=Nomination, selection=present.selection, by=by)
    nomination.refresh_from_db()
    return True


def _write(nomination: Nomination, seen: int, changed: Mapping[Criterion, Given], stamps: dict[str, Any]) -> None:
    rows = Nomination.objects.filter(pk=nomination.pk, version=seen)
    if not rows.mendable().update(version=F("version") + 1, **stamps):
        if date := deadlines.missed(nomination):
            raise deadlines.too_late(date)
        raise ValidationError(_("Answers can be changed only before it is sent."), code="not-editable")
    for criterion, (value, note) in changed.items():
        if value is None:
            Answer.objects.filter(nomination=nomination, criterion=criterion).delete()
        else:
            now = {"value": value, "note": note}
            Answer.objects.update_or_create(nomination=nomination, criterion=criterion, defaults=now)


@transaction.atomic
def lock_rubric(rubric: Rubric, selection: Selection, *, by: User) -> None:
    """Lock the rubric and pin it to the selection, at the first mark."""
    Contest.objects.filter(selection=selection, category=rubric.category_id, rubric=None).update(rubric=rubric)
    if Rubric.objects.filter(pk=rubric.pk, locked_at=None).update(locked_at=timezone.now(), locked_by=by):
        trail.record(by, "rubric.lock", rubric)
        rubric.refresh_from_db()


Texts = Mapping[str, list[str]]
"""Form field -> typed texts."""

LARGEST_TEXT = 2_000


def keep_answers(
    nomination: Nomination,
    given: Mapping[Criterion, Given],
    *,
    unreadable: Texts,
    typed: Texts,
    version: int,
    by: User,
) -> None:
    """Write the answers that can be read; the others stay as this person's draft.

    A refusal keeps all of it as a draft. Raises the ValidationErrors of ``answer``, after the draft is stored.
    """
    try:
        with transaction.atomic():
            answer(nomination, given, version=version, by=by)
            _draft(nomination, unreadable, nomination.version, by)
    except ValidationError:
        _draft(nomination, typed, version, by)
        raise


def discard(nomination: Nomination, *, by: User) -> None:
    AnswerDraft.objects.filter(nomination=nomination, user=by).delete()


def _draft(nomination: Nomination, texts: Texts, version: int, by: User) -> None:
    if not texts:
        discard(nomination, by=by)
        return
    cut = {name: [text[:LARGEST_TEXT] for text in given] for name, given in texts.items()}
    now = {"texts": cut, "based_on": max(version, 0), "saved_at": timezone.now()}
    AnswerDraft.objects.update_or_create(nomination=nomination, user=by, defaults=now)
