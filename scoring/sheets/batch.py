"""All drafts of one seat: which are finished, what the others lack, and handing the finished ones in together."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from awards.models import Criterion, Nomination
from awards.models.nominations import NominationQuerySet
from scoring.assignments import no_shows
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import to_score
from scoring.models import Declaration, ScoreSheet, Seat
from scoring.sheets import actions, entries, own_ranking
from scoring.sheets.lock import opened


@dataclass(frozen=True)
class DraftSheet:
    """One begun sheet: ``points`` are its weighted marks (hundredths), ``lacks`` the criteria that keep it open."""

    nomination: Nomination
    version: int
    points: int
    marks: list[tuple[Criterion, int | None]]
    without_mark: list[Criterion]
    without_words: list[Criterion]

    @property
    def is_finished(self) -> bool:
        return not (self.without_mark or self.without_words)

    @property
    def first_box(self) -> str:
        """The field to go to."""
        if self.without_mark:
            return entries.mark_box(self.without_mark[0].pk)
        return entries.remark_box(self.without_words[0].pk) if self.without_words else ""


def begun(assignment: Assignment) -> NominationQuerySet:
    """The nominations with a draft of this seat, in the order of the list."""
    declared = Declaration.objects.filter(seat=assignment.seat).order_by().values("nomination")
    listed = to_score(assignment.seat, assignment.asked).filter(pk__in=_sheets(assignment.seat).values("nomination"))
    return listed.filter(pk__in=declared).exclude(pk__in=no_shows.among(assignment.selection))


def _sheets(seat: Seat) -> QuerySet[ScoreSheet]:
    found: QuerySet[ScoreSheet] = ScoreSheet.objects.filter(seat=seat, submitted_at=None).exclude(saved_at=None)
    return found.order_by()


def drafts(assignment: Assignment, nominations: list[Nomination]) -> list[DraftSheet]:
    """Of some of the nominations ``begun``; the number of queries is fixed."""
    seat = assignment.seat
    versions = dict(_sheets(seat).filter(nomination__in=nominations).values_list("nomination_id", "version"))
    values = entries.values_of(seat, nominations)
    return [_draft(assignment, each, versions[each.pk], values[each.pk]) for each in nominations]


def _draft(assignment: Assignment, nomination: Nomination, version: int, values: entries.Values) -> DraftSheet:
    criteria = assignment.asked[nomination.category_id]
    without_mark, without_words = actions.lacking(values, assignment.seat.panel, criteria)
    marks = [(each, values.get(entries.mark_box(each.pk))) for each in criteria]
    given = [(each, None if mark is None else int(mark)) for each, mark in marks]
    points = own_ranking.weighted(values, criteria)
    return DraftSheet(nomination, version, points, given, without_mark, without_words)


def hand_in_all(assignment: Assignment, chosen: Mapping[Nomination, int]) -> tuple[int, list[str]]:
    """Hand in these sheets (nomination -> the version reviewed), each by the rules of handing in one.

    Returns how many were handed in, and why others were not; one that is refused keeps no other back.
    """
    done, refusals = 0, []
    for nomination, version in chosen.items():
        try:
            with opened(assignment.seat, nomination.pk, assignment.seat.user) as sheet:
                actions.close(sheet, version=version)
            done += 1
        except ValidationError as error:
            refusals.append(f"{nomination}: {' '.join(error.messages)}")
    return done, refusals
