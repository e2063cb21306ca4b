"""What a nomination still lacks: answers to the levels its rubric asks for, and figures of its region."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.models import Category, Criterion, Nomination, Rubric, Selection
from regions.models import Coverage, Segment


@dataclass(frozen=True)
class Completeness:
    """Counts, and what is missing: criteria without an answer, segments without a figure in the edition's year."""

    answers_needed: int = 0
    figures_needed: int = 0
    unanswered: list[Criterion] = field(default_factory=list)
    missing_segments: list[Segment] = field(default_factory=list)

    @property
    def answers_given(self) -> int:
        return self.answers_needed - len(self.unanswered)

    @property
    def figures_given(self) -> int:
        return self.figures_needed - len(self.missing_segments)

    @property
    def needed(self) -> int:
        return self.answers_needed + self.figures_needed

    @property
    def given(self) -> int:
        return self.answers_given + self.figures_given

    @property
    def is_complete(self) -> bool:
        return self.given == self.needed


def rubric_criteria(selection: Selection, category: Category) -> list[Criterion]:
    """The criteria of the rubric in force there, in the order of the sheet, with their segments at hand."""
    in_force = Rubric.objects.in_force(selection).filter(category=category)
    criteria = Criterion.objects.filter(aspect__rubric__in=in_force).select_related("aspect__rubric")
    return list(criteria.prefetch_related("segments"))


def completeness(nominations: Iterable[Nomination]) -> dict[int, Completeness]:
    """The completeness of each nomination by its primary key.

    Needs ``selection__edition``, ``category`` and ``candidate__region`` at hand; asks the same number of queries for
    one nomination as for three hundred of the same categories.
    """
    rows = list(nominations)
    contests = {(row.selection_id, row.category_id): (row.selection, row.category) for row in rows}
    criteria = {key: rubric_criteria(*contest) for key, contest in contests.items()}
    answered = defaultdict(set)
    for nomination, criterion in Nomination.objects.filter(pk__in=[row.pk for row in rows]).values_list(
        "pk", "answers__criterion"
    ):
        answered[nomination].add(criterion)
    figures = set(
        Coverage.objects.filter(
            region__in={row.candidate.region_id for row in rows},
            year__in={row.selection.edition.coverage_year for row in rows},
        ).values_list("region", "year", "segment")
    )
    return {row.pk: _of(row, criteria[row.selection_id, row.category_id], answered[row.pk], figures) for row in rows}


def _of(
    nomination: Nomination, criteria: list[Criterion], answered: set[int], figures: set[tuple[int, int, int]]
) -> Completeness:
    asked = [criterion for criterion in criteria if criterion.is_answered]
    segments = {segment.pk: segment for criterion in criteria for segment in criterion.segments.all()}
    region, year = nomination.candidate.region_id, nomination.selection.edition.coverage_year
    return Completeness(
        answers_needed=len(asked),
        figures_needed=len(segments),
        unanswered=[criterion for criterion in asked if criterion.pk not in answered],
        missing_segments=sorted(
            (segment for pk, segment in segments.items() if (region, year, pk) not in figures),
            key=lambda segment: segment.order,
        ),
    )
