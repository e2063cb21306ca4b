"""What the contact of a candidate reads about the own nomination: its state and way, and what is still to be given."""

from functools import cached_property
from typing import Any

from awards.criteria.completeness import Completeness, completeness
from awards.doors.answering import answering
from awards.models import CandidateDoor
from awards.nominations.answer_page import OF_THE_BRANCH, deadlines_of, missing
from awards.nominations.detail import CriterionFigures, Dossier
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent
from paritrana.display import formats

S = NominationState
REACHED = {
    "nomination.create": S.DRAFT.label,
    "nomination.submit": S.SENT.label,
    "nomination.return": S.RETURNED.label,
    "nomination.verify": S.VERIFIED.label,
    "nomination.shortlist": S.SHORTLISTED.label,
    "nomination.pass-over": S.NOT_SHORTLISTED.label,
    "nomination.withdraw": S.WITHDRAWN.label,
    "nomination.disqualify": S.DISQUALIFIED.label,
}


class OwnPage:
    """Answers and evidence only: figures of the region, and who did what inside the office, are not for this page."""

    def __init__(self, door: CandidateDoor) -> None:
        self.door, self.nomination = door, door.nomination

    @cached_property
    def answered_by(self) -> str:
        """Who is asked and who checks: by name and office, or the branch where nobody works now."""
        people = answering(self.door)
        branch = self.nomination.candidate.region.branches.first()
        return "; ".join(", ".join(filter(None, (one.name, one.office))) for one in people) or str(branch or "")

    @cached_property
    def lacking(self) -> Completeness:
        return completeness([self.nomination])[self.nomination.pk]

    @cached_property
    def missing(self) -> list[dict[str, str]]:
        """What the contact can give; figures of coverage are the branch's."""
        found = missing(self.nomination, self.lacking, may_answer=True, may_enter=False)
        return [one for one in found if one["kind"] not in OF_THE_BRANCH]

    @cached_property
    def rows(self) -> list[CriterionFigures]:
        return [row for row in Dossier(self.nomination).rows() if row.criterion.is_answered or row.criterion.evidence]

    @property
    def remarks(self) -> list[CriterionFigures]:
        return [row for row in self.rows if row.remark]

    @property
    def deadlines(self) -> list[dict[str, Any]]:
        return deadlines_of(self.nomination.selection, {self.nomination.state: 1})

    @property
    def way(self) -> list[dict[str, Any]]:
        """The states it went through, without anybody's name; the door's own events are the contact's to know."""
        zone = self.nomination.selection.zone_label
        events = AuditEvent.objects.of(self.nomination).filter(verb__in=REACHED)
        return [{"when": formats.moment(one.at, zone), "text": REACHED[one.verb]} for one in events]
