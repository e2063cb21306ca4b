"""What a nomination still lacks: answers, notes and evidence the rubric requires, and figures of its region.

A figure counts once its branch has sent it; drafts and returned figures are listed with their state.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.criteria.kinds import KINDS
from awards.models import Answer, Category, Criterion, Evidence, Exemption, Nomination, Rubric, Selection
from regions.models import COUNTED, Coverage, Region, Segment, State

Answers = dict[int, dict[int, Answer]]
"""By nomination and criterion."""
CriteriaInForce = dict[tuple[int, int], list[Criterion]]
"""By selection and category."""


class AskedAndAnswered(NamedTuple):
    """What is asked of some nominations, and what they answered: read once for all that is made of it."""

    criteria: CriteriaInForce
    answers: Answers


@dataclass(frozen=True)
class AskedFigure:
    """A figure the rubric requires; ``state`` is empty while it does not exist."""

    segment: Segment
    year: int
    state: str = ""
    is_locked: bool = False

    def __str__(self) -> str:
        return f"{self.segment} {self.year}"

    @property
    def state_label(self) -> str:
        return str(State(self.state).label) if self.state else ""

    @property
    def text(self) -> str:
        """The figure with its state: PU 2023 (draft)."""
        return f"{self} ({self.state_label})" if self.state else str(self)

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED

    @property
    def is_to_send(self) -> bool:
        """It exists, and its branch can still send it."""
        return bool(self.state) and not (self.is_counted or self.is_locked)


Figures = dict[tuple[int, int, int], tuple[str, bool]]
"""(region, year, segment) -> state, and whether it is locked."""


@dataclass(frozen=True)
class Completeness:
    """Counts, and what is missing: criteria without answer, note or evidence; figures not entered or not sent."""

    answers_needed: int = 0
    notes_needed: int = 0
    evidence_needed: int = 0
    figures_needed: int = 0
    unanswered: list[Criterion] = field(default_factory=list)
    missing_notes: list[Criterion] = field(default_factory=list)
    missing_evidence: list[Criterion] = field(default_factory=list)
    missing_figures: list[AskedFigure] = field(default_factory=list)
    unsent_figures: list[AskedFigure] = field(default_factory=list)

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
        return self.figures_needed - len(self.missing_figures) - len(self.unsent_figures)

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
    def is_answered(self) -> bool:
        return not (self.unanswered or self.missing_notes or self.missing_evidence)

    @property
    def to_send(self) -> list[AskedFigure]:
        """The figures the branch must send before the nomination can be sent, verified or shortlisted.

        A figure that is missing prevents nothing: such a candidate is listed without a rank.
        """
        return [figure for figure in self.unsent_figures if figure.is_to_send]


def rubric_criteria(selection: Selection, category: Category) -> list[Criterion]:
    """The criteria of the rubric in force, in the order of the sheet, with their segments loaded."""
    return list(_in_force(selection, category=category))


def _in_force(selection: Selection, **of: Any) -> QuerySet[Criterion]:
    criteria = Criterion.objects.filter(aspect__rubric__in=Rubric.objects.in_force(selection).filter(**of))
    return criteria.select_related("aspect__rubric").prefetch_related("segments")


def criteria_of(rows: Iterable[Nomination]) -> CriteriaInForce:
    """``rubric_criteria`` by the keys of selection and category; two queries for each selection."""
    found: CriteriaInForce = {(row.selection_id, row.category_id): [] for row in rows}
    for selection in {row.selection for row in rows}:
        categories = [category for of, category in found if of == selection.pk]
        for criterion in _in_force(selection, category__in=categories):
            found[selection.pk, criterion.aspect.rubric.category_id].append(criterion)
    return found


def answers_of(rows: Iterable[Nomination]) -> Answers:
    found: Answers = defaultdict(dict)
    for answer in Answer.objects.filter(nomination__in=[row.pk for row in rows]):
        found[answer.nomination_id][answer.criterion_id] = answer
    return found


def read(rows: Iterable[Nomination]) -> AskedAndAnswered:
    return AskedAndAnswered(criteria_of(rows), answers_of(rows))


def completeness(nominations: Iterable[Nomination], known: AskedAndAnswered | None = None) -> dict[int, Completeness]:
    """The completeness of each nomination by its primary key; ``known`` is ``read(nominations)``.

    Needs ``selection__edition`` and ``candidate__region`` loaded; the number of queries depends on the selections, not
    on the nominations.
    """
    rows = list(nominations)
    criteria, answers = known or read(rows)
    attached = set(
        Evidence.objects.current()
        .filter(nomination__in=[row.pk for row in rows])
        .order_by()
        .values_list("nomination", "criterion")
    )
    figures = _figures_of(rows)
    exempt = set(
        Exemption.objects.filter(nomination__in=[row.pk for row in rows]).values_list("nomination", "criterion")
    )
    applying = {
        row.pk: [one for one in criteria[row.selection_id, row.category_id] if (row.pk, one.pk) not in exempt]
        for row in rows
    }
    return {row.pk: _of(row, applying[row.pk], answers[row.pk], attached, figures) for row in rows}


def _figures_of(rows: list[Nomination]) -> Figures:
    years = {row.selection.edition.coverage_year for row in rows}
    found = Coverage.objects.filter(
        region__in={row.candidate.region_id for row in rows}, year__in=years | {year - 1 for year in years}
    )
    facts = found.order_by().values_list("region", "year", "segment", "state", "locked_at")
    return {(region, year, segment): (state, locked is not None) for region, year, segment, state, locked in facts}


def _asked_figures(nomination: Nomination, criteria: list[Criterion], figures: Figures) -> list[AskedFigure]:
    """Figures of the edition's year, and of the year before where growth is a criterion; latest year first."""
    last = nomination.selection.edition.coverage_year
    asked: dict[tuple[int, int], Segment] = {}
    for criterion in criteria:
        years = (last, last - 1) if KINDS[criterion.kind].counts_year_before else (last,)
        asked |= {(year, segment.pk): segment for year in years for segment in criterion.segments.all()}
    region = nomination.candidate.region_id
    found = [
        AskedFigure(segment, year, *figures.get((region, year, key), ("", False)))
        for (year, key), segment in asked.items()
    ]
    return sorted(found, key=lambda figure: (-figure.year, figure.segment.order))


