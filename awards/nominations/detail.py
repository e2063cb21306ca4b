"""The data of one nomination's page: figures of its criteria, answers and history."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.criteria import answers
from awards.criteria.completeness import rubric_criteria
from awards.criteria.kinds import KINDS
from awards.criteria.listed import Listed
from awards.models import Answer, Criterion, Evidence, Nomination
from awards.nominations import row_files
from awards.nominations.row_files import TextOfRow
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent
from paritrana.display import formats
from regions.models import Coverage, Segment, State

EVENTS = {
    "nomination.create": _("nominated it"),
    "nomination.answer": _("changed the answers"),
    "door.invite": _("invited a contact of the candidate"),
    "door.enter": _("came in as contact of the candidate"),
    "door.hand-over": _("handed it over to the branch"),
    "door.take-over": _("took it over from the contact"),
    "door.give-back": _("gave it back to the contact"),
    "door.close": _("closed the access of the candidate"),
    "evidence.attach": _("attached evidence"),
    "evidence.take-back": _("took evidence back"),
    "nomination.clear": _("cleared it although it is not eligible"),
    "nomination.revoke-clearing": _("took the clearing back"),
    "nomination.submit": _("sent it for verification"),
    "nomination.return": _("returned it for repair"),
    "nomination.verify": _("verified it"),
    "nomination.shortlist": _("put it on the interview list"),
    "nomination.pass-over": _("did not put it on the interview list"),
    "nomination.withdraw": _("withdrew it"),
    "nomination.disqualify": _("disqualified it"),
    "nomination.reinstate": _("reinstated it"),
    "nomination.propose": _("proposed it to the national selection"),
}


@dataclass(frozen=True)
class SegmentFigures:
    """One segment of the region: the figures of the edition's year and of the year before, if any."""

    segment: Segment
    now: Coverage | None
    before: Coverage | None


@dataclass(frozen=True)
class CriterionFigures:
    """The figures of one criterion.

    ``part`` of ``whole`` are people; ``growth`` is hundredths of a percentage point. ``state`` is that of the least
    advanced figure used; empty without figures.
    """

    criterion: Criterion
    part: int | None = None
    whole: int | None = None
    growth: int | None = None
    reason: str | Promise = ""
    answer: Answer | None = None
    files: list[Evidence] = field(default_factory=list)
    remark: str = ""
    state: State | None = None

    @property
    def known_as(self) -> str:
        """``share`` or ``growth`` for kinds computed from coverage."""
        return KINDS[self.criterion.kind].known_as

    @property
    def listed(self) -> list[TextOfRow]:
        """The rows of an answer that is a list, each with its file."""
        kind = KINDS[self.criterion.kind]
        if not isinstance(kind, Listed) or not self.answer:
            return []
        return row_files.linked(kind.row_texts(self.criterion, self.answer.value), self.files)

    @property
    def answer_text(self) -> str:
        """The answer as text."""
        given = self.answer
        return answers.in_words(self.criterion, given.value) if given else ""


_ADVANCING = (State.DRAFT, State.RETURNED, State.SENT, State.VERIFIED)


class Dossier:
    """Reads with a fixed number of queries; needs ``Nomination.objects.with_context()``."""

    def __init__(self, nomination: Nomination) -> None:
        self.nomination = nomination
        self.year = nomination.selection.edition.coverage_year
        self.criteria = rubric_criteria(nomination.selection, nomination.category)
        found = Coverage.objects.filter(region=nomination.candidate.region_id, year__in=[self.year - 1, self.year])
        rows = found.select_related("segment", "definition", "region__parent").with_notes().with_corrections()
        self._figures = {(row.year, row.segment_id): row for row in rows}
        self._files: dict[int, list[Evidence]] = defaultdict(list)
        for file in nomination.evidence.current():
            self._files[file.criterion_id].append(file)
        self._remarks = nomination.open_remarks()
        self._answers = {row.criterion_id: row for row in nomination.answers.select_related("criterion")}

    def segments(self) -> list[SegmentFigures]:
        asked = {segment.pk: segment for criterion in self.criteria for segment in criterion.segments.all()}
        return [
            SegmentFigures(segment, self._figures.get((self.year, pk)), self._figures.get((self.year - 1, pk)))
            for pk, segment in sorted(asked.items(), key=lambda item: item[1].order)
        ]

    @property
    def figures(self) -> list[Coverage]:
        """The figures of the region in the two years the rubric uses."""
        return [figure for row in self.segments() for figure in (row.now, row.before) if figure]

    def rows(self) -> list[CriterionFigures]:
        return [
            replace(self._row(one), files=self._files[one.pk], remark=self._remarks.get(one.pk, ""))
            for one in self.criteria
        ]

    def _row(self, criterion: Criterion) -> CriterionFigures:
        known = KINDS[criterion.kind].known(criterion, self)
        return CriterionFigures(criterion, answer=self._answers.get(criterion.pk), **known)

    def counts(self, criterion: Criterion, year: int) -> tuple[int | None, int | None]:
        """Participants and workers over all segments of the criterion; None when one is missing."""
        figures = [self._figures.get((year, segment.pk)) for segment in criterion.segments.all()]
        if not figures or None in figures:
            return None, None
        return sum(f.participants for f in figures if f), sum(f.workers for f in figures if f)

    def state(self, criterion: Criterion, *years: int) -> State | None:
        """The state of the least advanced figure."""
        places = [(year, segment.pk) for year in years for segment in criterion.segments.all()]
        states = {State(self._figures[place].state) for place in places if place in self._figures}
        return next((state for state in _ADVANCING if state in states), None)

    def definitions(self, criterion: Criterion, year: int) -> list[int]:
        """The definition of each of these figures."""
        return [self._figures[year, segment.pk].definition_id for segment in criterion.segments.all()]

    def history(self) -> list[dict[str, Any]]:
        """What happened, oldest first, as text."""
        zone = self.nomination.selection.zone_label
        events = AuditEvent.objects.of(self.nomination).filter(verb__in=EVENTS).select_related("actor")
        return [
            {
                "when": formats.moment(event.at, zone),
                "who": event.actor or _("The system"),
                "text": ": ".join(filter(None, [str(EVENTS[event.verb]), _detail_text(event.detail)])),
            }
            for event in events
        ]

    @property
    def is_waiting_for_nominator(self) -> bool:
        return self.nomination.state in {NominationState.DRAFT, NominationState.RETURNED}


def _detail_text(detail: dict[str, Any]) -> str:
    return detail.get("reason") or detail.get("file") or ""
