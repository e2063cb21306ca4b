"""What a nomination still lacks: answers, notes and evidence its rubric asks for, and figures of its region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.models import Answer, Category, Criterion, Evidence, Exemption, Nomination, Rubric, Selection
from regions.models import Coverage, Segment

Answers = dict[int, dict[int, Answer]]
"""By nomination and criterion."""


@dataclass(frozen=True)
class Completeness:
    """Counts, and what is missing: criteria without answer, note or evidence; segments without a figure in the year."""

    answers_needed: int = 0
    notes_needed: int = 0
    evidence_needed: int = 0
    figures_needed: int = 0
    unanswered: list[Criterion] = field(default_factory=list)
    missing_notes: list[Criterion] = field(default_factory=list)
    missing_evidence: list[Criterion] = field(default_factory=list)
    missing_segments: list[Segment] = field(default_factory=list)

    @property
    def answers_given(self) -> int:
        return self.answers_needed - len(self.unanswered)

    @property
    def notes_given(self) -> int:
        return self.notes_needed - len(self.missing_notes)

    @property
    def evidence_given(self) -> int:
        return self.evidence_needed - len(self.missing_evidence)

    @property
    def figures_given(self) -> int:
        return self.figures_needed - len(self.missing_segments)

    @property
    def needed(self) -> int:
        return self.answers_needed + self.notes_needed + self.evidence_needed + self.figures_needed

    @property
    def given(self) -> int:
        return self.answers_given + self.notes_given + self.evidence_given + self.figures_given

    @property
    def is_complete(self) -> bool:
        return self.given == self.needed

    @property
    def is_sendable(self) -> bool:
        """Figures do not hold it up: others enter them, and the ranking lists apart what has none."""
        return not (self.unanswered or self.missing_notes or self.missing_evidence)


def rubric_criteria(selection: Selection, category: Category) -> list[Criterion]:
    """The criteria of the rubric in force there, in the order of the sheet, with their segments at hand."""
    in_force = Rubric.objects.in_force(selection).filter(category=category)
    criteria = Criterion.objects.filter(aspect__rubric__in=in_force).select_related("aspect__rubric")
    return list(criteria.prefetch_related("segments"))


def criteria_of(rows: Iterable[Nomination]) -> dict[tuple[int, int], list[Criterion]]:
    """``rubric_criteria`` by the keys of selection and category; as many queries as there are contests."""
    contests = {(row.selection_id, row.category_id): (row.selection, row.category) for row in rows}
    return {key: rubric_criteria(*contest) for key, contest in contests.items()}


def answers_of(rows: Iterable[Nomination]) -> Answers:
    found: Answers = defaultdict(dict)
    for answer in Answer.objects.filter(nomination__in=[row.pk for row in rows]):
        found[answer.nomination_id][answer.criterion_id] = answer
    return found


def completeness(nominations: Iterable[Nomination]) -> dict[int, Completeness]:
    """The completeness of each nomination by its primary key.

    Needs ``selection__edition``, ``category`` and ``candidate__region`` at hand; asks the same number of queries for
    one nomination as for three hundred of the same categories.
    """
    rows = list(nominations)
    criteria, answers = criteria_of(rows), answers_of(rows)
    attached = set(
        Evidence.objects.current()
        .filter(nomination__in=[row.pk for row in rows])
        .order_by()
        .values_list("nomination", "criterion")
    )
    figures = set(
        Coverage.objects.filter(
            region__in={row.candidate.region_id for row in rows},
            year__in={row.selection.edition.coverage_year for row in rows},
        ).values_list("region", "year", "segment")
    )
    exempt = set(
        Exemption.objects.filter(nomination__in=[row.pk for row in rows]).values_list("nomination", "criterion")
    )
    applying = {
        row.pk: [one for one in criteria[row.selection_id, row.category_id] if (row.pk, one.pk) not in exempt]
        for row in rows
    }
    return {row.pk: _of(row, applying[row.pk], answers[row.pk], attached, figures) for row in rows}


def _of(
    nomination: Nomination,
    criteria: list[Criterion],
    answers: dict[int, Answer],
    attached: set[tuple[int, int]],
    figures: set[tuple[int, int, int]],
) -> Completeness:
    asked = [criterion for criterion in criteria if criterion.is_answered]
    to_note = [one for one in asked if one.rules.get("note", {}).get("required") and one.pk in answers]
    to_prove = [criterion for criterion in criteria if criterion.evidence_required]
    segments = {segment.pk: segment for criterion in criteria for segment in criterion.segments.all()}
    region, year = nomination.candidate.region_id, nomination.selection.edition.coverage_year
    return Completeness(
        answers_needed=len(asked),
        notes_needed=len(to_note),
        evidence_needed=len(to_prove),
        figures_needed=len(segments),
        unanswered=[criterion for criterion in asked if criterion.pk not in answers],
        missing_notes=[criterion for criterion in to_note if not answers[criterion.pk].note],
        missing_evidence=[criterion for criterion in to_prove if (nomination.pk, criterion.pk) not in attached],
        missing_segments=sorted(
            (segment for pk, segment in segments.items() if (region, year, pk) not in figures),
            key=lambda segment: segment.order,
        ),
    )
