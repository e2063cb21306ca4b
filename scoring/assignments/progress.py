from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Nomination, Selection
from scoring.assignments import no_shows, rooms
from scoring.assignments.criteria import _about, criteria_in_force, judged_by, marked_who_came
from scoring.models import Conflict, Declaration, ScoreSheet, Seat
from scoring.models.rooms import in_another_room


class Progress(models.TextChoices):
    """The state of one seat's sheet for one nomination, without any mark."""

    NOT_BEGUN = "kosong", _("not begun")
    DRAFT = "draf", _("draft")
    HANDED_IN = "terkirim", _("handed in")
    ABSTAINED = "abstention", _("abstained")
    RECUSED = "recusal", _("recused")
    ABSENT = "absent", _("juror absent")
    NOBODY_CAME = "candidate-absent", _("nobody came")
    OTHER_ROOM = "other-room", _("another room judges")


EXCLUDED = frozenset({Progress.ABSTAINED, Progress.RECUSED, Progress.OTHER_ROOM})
WAITING = frozenset({Progress.NOT_BEGUN, Progress.DRAFT})
NOT_DUE = EXCLUDED | {Progress.NOBODY_CAME}
UNABLE = NOT_DUE | {Progress.ABSENT}
_BY_CONFLICT = {Conflict.Kind.ABSTENTION: Progress.ABSTAINED, Conflict.Kind.RECUSAL: Progress.RECUSED}


def progress(seats: Iterable[Seat], nominations: Iterable[Nomination]) -> dict[tuple[int, int], Progress]:
    """(seat, nomination of one selection) -> state; a fixed number of queries.

    A conflict of interest has priority over another room, that over an absent candidate, and that over the sheet.
    """
    seats, nominations = list(seats), list(nominations)
    absent = no_shows.among(nominations[0].selection_id) if nominations else frozenset()
    states = {(seat.pk, nomination.pk): Progress.NOT_BEGUN for seat in seats for nomination in nominations}
    sheets = _about(ScoreSheet.objects.filter(seat__in=seats).order_by(), nominations)
    for seat, nomination, how_far in sheets.values_list("seat_id", "nomination_id", _HOW_FAR):
        if (seat, nomination) in states:
            states[seat, nomination] = _OF_SHEETS[how_far]
    for seat, nomination in states:
        if nomination in absent:
            states[seat, nomination] = Progress.NOBODY_CAME
    if nominations:
        outside = rooms.elsewhere(nominations[0].selection_id, seats)
        states |= dict.fromkeys(outside & states.keys(), Progress.OTHER_ROOM)
    conflicts = _about(Conflict.objects.filter(seat__in=seats).order_by(), nominations)
    for seat, nomination, kind in conflicts.values_list("seat_id", "nomination_id", "kind"):
        if (seat, nomination) in states:
            states[seat, nomination] = _BY_CONFLICT[Conflict.Kind(kind)]
    return states


_OF_SHEETS = {one.value: one for one in (Progress.HANDED_IN, Progress.ABSENT, Progress.DRAFT)}
_HOW_FAR = models.Case(
    models.When(submitted_at__isnull=False, then=models.Value(Progress.HANDED_IN.value)),
    models.When(absent_at__isnull=False, then=models.Value(Progress.ABSENT.value)),
    default=models.Value(Progress.DRAFT.value),
)


@dataclass(frozen=True)
class SheetCount:
    """For one seat: how many it is to score, and of these how many sheets are begun, handed in, and absent."""

    due: int
    begun: int = 0
    handed_in: int = 0
    absent: int = 0
    last: datetime | None = None
    """When the last one was handed in, where that was asked."""

    @property
    def owed(self) -> int:
        return self.due - self.handed_in - self.absent

    @property
    def able(self) -> int:
        """Due from a juror who was not recorded as absent."""
        return self.due - self.absent


def progress_of_all(seats: Iterable[Seat], rows: models.QuerySet[Nomination]) -> dict[tuple[int, int], Progress]:
    """As ``progress`` for thousands of nominations; loads only the keys."""
    return progress(seats, keys_of(rows.order_by()))


def keys_of(rows: models.QuerySet[Nomination]) -> list[Nomination]:
    """Thousands of nominations with their keys alone; ``criteria.named`` loads the names of those that are shown."""
    return list(rows.select_related(None).only("selection_id", "category_id", "candidate_id"))


def tallies(seats: Iterable[Seat], states: dict[tuple[int, int], Progress]) -> dict[int, SheetCount]:
    """Seat -> its sheets, from all the states that ``progress_of_all`` gave for these seats."""
    counters: dict[int, Counter[Progress]] = {seat.pk: Counter() for seat in seats}
    for (seat, _nomination), state in states.items():
        counters[seat][state] += 1
    return {
        seat: SheetCount(
            due=of.total() - sum(of[state] for state in NOT_DUE),
            begun=of[Progress.DRAFT] + of[Progress.HANDED_IN],
            handed_in=of[Progress.HANDED_IN],
            absent=of[Progress.ABSENT],
        )
        for seat, of in counters.items()
    }


