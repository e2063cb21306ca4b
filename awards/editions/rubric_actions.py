"""Revising a rubric: an unused version is replaced; a version in use gets a successor, which takes over its answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from awards.criteria import answers
from awards.criteria.schema_reader import SchemaFaults
from awards.editions.documents import must_exist
from awards.editions.export import spelled
from awards.editions.rubric_documents import erase, is_in_use, present, rubric_document, write_rubric
from awards.editions.rubric_schema import read_rubric
from awards.models import Answer, Category, Contest, Criterion, Evidence, Exemption, Nomination, Rubric, Selection
from awards.signals import selection_changed
from awards.stages import EDITABLE, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User

DECIDING = frozenset({Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED})
"""From its plenary on a selection stays with its rubric, even where no juror gave a mark: the ranking has been seen."""


@dataclass(frozen=True)
class UnfitItem:
    """What stays with the old version: an answer as text, or the name of a document."""

    nomination: Any
    criterion: str
    text: str


@dataclass(frozen=True)
class Effects:
    """``takes`` are (selection, nominations, of them sent already); ``stays`` are (selection, version)."""

    is_new_version: bool
    takes: list[tuple[Selection, int, int]] = field(default_factory=list)
    stays: list[tuple[Selection, int]] = field(default_factory=list)
    unfit: list[UnfitItem] = field(default_factory=list)


def following(category: Category) -> Any:
    """The contests of a category that will take its next version."""
    return Contest.objects.filter(category=category, rubric=None).exclude(selection__stage__in=DECIDING)


def effects(category: Category, rubric: Rubric | None, wanted: dict[str, Any], *, is_new_version: bool) -> Effects:
    contests = Contest.objects.filter(category=category).select_related(
        "selection__edition", "selection__province", "rubric"
    )
    counted = contests.annotate(
        number=Count("selection__nominations", filter=Q(selection__nominations__category=category)),
        unsent=Count(
            "selection__nominations",
            filter=Q(selection__nominations__category=category, selection__nominations__state__in=EDITABLE),
        ),
    )
    going = set(following(category).values_list("pk", flat=True))
    version = rubric.version if rubric else 0
    return Effects(
        is_new_version,
        takes=[(one.selection, one.number, one.number - one.unsent) for one in counted if one.pk in going],
        stays=[
            (one.selection, one.rubric.version if one.rubric else version) for one in counted if one.pk not in going
        ],
        unfit=_unfit(category, rubric, wanted) if rubric and is_new_version else [],
    )


def _unfit(category: Category, rubric: Rubric, wanted: dict[str, Any]) -> list[UnfitItem]:
    new = {one.slug: one for one in unsaved(wanted)}
    rows = [
        UnfitItem(row.nomination, row.criterion.name, text_of(row))
        for row in given(category, rubric)
        if not fits(row, new.get(row.criterion.slug))
    ]
    left = attached(category, rubric).exclude(criterion__slug__in=new)
    return rows + [UnfitItem(row.nomination, row.criterion.name, row.name) for row in left]


def unsaved(wanted: dict[str, Any]) -> Iterable[Criterion]:
    """The criteria of a document as unsaved objects."""
    for aspect in wanted["rubric"]:
        for one in aspect["criteria"]:
            yield Criterion(slug=one["slug"], name=one["name"], kind=one["kind"], rules=one["rules"])


def given(category: Category, rubric: Rubric) -> Any:
    """Answers to this version in the selections that take the next."""
    going = following(category).values("selection")
    rows = Answer.objects.filter(criterion__aspect__rubric=rubric, nomination__selection__in=going)
    return rows.select_related("nomination__candidate", "criterion").order_by(
        "nomination__candidate__name", "nomination_id", "criterion__aspect__order", "criterion__order"
    )


def attached(category: Category, rubric: Rubric) -> Any:
    """Evidence of the same nominations, including withdrawn documents."""
    going = following(category).values("selection")
    rows = Evidence.objects.filter(criterion__aspect__rubric=rubric, nomination__selection__in=going)
    return rows.select_related("nomination__candidate", "criterion")


def exempted(category: Category, rubric: Rubric) -> Any:
    """Exemptions of the same nominations under this version."""
    going = following(category).values("selection")
    rows = Exemption.objects.filter(criterion__aspect__rubric=rubric, nomination__selection__in=going)
    return rows.select_related("criterion")


def fits(answer: Answer, criterion: Criterion | None) -> bool:
    """Whether the answer means the same for this criterion as for its own."""
    if criterion is None or criterion.kind != answer.criterion.kind:
        return False
    try:
        return answers.checked(criterion, answer.value, answer.nomination.candidate) == answer.value
    except ValidationError:
        return False


def text_of(answer: Answer) -> str:
    return answers.in_words(answer.criterion, answer.value)


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
    return effects(category, rubric, wanted, is_new_version=rubric is not None and is_in_use(rubric))


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
    going = list(following(category).values_list("selection", flat=True))
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
    for answer in given(category, before):
        following = new.get(answer.criterion.slug)
        if fits(answer, following):
            answer.criterion = following
            answer.save(update_fields=["criterion"])
        else:
            left += 1
    for exemption in exempted(category, before).filter(criterion__slug__in=new):
        exemption.criterion = new[exemption.criterion.slug]
        exemption.save(update_fields=["criterion"])
    for document in attached(category, before).filter(criterion__slug__in=new):
        document.criterion = new[document.criterion.slug]
        document.save(update_fields=["criterion"])
    return left
