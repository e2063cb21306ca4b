"""What a panel scores: criteria, nominations, and which of them one seat scores."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models

from awards.models import Contest, Criterion, Nomination, Rubric, Selection
from awards.models.editions import CandidateKind
from awards.models.nominations import NominationQuerySet
from awards.models.selections import Level
from awards.stages import OPEN_IN, Permission, Stage
from scoring.assignments import no_shows
from scoring.models import Conflict, Seat
from scoring.models.rooms import in_another_room

Asked = dict[int, list[Criterion]]
"""Category -> the criteria its jurors mark, in the order of the rubric."""
PAGE = 50
"""Candidates on one page of a list."""
ORDER = ("category__order", "candidate__region__code", "candidate__name", "pk")
"""The order in which candidates are scored; with the key at the end it is the same in every database."""


def is_scoring(selection: Selection) -> bool:
    """Whether jurors score at the selection's present stage."""
    return Permission.SCORE in OPEN_IN[Stage(selection.stage)]


def criteria_in_force(selection: Selection, kind: str) -> Asked:
    """The criteria of one kind in force in a selection, by category, in the order of the rubric.

    One query, and one more for each rubric that is not locked or not cached in this process. Empty for provincial
    governments in a provincial selection, because the panel is appointed by that government.
    """
    asked: Asked = {}
    for category, candidates, rubric, locked_at in _rubrics_in_force(selection):
        is_appointing = selection.level == Level.PROVINCIAL and candidates == CandidateKind.PROVINCE
        of_kind = [] if is_appointing else [each for each in _criteria(rubric, locked_at) if each.kind == kind]
        if of_kind:
            asked[category] = of_kind
    return asked


def _rubrics_in_force(selection: Selection) -> list[tuple[int, str, int, datetime | None]]:
    """(category, kind of its candidates, rubric, when it was locked), by the rule of ``in_force``.

    Once every category has a mark, these are the rubrics pinned to its contests.
    """
    fields = ("category_id", "category__candidate_kind", "rubric_id", "rubric__locked_at")
    contests = Contest.objects.filter(selection_id=selection.pk).order_by()
    settled = sorted(contests.values_list("category__order", "pk", *fields))  # no two with the same key
    if all(rubric for *_order, _category, _kind, rubric, _locked_at in settled):
        return [row[2:] for row in settled]
    return list(
        Rubric.objects.in_force(selection).values_list("category_id", "category__candidate_kind", "pk", "locked_at")
    )


def criteria_of(rubric: Rubric) -> list[Criterion]:
    """Every criterion of a rubric in order; those of a locked rubric are cached, as the database forbids changes."""
    return list(_criteria(rubric.pk, rubric.locked_at))


def _criteria(rubric: int, locked_at: datetime | None) -> tuple[Criterion, ...]:
    return _criteria_read(rubric) if locked_at is None else _criteria_cached(rubric, locked_at)


def _criteria_read(rubric: int) -> tuple[Criterion, ...]:
    found = Criterion.objects.filter(aspect__rubric=rubric).select_related("aspect__rubric")
    return tuple(found.order_by("aspect__order", "order"))


@lru_cache(maxsize=200)
def _criteria_cached(rubric: int, locked_at: datetime) -> tuple[Criterion, ...]:
    """The moment of the lock distinguishes it from a rubric with the same key in another database."""
    return _criteria_read(rubric)


def nobody_came(attended: str | None, rubric: Rubric) -> bool:
    """Whether this attendance level (empty if none is recorded) means absence under this rubric."""
    return bool(attended) and attended in no_shows.levels(criteria_of(rubric))


def marked_criteria(nomination: Nomination) -> list[Criterion]:
    """The criteria jurors mark for this nomination, in the order of its rubric; may be empty."""
    return criteria_in_force(nomination.selection, Criterion.Kind.MARK).get(nomination.category_id, [])


def marked_nominations(selection: Selection, asked: Asked | None = None) -> NominationQuerySet:
    """The shortlist in order, for rubrics with criteria that jurors mark.

    ``asked`` saves a query where the criteria in force are loaded. Each has ``attended``, the level recorded.
    """
    asked = criteria_in_force(selection, Criterion.Kind.MARK) if asked is None else asked
    listed = marked_unordered(selection, asked).select_related("category", "candidate__region")
    return listed.annotate(attended=models.F("interview__attended")).order_by(*ORDER)


def marked_unordered(selection: Selection, asked: Asked) -> NominationQuerySet:
    """The same nominations with their own columns only, unordered."""
    listed = Nomination.objects.filter(selection_id=selection.pk, category_id__in=list(asked))
    return listed.on_interview_list().order_by()


def marked_who_came(selection: Selection, asked: Asked) -> NominationQuerySet:
    """The same without those nobody came for."""
    listed = marked_unordered(selection, asked)
    nobody = {category: no_shows.levels(criteria_of(of[0].aspect.rubric)) for category, of in asked.items()}
    for codes in set(filter(None, nobody.values())):
        categories = [category for category, levels in nobody.items() if levels == codes]
        listed = listed.exclude(category_id__in=categories, interview__attended__in=codes)
    return listed


def named(nominations: Iterable[Nomination]) -> None:
    """Loads category, candidate and region of nominations of which only the keys were loaded."""
    models.prefetch_related_objects(list(nominations), "category", "candidate__region")


def _about(rows: models.QuerySet[Any], nominations: list[Nomination]) -> models.QuerySet[Any]:
    """Limits the rows to these nominations if they are one page; a filter with thousands of keys costs too much."""
    return rows.filter(nomination__in=nominations) if len(nominations) <= PAGE else rows


def judged_by(seat: Seat, asked: Asked | None = None) -> NominationQuerySet:
    """What this seat's rooms judge: the shortlist without the candidates of other rooms."""
    return marked_nominations(seat.panel.selection, asked).filter(~in_another_room(seat.pk))


def to_score(seat: Seat, asked: Asked | None = None) -> NominationQuerySet:
    """What this seat scores: what its rooms judge without its conflicts of interest."""
    kept_out = Conflict.objects.filter(seat=seat).order_by().values("nomination")
    return judged_by(seat, asked).exclude(pk__in=kept_out)
