"""What a panel judges: the criteria it marks, the nominations it marks, and how far each seat is with each of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Nomination, Rubric, Selection
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.stages import OPEN_IN, Permission, Stage
from scoring.models import Conflict, Declaration, ScoreSheet, Seat


class Progress(models.TextChoices):
    """How far one seat is with one nomination; nothing here tells a mark."""

    NOT_BEGUN = "kosong", _("not begun")
    DRAFT = "draf", _("draft")
    HANDED_IN = "terkirim", _("handed in")
    ABSTAINED = "abstention", _("abstained")
    RECUSED = "recusal", _("recused")


EXCLUDED = frozenset({Progress.ABSTAINED, Progress.RECUSED})
WAITING = frozenset({Progress.NOT_BEGUN, Progress.DRAFT})
_BY_CONFLICT = {Conflict.Kind.ABSTENTION: Progress.ABSTAINED, Conflict.Kind.RECUSAL: Progress.RECUSED}


def is_scoring(selection: Selection) -> bool:
    """Whether jurors score at its present stage."""
    return Permission.SCORE in OPEN_IN[Stage(selection.stage)]


def criteria_in_force(selection: Selection, kind: Criterion.Kind) -> dict[int, list[Criterion]]:
    """The criteria of one kind in force in a selection, by category, in the order of the rubric; one query.

    Empty for provincial governments in a provincial selection: no panel marks the government that appointed it.
    """
    found = Criterion.objects.filter(kind=kind, aspect__rubric__in=Rubric.objects.in_force(selection))
    if selection.level == Level.PROVINCIAL:
        found = found.exclude(aspect__rubric__category__candidate_kind=CandidateKind.PROVINCE)
    by_category: dict[int, list[Criterion]] = {}
    for criterion in found.select_related("aspect__rubric__category"):
        by_category.setdefault(criterion.aspect.rubric.category_id, []).append(criterion)
    return by_category


def marked_criteria(nomination: Nomination) -> list[Criterion]:
    """What jurors mark for this nomination, in the order of its rubric; empty when they mark nothing."""
    return criteria_in_force(nomination.selection, Criterion.Kind.MARK).get(nomination.category_id, [])


def marked_nominations(selection: Selection) -> models.QuerySet[Nomination]:
    """The interview list, as far as its rubrics ask jurors for marks."""
    categories = list(criteria_in_force(selection, Criterion.Kind.MARK))
    return (
        Nomination.objects.filter(selection=selection, category__in=categories)
        .on_interview_list()
        .select_related("category", "candidate__region")
    )


def progress(seats: Iterable[Seat], nominations: Iterable[Nomination]) -> dict[tuple[int, int], Progress]:
    """(seat, nomination) -> how far; two queries whatever their number. A conflict outweighs a sheet."""
    seats, nominations = list(seats), list(nominations)
    told = {(seat.pk, nomination.pk): Progress.NOT_BEGUN for seat in seats for nomination in nominations}
    # By the seats alone: thousands of nominations as parameters cost more than the few rows read in vain.
    sheets = ScoreSheet.objects.filter(seat__in=seats).order_by()
    for seat, nomination, at in sheets.values_list("seat_id", "nomination_id", "submitted_at"):
        if (seat, nomination) in told:
            told[seat, nomination] = Progress.DRAFT if at is None else Progress.HANDED_IN
    conflicts = Conflict.objects.filter(seat__in=seats).order_by()
    for seat, nomination, kind in conflicts.values_list("seat_id", "nomination_id", "kind"):
        if (seat, nomination) in told:
            told[seat, nomination] = _BY_CONFLICT[Conflict.Kind(kind)]
    return told


@dataclass(frozen=True)
class Strength:
    """How many jurors stand behind one nomination: ``able`` are not kept out, ``handed_in`` have given their marks."""

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
    """Nomination -> its strength, from the states ``progress`` told of these seats; observers count nowhere."""
    counting = [seat.pk for seat in seats if not seat.is_observer]
    told = {}
    for nomination in nominations:
        of = [states[seat, nomination.pk] for seat in counting]
        told[nomination.pk] = Strength(
            able=sum(state not in EXCLUDED for state in of), handed_in=of.count(Progress.HANDED_IN), quorum=quorum
        )
    return told


def undeclared(seat: Seat, nominations: Iterable[Nomination]) -> list[Nomination]:
    """The nominations about which this seat has said neither "no conflict" nor "I keep out"."""
    said = set(Declaration.objects.filter(seat=seat).values_list("nomination_id", flat=True))
    said |= set(Conflict.objects.filter(seat=seat).values_list("nomination_id", flat=True))
    return [nomination for nomination in nominations if nomination.pk not in said]


@dataclass(frozen=True)
class Board:
    """One juror's own overview of a selection: nominations in order, how far each is, which wait for a declaration."""

    seat: Seat
    nominations: list[Nomination]
    states: dict[int, Progress]
    undeclared: frozenset[int]

    @property
    def to_score(self) -> list[Nomination]:
        return [each for each in self.nominations if self.states[each.pk] not in EXCLUDED]

    @property
    def total(self) -> int:
        return len(self.to_score)

    @property
    def done(self) -> int:
        return sum(state == Progress.HANDED_IN for state in self.states.values())

    def after(self, nomination: Nomination) -> Nomination | None:
        """The next one to score, round the end of the list; None when all others are handed in."""
        keys = [each.pk for each in self.nominations]
        here = keys.index(nomination.pk)
        others = self.nominations[here + 1 :] + self.nominations[:here]
        return next((each for each in others if self.states[each.pk] in WAITING), None)


def board(seat: Seat, *, by_key: bool = False) -> Board:
    """``by_key`` reads of each nomination its keys alone: for a page about one candidate that counts the others."""
    rows = marked_nominations(seat.panel.selection)
    nominations = list(rows.select_related(None).only("pk", "category_id", "selection_id") if by_key else rows)
    states = progress([seat], nominations)
    return Board(
        seat=seat,
        nominations=nominations,
        states={nomination.pk: states[seat.pk, nomination.pk] for nomination in nominations},
        undeclared=frozenset(nomination.pk for nomination in undeclared(seat, nominations)),
    )