def counted(selection: Selection, seats: Iterable[Seat]) -> dict[int, SheetCount]:
    """Seat -> its sheets over all it judges; counted by the database, so thousands of candidates are not read."""
    seats = list(seats)
    keys = [seat.pk for seat in seats]
    came = marked_who_came(selection, criteria_in_force(selection, Criterion.Kind.MARK))
    judged = Q(seat__in=keys, nomination__in=came.values("pk"))
    if others := rooms.elsewhere(selection, seats):
        judged = Q(judged, ~in_another_room("seat", "nomination__"))
    conflict = Conflict.objects.filter(seat=OuterRef("seat"), nomination=OuterRef("nomination"))
    is_absent = Q(submitted_at=None, absent_at__isnull=False)
    sheets = ScoreSheet.objects.filter(judged, ~Exists(conflict)).order_by().values("seat")
    numbers = sheets.annotate(
        begun=Count("pk", filter=~is_absent),
        handed_in=Count("submitted_at"),
        absent=Count("pk", filter=is_absent),
        last=Max("submitted_at"),
    )
    of_seat = {seat: found for seat, *found in numbers.values_list("seat", "begun", "handed_in", "absent", "last")}
    out = Counter(Conflict.objects.filter(judged).order_by().values_list("seat", flat=True))
    if others:
        listed = set(came.values_list("pk", flat=True))
        out.update(seat for seat, nomination in others if nomination in listed)
    of = came.count()
    return {key: SheetCount(of - out[key], *of_seat.get(key, ())) for key in keys}


@dataclass(frozen=True)
class Strength:
    """The jurors of one nomination: ``able`` have no conflict and are not absent, ``handed_in`` gave their marks."""

    able: int
    handed_in: int
    quorum: int
    room: str = ""
    """The room that judges it; empty for the whole panel."""

    @property
    def is_short(self) -> bool:
        """Fewer jurors than the quorum are able to score it."""
        return self.able < self.quorum

    @property
    def is_below(self) -> bool:
        """Fewer jurors than the quorum have handed in."""
        return self.handed_in < self.quorum


def strengths(
    seats: Iterable[Seat], nominations: Iterable[Nomination], states: dict[tuple[int, int], Progress], quorum: int
) -> dict[int, Strength]:
    """Nomination -> its strength, from the states of ``progress``; without observers.

    Absent candidates need no jurors; a room has a quorum of its own.
    """
    counting, nominations = [seat.pk for seat in seats if not seat.is_observer], list(nominations)
    judging = rooms.of_nominations(nominations[0].selection_id) if nominations else {}
    strengths_by_nomination = {}
    for nomination in nominations:
        room = judging.get(nomination.pk)
        of = [states[seat, nomination.pk] for seat in counting]
        strengths_by_nomination[nomination.pk] = Strength(
            able=sum(state not in UNABLE for state in of),
            handed_in=of.count(Progress.HANDED_IN),
            quorum=0 if Progress.NOBODY_CAME in of else room.quorum if room else quorum,
            room=room.name if room else "",
        )
    return strengths_by_nomination


def undeclared(seat: Seat, nominations: Iterable[Nomination]) -> list[Nomination]:
    """The nominations about which this seat has declared neither "no conflict" nor a conflict of interest."""
    nominations = list(nominations)
    declared: set[int] = set()
    for kind in (Declaration, Conflict):
        rows = _about(kind.objects.filter(seat=seat).order_by(), nominations)
        declared |= set(rows.values_list("nomination_id", flat=True))
    return [nomination for nomination in nominations if nomination.pk not in declared]


@dataclass(frozen=True)
class Board:
    """One juror's overview of some nominations, in order: their states, and which lack a declaration."""

    seat: Seat
    nominations: list[Nomination]
    states: dict[int, Progress]
    undeclared: frozenset[int]

    @property
    def to_score(self) -> list[Nomination]:
        return [each for each in self.nominations if self.states[each.pk] not in EXCLUDED]


def board(seat: Seat, nominations: Iterable[Nomination] | None = None) -> Board:
    """For these nominations, or all this seat judges; the number of queries is fixed."""
    nominations = list(judged_by(seat) if nominations is None else nominations)
    states = progress([seat], nominations)
    return Board(
        seat=seat,
        nominations=nominations,
        states={nomination.pk: states[seat.pk, nomination.pk] for nomination in nominations},
        undeclared=frozenset(nomination.pk for nomination in undeclared(seat, nominations)),
    )
