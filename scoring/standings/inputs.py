"""Reads the inputs of the ranking: counts of people, answers, attendance and marks. No arithmetic.

The rule for which marks count is only here: those of handed-in sheets, of current seats of jurors who are no observers,
without a conflict of interest, for candidates that no other room judges and that are not marked absent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q

from awards.models import Answer, Criterion, Exemption, Nomination, Rubric, Selection
from awards.models.nominations import NominationQuerySet
from awards.stages import NominationState
from regions.models import COUNTED, Coverage
from scoring.assignments import no_shows, rooms
from scoring.models import Conflict, Interview, Mark, Seal, Seat
from scoring.models.rooms import in_another_room


@dataclass(frozen=True, eq=False)
class RubricInputs:
    """The inputs of all contenders of one rubric, by primary keys."""

    year: int
    coverage: dict[tuple[int, int, int], Coverage]
    """(region, year, segment), for the coverage year and the year before it: what was sent or verified."""
    answers: dict[tuple[int, int], dict[str, Any]]
    """(nomination, criterion) -> the answer's value."""
    interviews: dict[int, Interview]
    """nomination -> the interview with a recorded attendance."""
    marks: dict[tuple[int, int], dict[int, int]]
    """(nomination, criterion) -> number of the seat -> hundredths."""
    exemptions: dict[tuple[int, int], str] = field(default_factory=dict)
    """(nomination, criterion) -> why the criterion does not apply."""
    absent: frozenset[int] = frozenset()
    """The nominations of absent candidates, which are not marked."""
    unsent: dict[tuple[int, int, int], Coverage] = field(default_factory=dict)
    """The same for drafts and returned figures: they are listed, and never counted."""
    rooms: dict[int, str] = field(default_factory=dict)
    """nomination -> the room whose jurors alone judge it."""
    trims: bool = False
    """Whether the rubric trims a highest and a lowest mark."""
    cuts_shares: bool = True
    """Whether a share above 100.00 earns 100.00; not behind a seal of the first format, which keeps its rule."""


def contenders(selection: Selection, rubric: Rubric, criteria: list[Criterion]) -> NominationQuerySet:
    """Who competes: the shortlist where jurors mark, otherwise all verified nominations."""
    states = [NominationState.SHORTLISTED]
    if not any(criterion.is_interviewed for criterion in criteria):
        states.append(NominationState.VERIFIED)
    rows = Nomination.objects.filter(selection=selection, category=rubric.category_id, state__in=states)
    # Regions and sectors are few: each is loaded once, not with every contender.
    shared = rows.select_related("candidate").prefetch_related("sector", "candidate__region__parent")
    return shared.order_by("candidate__region__code", "candidate__name", "pk")


def gather(selection: Selection, rubric: Rubric, competing: NominationQuerySet) -> RubricInputs:
    """Seven queries for any number of contenders, and one more where the panel has rooms."""
    criteria = Criterion.objects.filter(aspect__rubric=rubric)
    found = gather_without_marks(selection, rubric, competing)
    given = counting_marks(criteria, competing.order_by().values("pk"))
    absent = _absent(criteria, found.interviews.values())
    judging = {key: room.name for key, room in rooms.of_nominations(selection).items()}
    return replace(found, marks=given, absent=absent, rooms=judging)


def _absent(criteria: Iterable[Criterion], interviews: Iterable[Interview]) -> frozenset[int]:
    """Nominations whose recorded attendance means absence."""
    levels = no_shows.levels(criteria)
    return frozenset(one.nomination_id for one in interviews if one.attended in levels)


def gather_without_marks(selection: Selection, rubric: Rubric, competing: NominationQuerySet) -> RubricInputs:
    """Four queries: the inputs that need no juror."""
    year = selection.edition.coverage_year
    keys = competing.order_by().values("pk")
    regions = competing.order_by().values("candidate__region")
    segments = Criterion.segments.through.objects.filter(criterion__aspect__rubric=rubric).values("segment")
    figures = Coverage.objects.filter(region__in=regions, year__in=[year - 1, year], segment__in=segments)
    figures = figures.select_related("definition", "segment", "region").order_by()
    known = {(figure.region_id, figure.year, figure.segment_id): figure for figure in figures}
    answers = Answer.objects.filter(nomination__in=keys, criterion__aspect__rubric=rubric).order_by()
    interviews = Interview.objects.filter(nomination__in=keys, attendance_at__isnull=False)
    exemptions = Exemption.objects.filter(nomination__in=keys, criterion__aspect__rubric=rubric).order_by()
    return RubricInputs(
        year=year,
        coverage={place: figure for place, figure in known.items() if figure.state in COUNTED},
        unsent={place: figure for place, figure in known.items() if figure.state not in COUNTED},
        answers={
            (nomination, criterion): value
            for nomination, criterion, value in answers.values_list("nomination", "criterion", "value").iterator()
        },
        interviews={interview.nomination_id: interview for interview in interviews.order_by()},
        marks={},
        exemptions={
            (nomination, criterion): reason
            for nomination, criterion, reason in exemptions.values_list("nomination", "criterion", "reason")
        },
        trims=rubric.trims,
        cuts_shares=not (
            selection.is_sealed and Seal.objects.filter(current_of=selection, format=Seal.Format.UNCUT).exists()
        ),
    )


def counting_marks(criteria: Iterable[Criterion], nominations: Iterable[Any]) -> dict[tuple[int, int], dict[int, int]]:
    """(nomination, criterion) -> order of the seat -> hundredths; two queries."""
    criteria = list(criteria)
    kept_out = Conflict.objects.filter(seat=OuterRef("sheet__seat"), nomination=OuterRef("sheet__nomination"))
    counting = Mark.objects.filter(
        ~Exists(kept_out),
        ~in_another_room("sheet__seat", "sheet__nomination__"),
        ~_nobody_came(criteria),
        criterion__in=criteria,
        sheet__nomination__in=nominations,
        sheet__submitted_at__isnull=False,
        sheet__seat__in=Seat.objects.counting(),
        value__isnull=False,
    )
    cells = counting.order_by("sheet__seat__order").values_list(
        "sheet__nomination", "criterion", "sheet__seat__order", "value"
    )
    given: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for nomination, criterion, seat, value in cells:
        given[nomination, criterion][seat] = cast("int", value)
    return dict(given)


def _nobody_came(criteria: list[Criterion]) -> Q:
    """Marks under a rubric with an attendance level that means absence."""
    asked = Criterion.objects.filter(
        kind=Criterion.Kind.ATTENDANCE, aspect__rubric__aspects__criteria__in=criteria
    ).distinct()
    found = Q(pk__in=[])
    for one in asked.select_related("aspect"):
        codes = no_shows.levels([one])
        found |= Q(criterion__aspect__rubric=one.aspect.rubric_id, sheet__nomination__interview__attended__in=codes)
    return found
