"""A candidate's facts for jurors: coverage of the last three years per segment, and its criteria."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from awards.models import Answer, Criterion, Evidence, Nomination, Rubric
from regions.models import Coverage, State
from scoring.assignments.criteria import criteria_of
from scoring.ranking import percentage
from scoring.standings import explanations, scores
from scoring.standings.inputs import gather_without_marks

YEARS = 3


@dataclass(frozen=True)
class Year:
    """``share`` in hundredths of a percent; ``is_comparable`` if the year before has the same definition."""

    year: int
    share: int | None
    participants: int | None
    workers: int | None
    is_comparable: bool
    state: State | None
    notes: tuple[str, ...]


Trend = list[tuple[str, list[Year]]]
"""(segment, its years, oldest first), without unknown years."""


def trend(nomination: Nomination) -> Trend:
    """Of the candidate's region."""
    return trends([nomination]).get(nomination.candidate.region_id, [])


def trends(nominations: list[Nomination]) -> dict[int, Trend]:
    """Region -> its trend, for the candidates of one selection; a fixed number of queries."""
    if not nominations:
        return {}
    last = nominations[0].selection.edition.coverage_year
    years = range(last - YEARS + 1, last + 1)
    regions = {nomination.candidate.region_id for nomination in nominations}
    figures = (
        Coverage.objects.filter(region__in=regions, year__in=years)
        .select_related("segment")
        .prefetch_related("justifications")
        .order_by()
    )
    by_region: dict[int, dict[str, dict[int, Coverage]]] = {}
    for figure in sorted(figures, key=lambda figure: (figure.segment.order, figure.segment_id)):
        by_region.setdefault(figure.region_id, {}).setdefault(str(figure.segment), {})[figure.year] = figure
    return {region: _trend(by_segment, years) for region, by_segment in by_region.items()}


def _trend(by_segment: dict[str, dict[int, Coverage]], years: range) -> Trend:
    known = [year for year in years if any(year in found for found in by_segment.values())]
    return [
        (segment, [_year(year, found.get(year), found.get(year - 1)) for year in known])
        for segment, found in by_segment.items()
    ]


def _year(year: int, figure: Coverage | None, before: Coverage | None) -> Year:
    if figure is None:
        return Year(year, None, None, None, is_comparable=False, state=None, notes=())
    return Year(
        year,
        percentage(figure.participants, figure.workers),
        figure.participants,
        figure.workers,
        is_comparable=before is None or before.definition_id == figure.definition_id,
        state=State(figure.state),
        notes=tuple(note.note for note in figure.notes),
    )


@dataclass(frozen=True)
class CriterionFacts:
    """One criterion: its points (hundredths, None when unknown), their basis, or what is missing."""

    criterion: Criterion
    points: int | None
    text: str
    missing: str
    note: str
    files: tuple[Evidence, ...] = ()


def dossier(nomination: Nomination, rubric: Rubric) -> list[CriterionFacts]:
    return dossiers([nomination], rubric)[nomination.pk]


def dossiers(nominations: list[Nomination], rubric: Rubric) -> dict[int, list[CriterionFacts]]:
    """Nomination -> its lines, for nominations of one selection and rubric; a fixed number of queries."""
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
    lines: dict[int, list[CriterionFacts]] = {key: [] for key in keys}
    for criterion in criteria:
        column = scores.column_of(criterion, nominations, evidence)
        for row, key in enumerate(keys):
            lines[key].append(
                CriterionFacts(
                    criterion=criterion,
                    points=int(column.scores[row]) if column.known[row] else None,
                    text=explanations.evidence(criterion.kind, column.facts[row]),
                    missing=explanations.reasons(column.missing[row]),
                    note=notes.get((key, criterion.pk), ""),
                    files=files[key, criterion.pk],
                )
            )
    return lines
