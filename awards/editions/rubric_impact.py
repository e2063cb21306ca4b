"""What a changed rubric affects: selections that take it, selections that keep theirs, answers that no longer fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from awards.criteria import answers
from awards.models import Answer, Category, Contest, Criterion, Evidence, Exemption, Rubric, Selection
from awards.stages import EDITABLE, Stage

DECIDING = frozenset({Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED})
"""From its plenary on a selection keeps its rubric even without marks: the ranking has been seen."""


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
    return rows.select_related("nomination__candidate", "criterion").order_by("nomination", "criterion")


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
    return answers.answer_text(answer.criterion.kind, answers.facts(answer.criterion, answer.value))