def senders(region: Region) -> str:
    """Which branches send the figures of a region, by name; those of a province its regional office."""
    return (
        ", ".join(map(str, region.branches.all()))
        or str(region.regional_office or "")
        or _("the office that answers for the region")
    )


def _says_none(criterion: Criterion, answer: Answer | None) -> bool:
    """An answer that there is nothing to list has nothing to prove."""
    return KINDS[criterion.kind].is_listed and answer is not None and not answer.value["rows"]


def _of(
    nomination: Nomination,
    criteria: list[Criterion],
    answers: dict[int, Answer],
    attached: set[tuple[int, int]],
    figures: Figures,
) -> Completeness:
    asked = [criterion for criterion in criteria if criterion.is_answered]
    to_note = [one for one in asked if one.rules.get("note", {}).get("required") and one.pk in answers]
    to_prove = [one for one in criteria if one.evidence_required and not _says_none(one, answers.get(one.pk))]
    wanted = _asked_figures(nomination, criteria, figures)
    return Completeness(
        answers_needed=len(asked),
        notes_needed=len(to_note),
        evidence_needed=len(to_prove),
        figures_needed=len(wanted),
        unanswered=[criterion for criterion in asked if criterion.pk not in answers],
        missing_notes=[criterion for criterion in to_note if not answers[criterion.pk].note],
        missing_evidence=[criterion for criterion in to_prove if (nomination.pk, criterion.pk) not in attached],
        missing_figures=[figure for figure in wanted if not figure.state],
        unsent_figures=[figure for figure in wanted if figure.state and not figure.is_counted],
    )
