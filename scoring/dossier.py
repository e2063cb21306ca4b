"""What a juror reads about a candidate beside the sheet: everything the rubric counts without a juror.

No mark of anybody passes through here: marks are the one kind of criterion that is left out.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from awards.models import Answer, Criterion, Evidence, Nomination, Rubric
from scoring import bridge, explanations
from scoring.evidence import gather_without_marks
from scoring.judging import criteria_of


@dataclass(frozen=True)
class Line:
    """One criterion: its points (hundredths, None when they cannot be told), what they rest on, or what is missing."""

    criterion: Criterion
    points: int | None
    told: str
    missing: str
    note: str
    files: tuple[Evidence, ...] = ()


def dossier(nomination: Nomination, rubric: Rubric) -> list[Line]:
    return dossiers([nomination], rubric)[nomination.pk]


def dossiers(nominations: list[Nomination], rubric: Rubric) -> dict[int, list[Line]]:
    """Nomination -> its lines, for nominations of one selection and rubric; the same queries for any number."""
    criteria = [each for each in criteria_of(rubric) if each.kind != Criterion.Kind.MARK]
    prefetch_related_objects(criteria, "segments")
    if not criteria or not nominations:
        return {nomination.pk: [] for nomination in nominations}
    keys = [nomination.pk for nomination in nominations]
    these = Nomination.objects.filter(pk__in=keys).select_related("candidate")
    evidence = gather_without_marks(nominations[0].selection, rubric, these)
    answers = Answer.objects.filter(nomination__in=keys).values_list("nomination_id", "criterion_id", "note")
    notes = {(nomination, criterion): note for nomination, criterion, note in answers}
    files: dict[tuple[int, int], tuple[Evidence, ...]] = defaultdict(tuple)
    for file in Evidence.objects.current().filter(nomination__in=keys):
        files[file.nomination_id, file.criterion_id] += (file,)
    lines: dict[int, list[Line]] = {key: [] for key in keys}
    for criterion in criteria:
        column = bridge.column_of(criterion, nominations, evidence)
        for row, key in enumerate(keys):
            lines[key].append(
                Line(
                    criterion=criterion,
                    points=int(column.scores[row]) if column.known[row] else None,
                    told=explanations.evidence(criterion.kind, column.facts[row]),
                    missing=explanations.reasons(column.missing[row]),
                    note=notes.get((key, criterion.pk), ""),
                    files=files[key, criterion.pk],
                )
            )
    return lines
