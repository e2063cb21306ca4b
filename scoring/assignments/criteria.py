"""What a panel scores: criteria, nominations, and which of them one seat scores."""

from collections import defaultdict
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

PAGE = 50
"""Candidates on one page of a list."""
ORDER = ("category__order", "candidate__region__code", "candidate__name", "pk")
"""The order in which candidates are scored; with the key at the end it is the same in every database."""


class AskedCriteria(dict[int, list[Criterion]]):
    """Category -> the criteria its jurors mark, in the order of the rubric."""

    def __init__(self) -> None:
        super().__init__()
        self.absent: dict[int, frozenset[str]] = {}
        """Category -> the attendance levels by which nobody came."""


def is_scoring(selection: Selection) -> bool:
    """Whether jurors score at the selection's present stage."""
    return Permission.SCORE in OPEN_IN[Stage(selection.stage)]


def criteria_in_force(selection: Selection, kind: str) -> AskedCriteria:
    """The criteria of one kind in force in a selection, by category, in the order of the rubric.

    Empty for provincial governments in a provincial selection, because the panel is appointed by that government.
    """
    asked, rubrics = AskedCriteria(), _rubrics_in_force(selection)
    criteria = _criteria({rubric: locked_at for *_category, rubric, locked_at in rubrics})
    for category, candidates, rubric, _locked_at in rubrics:
        is_appointing = selection.level == Level.PROVINCIAL and candidates == CandidateKind.PROVINCE
        of_kind = [] if is_appointing else [each for each in criteria[rubric] if each.kind == kind]
        if of_kind:
            asked[category], asked.absent[category] = of_kind, no_shows.levels(criteria[rubric])
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
    return list(_criteria({rubric.pk: rubric.locked_at})[rubric.pk])


def _criteria(rubrics: dict[int, datetime | None]) -> dict[int, tuple[Criterion, ...]]:
    """One query for all that are not locked, and one for each locked rubric that is not cached in this process."""
    found = _criteria_read([rubric for rubric, locked_at in rubrics.items() if locked_at is None])
    locked = {rubric: locked_at for rubric, locked_at in rubrics.items() if locked_at is not None}
    return found | {rubric: _criteria_cached(rubric, locked_at) for rubric, locked_at in locked.items()}


def _criteria_read(rubrics: list[int]) -> dict[int, tuple[Criterion, ...]]:
    of = defaultdict(list)
    found = Criterion.objects.filter(aspect__rubric__in=rubrics).select_related("aspect__rubric")
    for each in found.order_by("aspect__order", "order") if rubrics else []:
        of[each.aspect.rubric_id].append(each)
    return {rubric: tuple(of[rubric]) for rubric in rubrics}


@lru_cache(maxsize=200)
def _criteria_cached(rubric: int, locked_at: datetime) -> tuple[Criterion, ...]:
    """The moment of the lock distinguishes it from a rubric with the same key in another database."""
    return _criteria_read([rubric])[rubric]


def nobody_came(attended: str | None, rubric: Rubric) -> bool:
    """Whether this attendance level (empty if none is recorded) means absence under this rubric."""
    return bool(attended) and attended in no_shows.levels(criteria_of(rubric))


def marked_criteria(nomination: Nomination) -> list[Criterion]:
    """The criteria jurors mark for this nomination, in the order of its rubric; may be empty."""
    return criteria_in_force(nomination.selection, Criterion.Kind.MARK).get(nomination.category_id, [])


def marked_nominations(selection: Selection, asked: AskedCriteria | None = None) -> NominationQuerySet:
    """The shortlist in order, for rubrics with criteria that jurors mark.

    ``asked`` saves a query where the criteria in force are loaded. Each has ``attended``, the level recorded.
    """
    asked = criteria_in_force(selection, Criterion.Kind.MARK) if asked is None else asked
    listed = marked_unordered(selection, asked).select_related("category", "candidate__region")
    return listed.annotate(attended=models.F("interview__attended")).order_by(*ORDER)


def marked_unordered(selection: Selection, asked: AskedCriteria) -> NominationQuerySet:
    """The same nominations with their own columns only, unordered."""
    listed = Nomination.objects.filter(selection_id=selection.pk, category_id__in=list(asked))
    return listed.on_interview_list().order_by()


def marked_who_came(selection: Selection, asked: AskedCriteria) -> NominationQuerySet:
    """The same without those nobody came for."""
    listed = marked_unordered(selection, asked)
    for codes in set(filter(None, asked.absent.values())):
        categories = [category for category, levels in asked.absent.items() if levels == codes]
        listed = listed.exclude(category_id__in=categories, interview__attended__in=codes)
    return listed


def named(nominations: Iterable[Nomination]) -> None:
    """Loads category, candidate and region of nominations of which only the keys were loaded."""
    models.prefetch_related_objects(list(nominations), "category", "candidate__region")


def _about(rows: models.QuerySet[Any], nominations: list[Nomination]) -> models.QuerySet[Any]:
    """Limits the rows to these nominations if they are one page; a filter with thousands of keys costs too much."""
    return rows.filter(nomination__in=nominations) if len(nominations) <= PAGE else rows


def judged_by(seat: Seat, asked: AskedCriteria | None = None) -> NominationQuerySet:
    """What this seat's rooms judge: the shortlist without the candidates of other rooms."""
    return marked_nominations(seat.panel.selection, asked).filter(~in_another_room(seat.pk))


def to_score(seat: Seat, asked: AskedCriteria | None = None) -> NominationQuerySet:
    """What this seat scores: what its rooms judge without its conflicts of interest."""
    kept_out = Conflict.objects.filter(seat=seat).order_by().values("nomination")
    return judged_by(seat, asked).exclude(pk__in=kept_out)
