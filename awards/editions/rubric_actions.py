"""Revising a rubric: an unused version is replaced; a version in use gets a successor, which takes over its answers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from awards.criteria.schema_reader import SchemaFaults
from awards.editions import rubric_impact
from awards.editions.documents import must_exist
from awards.editions.export import spelled
from awards.editions.rubric_documents import erase, is_in_use, present, rubric_document, write_rubric
from awards.editions.rubric_impact import DECIDING, Effects
from awards.editions.rubric_schema import read_rubric
from awards.models import Category, Contest, Criterion, Nomination, Rubric, Selection
from awards.signals import selection_changed
from paritrana.accounts import trail
from paritrana.accounts.models import User


def read_document(document: Any) -> dict[str, Any]:
    """``{"rubric", "titles", "trims"}`` normalised; raises ValidationError with every fault and its place."""
    reading = SchemaFaults()
    wanted = read_rubric(reading, document, "")
    if reading.faults:
        raise ValidationError(reading.faults)
    must_exist({"zones": [], "categories": [wanted]})
    return wanted


def review_revision(category: Category, wanted: dict[str, Any]) -> Effects:
    """What a revision would affect; writes nothing."""
    rubric = present(category)
    return rubric_impact.effects(category, rubric, wanted, is_new_version=rubric is not None and is_in_use(rubric))


@transaction.atomic
def revise_rubric(category: Category, document: Any, *, reason: str, by: User, seen: int | None) -> Rubric:
    """Make ``document`` (see ``rubric_schema``) the rubric of the category; ``seen`` is the version seen, by key.

    Raises ValidationError: ``conflict`` when somebody saved first, ``reason`` when a version in use gets a successor
    without one, and every fault of the document with its place.
    """
    wanted = read_document(document)
    Category.objects.select_for_update().get(pk=category.pk)
    before = present(category)
    if (before.pk if before else None) != seen:
        raise ValidationError(_("Somebody changed this rubric meanwhile."), code="conflict")
    if before is None:
        return _record(write_rubric(category, wanted, version=1, by=by), by, reason)
    old = rubric_document(before)
    if old == wanted:
        return before
    if not is_in_use(before):
        erase(before)
        made = write_rubric(category, wanted, version=before.version, reason=before.reason, by=by)
        return _record(made, by, reason, before=spelled(old))
    if not reason.strip():
        raise ValidationError(_("Say why the rubric is changed: others already work with it."), code="reason")
    return _next_version(category, before, wanted, reason.strip(), by)


def _record(rubric: Rubric, by: User, reason: str, **detail: Any) -> Rubric:
    trail.record(by, "rubric.revise", rubric, version=rubric.version, reason=reason, **detail)
    return rubric


def _next_version(category: Category, before: Rubric, wanted: dict[str, Any], reason: str, by: User) -> Rubric:
    undecided = Contest.objects.filter(category=category, rubric=None)
    undecided.filter(selection__stage__in=DECIDING).update(rubric=before)
    made = write_rubric(category, wanted, version=before.version + 1, reason=reason, by=by)
    going = list(rubric_impact.following(category).values_list("selection", flat=True))
    carried_over = _carry_over(category, before, made)
    # People with an open form of the old version get a conflict instead of answering deleted criteria.
    Nomination.objects.filter(category=category, selection__in=going).update(version=F("version") + 1)
    _record(made, by, reason, selections=going, answers_left=carried_over)
    for selection in Selection.objects.filter(pk__in=going):
        selection_changed.send(sender=Rubric, selection=selection, by=by)
    return made


def _carry_over(category: Category, before: Rubric, made: Rubric) -> int:
    """Move answers, evidence and exemptions to the criterion of the same name; how many did not fit."""
    new = {criterion.slug: criterion for criterion in Criterion.objects.filter(aspect__rubric=made)}
    left = 0
    for answer in rubric_impact.given(category, before):
        following = new.get(answer.criterion.slug)
        if rubric_impact.fits(answer, following):
            answer.criterion = following
            answer.save(update_fields=["criterion"])
        else:
            left += 1
    for exemption in rubric_impact.exempted(category, before).filter(criterion__slug__in=new):
        exemption.criterion = new[exemption.criterion.slug]
        exemption.save(update_fields=["criterion"])
    for document in rubric_impact.attached(category, before).filter(criterion__slug__in=new):
        document.criterion = new[document.criterion.slug]
        document.save(update_fields=["criterion"])
    return left
