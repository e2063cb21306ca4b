"""What a panel judges: the criteria it marks, the nominations it marks, and how far each seat is with each of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Contest, Criterion, Nomination, Rubric, Selection
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.stages import OPEN_IN, Permission, Stage
from scoring import absence
from scoring.models import Conflict, Declaration, ScoreSheet, Seat


class Progress(models.TextChoices):
    """How far one seat is with one nomination; nothing here tells a mark."""

    NOT_BEGUN = "kosong", _("not begun")
    DRAFT = "draf", _("draft")
    HANDED_IN = "terkirim", _("handed in")
    ABSTAINED = "abstention", _("abstained")
    RECUSED = "recusal", _("recused")
    ABSENT = "absent", _("juror absent")
    NOBODY_CAME = "candidate-absent", _("nobody came")


EXCLUDED = frozenset({Progress.ABSTAINED, Progress.RECUSED})
WAITING = frozenset({Progress.NOT_BEGUN, Progress.DRAFT})
NOT_DUE = EXCLUDED | {Progress.NOBODY_CAME}
UNABLE = NOT_DUE | {Progress.ABSENT}
_BY_CONFLICT = {Conflict.Kind.ABSTENTION: Progress.ABSTAINED, Conflict.Kind.RECUSAL: Progress.RECUSED}


Asked = dict[int, list[Criterion]]
"""Category -> what its jurors are asked to mark, in the order of the rubric."""
PAGE = 50
"""Candidates on one page of a list."""
ORDER = ("category__order", "candidate__region__code", "candidate__name", "pk")
"""In which order candidates are scored; the key at the end makes it one order in every database."""


def is_scoring(selection: Selection) -> bool:
    """Whether jurors score at its present stage."""
    return Permission.SCORE in OPEN_IN[Stage(selection.stage)]


def criteria_in_force(selection: Selection, kind: Criterion.Kind) -> Asked:
    """The criteria of one kind in force in a selection, by category, in the order of the rubric.

    One query, and one for each rubric that is not locked yet or was not read by this process before.

    Empty for provincial governments in a provincial selection: no panel marks the government that appointed it.
    """
    asked: Asked = {}
    for category, candidates, rubric, locked_at in _rubrics_in_force(selection):
        is_appointing = selection.level == Level.PROVINCIAL and candidates == CandidateKind.PROVINCE
        of_kind = [] if is_appointing else [each for each in _criteria(rubric, locked_at) if each.kind == kind]
        if of_kind:
            asked[category] = of_kind
    return asked


def _rubrics_in_force(selection: Selection) -> list[tuple[int, str, int, datetime | None]]:
    """(category, kind of its candidates, rubric, when it was locked), as ``in_force`` says.

    Once every category has had its first mark they are those its contests stay with.
    """
    told = ("category_id", "category__candidate_kind", "rubric_id", "rubric__locked_at")
    contests = Contest.objects.filter(selection_id=selection.pk).order_by()
    settled = sorted(contests.values_list("category__order", "pk", *told))  # no two of the same key
    if all(rubric for *_order, _category, _kind, rubric, _locked_at in settled):
        return [row[2:] for row in settled]
    return list(
        Rubric.objects.in_force(selection).values_list("category_id", "category__candidate_kind", "pk", "locked_at")
    )


def criteria_of(rubric: Rubric) -> list[Criterion]:
    """Every criterion of a rubric in its order; of a locked one read once, since the database lets nobody change it."""
    return list(_criteria(rubric.pk, rubric.locked_at))


def _criteria(rubric: int, locked_at: datetime | None) -> tuple[Criterion, ...]:
    return _criteria_read(rubric) if locked_at is None else _criteria_kept(rubric, locked_at)


def _criteria_read(rubric: int) -> tuple[Criterion, ...]:
    found = Criterion.objects.filter(aspect__rubric=rubric).select_related("aspect__rubric")
    return tuple(found.order_by("aspect__order", "order"))


@lru_cache(maxsize=200)
def _criteria_kept(rubric: int, locked_at: datetime) -> tuple[Criterion, ...]:
    """The moment of the lock tells it from a rubric of the same number in another database."""
    return _criteria_read(rubric)


def nobody_came(attended: str | None, rubric: Rubric) -> bool:
    """Whether this level, empty while none is recorded, says so under this rubric."""
    return bool(attended) and attended in absence.levels(criteria_of(rubric))


def marked_criteria(nomination: Nomination) -> list[Criterion]:
    """What jurors mark for this nomination, in the order of its rubric; empty when they mark nothing."""
    return criteria_in_force(nomination.selection, Criterion.Kind.MARK).get(nomination.category_id, [])


def marked_nominations(selection: Selection, asked: Asked | None = None) -> models.QuerySet[Nomination]:
    """The interview list in its order, as far as its rubrics ask jurors for marks.

    ``asked`` spares a query where the criteria in force are at hand. Each carries ``attended``, the level recorded.
    """
    asked = criteria_in_force(selection, Criterion.Kind.MARK) if asked is None else asked
    listed = marked_bare(selection, asked).select_related("category", "candidate__region")
    return listed.annotate(attended=models.F("interview__attended")).order_by(*ORDER)


def marked_bare(selection: Selection, asked: Asked) -> models.QuerySet[Nomination]:
    """The same rows with nothing besides, in no order."""
    listed = Nomination.objects.filter(selection_id=selection.pk, category_id__in=list(asked))
    return listed.on_interview_list().order_by()


def _about(rows: models.QuerySet[Any], nominations: list[Nomination]) -> models.QuerySet[Any]:
    """Those about these nominations, when they are a page of them: thousands of keys cost more than rows in vain."""
    return rows.filter(nomination__in=nominations) if len(nominations) <= PAGE else rows


def progress(seats: Iterable[Seat], nominations: Iterable[Nomination]) -> dict[tuple[int, int], Progress]:
    """(seat, nomination of one selection) -> how far; a few queries whatever their number.

    A conflict outweighs that nobody came, and that a sheet.
    """
    seats, nominations = list(seats), list(nominations)
    absent = absence.among(nominations[0].selection_id) if nominations else frozenset()
    told = {(seat.pk, nomination.pk): Progress.NOT_BEGUN for seat in seats for nomination in nominations}
    sheets = _about(ScoreSheet.objects.filter(seat__in=seats).order_by(), nominations)
    moments = ("submitted_at", "absent_at")
    for seat, nomination, handed_in, juror_absent in sheets.values_list("seat_id", "nomination_id", *moments):
        if (seat, nomination) in told:
            told[seat, nomination] = _how_far(handed_in, juror_absent)
    for seat, nomination in told:
        if nomination in absent:
            told[seat, nomination] = Progress.NOBODY_CAME
    conflicts = _about(Conflict.objects.filter(seat__in=seats).order_by(), nominations)
    for seat, nomination, kind in conflicts.values_list("seat_id", "nomination_id", "kind"):
        if (seat, nomination) in told:
            told[seat, nomination] = _BY_CONFLICT[Conflict.Kind(kind)]
    return told


def _how_far(handed_in: datetime | None, absent: datetime | None) -> Progress:
    if handed_in is not None:
        return Progress.HANDED_IN
    return Progress.DRAFT if absent is None else Progress.ABSENT


@dataclass(frozen=True)
class Tally:
    """Of one seat and all it is asked about: sheets handed in, still owed, and due from a juror who is able to come."""

    handed_in: int
    owed: int
    due: int
    able: int


def progress_of_all(seats: Iterable[Seat], rows: models.QuerySet[Nomination]) -> dict[tuple[int, int], Progress]:
    """As ``progress``; of thousands of nominations nothing but the keys is read."""
    return progress(seats, rows.select_related(None).order_by().only("selection_id"))


def tallies(seats: Iterable[Seat], states: dict[tuple[int, int], Progress]) -> dict[int, Tally]:
    """Seat -> its tally, from all the states ``progress_of_all`` told of these seats."""
    told: dict[int, Counter[Progress]] = {seat.pk: Counter() for seat in seats}
    for (seat, _nomination), state in states.items():
        told[seat][state] += 1
    return {
        seat: Tally(
            handed_in=of[Progress.HANDED_IN],
            owed=sum(of[state] for state in WAITING),
            due=of.total() - sum(of[state] for state in NOT_DUE),
            able=of.total() - sum(of[state] for state in UNABLE),
        )
        for seat, of in told.items()
    }


@dataclass(frozen=True)
class Strength:
    """How many jurors stand behind one nomination: ``able`` are neither kept out nor absent, ``handed_in`` have given
    their marks."""

    able: int
    handed_in: int
    quorum: int

    @property
    def is_short(self) -> bool:
        """Fewer than the quorum could score it at all."""
        return self.able < self.quorum

    @property
    def is_below(self) -> bool:
        """Fewer than the quorum have handed in."""
        return self.handed_in < self.quorum


def strengths(
    seats: Iterable[Seat], nominations: Iterable[Nomination], states: dict[tuple[int, int], Progress], quorum: int
) -> dict[int, Strength]:
    """Nomination -> its strength, from the states ``progress`` told of these seats; observers count nowhere.

    Where nobody came nobody is needed.
    """
    counting = [seat.pk for seat in seats if not seat.is_observer]
    told = {}
    for nomination in nominations:
        of = [states[seat, nomination.pk] for seat in counting]
        told[nomination.pk] = Strength(
            able=sum(state not in UNABLE for state in of),
            handed_in=of.count(Progress.HANDED_IN),
            quorum=0 if Progress.NOBODY_CAME in of else quorum,
        )
    return told


def undeclared(seat: Seat, nominations: Iterable[Nomination]) -> list[Nomination]:
    """The nominations about which this seat has said neither "no conflict" nor "I keep out"."""
    nominations = list(nominations)
    said: set[int] = set()
    for kind in (Declaration, Conflict):
        told = _about(kind.objects.filter(seat=seat).order_by(), nominations)
        said |= set(told.values_list("nomination_id", flat=True))
    return [nomination for nomination in nominations if nomination.pk not in said]


def to_score(seat: Seat, asked: Asked | None = None) -> models.QuerySet[Nomination]:
    """What this seat scores: the interview list without those it keeps out of."""
    kept_out = Conflict.objects.filter(seat=seat).order_by().values("nomination")
    return marked_nominations(seat.panel.selection, asked).exclude(pk__in=kept_out)


@dataclass(frozen=True)
class Board:
    """One juror's own overview of some nominations, in order: how far each is, which wait for a declaration."""

    seat: Seat
    nominations: list[Nomination]
    states: dict[int, Progress]
    undeclared: frozenset[int]

    @property
    def to_score(self) -> list[Nomination]:
        return [each for each in self.nominations if self.states[each.pk] not in EXCLUDED]


def board(seat: Seat, nominations: Iterable[Nomination] | None = None) -> Board:
    """Of these nominations, or of all there are to mark; the same few queries for any number."""
    nominations = list(marked_nominations(seat.panel.selection) if nominations is None else nominations)
    states = progress([seat], nominations)
    return Board(
        seat=seat,
        nominations=nominations,
        states={nomination.pk: states[seat.pk, nomination.pk] for nomination in nominations},
        undeclared=frozenset(nomination.pk for nomination in undeclared(seat, nominations)),
    )
