"""Nominating, answering, and locking the rubric an answer or a mark refers to."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Answer, Candidate, Category, Criterion, Nomination, Rubric, Selection
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.permissions import branch_area
from awards.signals import selection_changed
from awards.stages import EDITABLE, OPEN_IN, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Region
from regions.querysets import RegionQuerySet

GOVERNMENTS = frozenset({CandidateKind.PROVINCE.value, CandidateKind.REGENCY.value})


def nominable(selection: Selection, category: Category, by: User) -> RegionQuerySet:
    """The regions whose government this person may still nominate here.

    A branch nominates from its own working area, inside the selection's province; the national selection takes all.
    """
    if category.candidate_kind not in GOVERNMENTS or not selection.categories.filter(pk=category.pk).exists():
        return Region.objects.none()
    is_provincial_government = category.candidate_kind == CandidateKind.PROVINCE
    regions = Region.objects.provinces() if is_provincial_government else Region.objects.regencies()
    if selection.level == Level.PROVINCIAL:
        regions = regions.filter(code__startswith=selection.province.code, pk__in=branch_area(by).values("pk"))
    taken = Nomination.objects.filter(selection=selection, category=category)
    return regions.exclude(pk__in=taken.values("candidate__region"))


@transaction.atomic
def nominate(selection: Selection, category: Category, region: Region, *, by: User) -> Nomination:
    """Make a draft for the government of a region; the candidate is created when it is nominated for the first time.

    Raises ValidationError: ``stage`` when nominating is not open, ``not-nominable`` for a region that is not this
    person's to nominate or is nominated already.
    """
    present = Selection.objects.select_for_update().get(pk=selection.pk)
    if Permission.NOMINATE not in OPEN_IN[present.stage]:
        raise ValidationError(_("Nominating is not open at the present stage."), code="stage")
    if not nominable(present, category, by).filter(pk=region.pk).exists():
        raise ValidationError(
            _("%(region)s cannot be nominated here."), code="not-nominable", params={"region": region}
        )
    candidate, _is_new = Candidate.objects.get_or_create(
        kind=category.candidate_kind, region=region, defaults={"name": _government(region)}
    )
    nomination = Nomination.objects.create(selection=present, category=category, candidate=candidate, nominated_by=by)
    trail.record(by, "nomination.create", nomination, category=category.slug, region=region.code)
    selection_changed.send(sender=Nomination, selection=present, by=by)
    return nomination


def _government(region: Region) -> str:
    """The name a government competes under, in the words of the award."""
    return f"Pemerintah Provinsi {region}" if region.is_province else f"Pemerintah {region}"


@transaction.atomic
def answer(
    nomination: Nomination, answers: Mapping[Criterion, tuple[str, str]], *, version: int | None = None, by: User
) -> bool:
    """Write the answers (criterion -> level code, note); an empty level takes an answer back. True if any changed.

    Raises ValidationError: ``conflict`` when the nomination is no longer at ``version``, ``not-editable`` when it has
    been sent, ``level`` for a level the criterion does not have.
    """
    for criterion, (level, _note) in answers.items():
        if level and criterion.level(level) is None:
            raise ValidationError(_("%(criterion)s has no such level."), code="level", params={"criterion": criterion})
    present = Nomination.objects.select_for_update().select_related("selection").get(pk=nomination.pk)
    before = {row.criterion_id: (row.level, row.note) for row in present.answers.all()}
    wanted = {criterion: (level, note.strip() if level else "") for criterion, (level, note) in answers.items()}
    changed = {criterion: new for criterion, new in wanted.items() if before.get(criterion.pk, ("", "")) != new}
    seen = present.version if version is None else version
    if present.version != seen:
        raise ValidationError(_("Somebody changed the answers meanwhile."), code="conflict")
    if not changed:
        return False
    _write(present, seen, changed)
    trail.record(
        by,
        "nomination.answer",
        present,
        before={criterion.slug: list(before.get(criterion.pk, ("", ""))) for criterion in changed},
        after={criterion.slug: list(new) for criterion, new in changed.items()},
    )
    selection_changed.send(sender=Nomination, selection=present.selection, by=by)
    nomination.refresh_from_db()
    return True


def _write(nomination: Nomination, seen: int, changed: Mapping[Criterion, tuple[str, str]]) -> None:
    open_stages = [stage for stage, permissions in OPEN_IN.items() if Permission.REPAIR in permissions]
    rows = Nomination.objects.filter(
        pk=nomination.pk, version=seen, state__in=EDITABLE, selection__stage__in=open_stages
    )
    if not rows.update(version=F("version") + 1):
        raise ValidationError(_("Answers can be changed only before it is sent."), code="not-editable")
    for criterion, (level, note) in changed.items():
        rows_of = Answer.objects.filter(nomination=nomination, criterion=criterion)
        if not level:
            rows_of.delete()
        elif not rows_of.update(level=level, note=note):
            Answer.objects.create(nomination=nomination, criterion=criterion, level=level, note=note)


@transaction.atomic
def lock_rubric(rubric: Rubric, *, by: User) -> None:
    """From the first mark on a rubric stays as it is; locking a locked one changes nothing."""
    if Rubric.objects.filter(pk=rubric.pk, locked_at=None).update(locked_at=timezone.now(), locked_by=by):
        trail.record(by, "rubric.lock", rubric)
        rubric.refresh_from_db()
