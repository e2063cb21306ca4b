"""The chair's dashboard: every candidate with every juror; states until the panel closes, then marks and flags.

The permission SEE_MARKS decides which; marks of candidates the reader has a conflict of interest with are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from awards import permissions
from awards.models import Criterion, Nomination, Selection
from awards.models.nominations import NominationQuerySet
from awards.stages import Permission
from paritrana.accounts.models import User
from scoring.assignments import progress
from scoring.assignments.criteria import criteria_in_force, marked_nominations
from scoring.assignments.progress import WAITING, Progress
from scoring.models import Conflict, Note, Panel, Seat
from scoring.plenary import flags
from scoring.plenary.consistency import Marks, own_values
from scoring.plenary.flags import Flag
from scoring.standings.inputs import counting_marks


@dataclass(frozen=True)
class JurorCell:
    """One juror and one candidate; ``value`` is the juror's weighted mean in hundredths, where visible."""

    seat: Seat
    state: Progress
    value: int | None = None
    marks: list[int | None] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True)
class DashboardRow:
    nomination: Nomination
    criteria: list[Criterion]
    cells: list[JurorCell]
    strength: progress.Strength
    has_note: bool
    is_hidden: bool
    spreads: list[int | None] = field(default_factory=list)
    """Per criterion, in order: the difference of its largest and smallest mark."""
    flags: list[Flag] = field(default_factory=list)

    @property
    def widest(self) -> int | None:
        return max((one for one in self.spreads if one is not None), default=None)

    @property
    def wide(self) -> list[tuple[Criterion, Flag]]:
        """The criteria to discuss, because their marks differ widely."""
        named = {one.pk: one for one in self.criteria}
        return [(named[flag.where], flag) for flag in self.flags if flag.code == "spread"]

    @property
    def questions(self) -> int:
        return len(self.flags) + sum(len(cell.flags) for cell in self.cells)


@dataclass(frozen=True)
class Room:
    panel: Panel
    seats: list[Seat]
    rows: list[DashboardRow]
    """For the candidates requested."""
    tallies: dict[int, progress.Tally]
    """Seat -> its tally over all candidates."""
    shows_marks: bool

    def sheets_due(self) -> list[tuple[Seat, int]]:
        """The jurors with sheets due, and how many; without observers."""
        return [(seat, self.tallies[seat.pk].owed) for seat in self._counting if self.tallies[seat.pk].owed]

    @property
    def _counting(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.is_observer]

    @property
    def done(self) -> int:
        return sum(self.tallies[seat.pk].handed_in for seat in self._counting)

    @property
    def due(self) -> int:
        return sum(self.tallies[seat.pk].able for seat in self._counting)

    def row_of(self, pk: int) -> DashboardRow | None:
        return next((row for row in self.rows if row.nomination.pk == pk), None)


def listed_for(selection: Selection, reader: User) -> NominationQuerySet:
    """The candidates in this reader's dashboard, in order."""
    return marked_nominations(selection).visible_to(reader)


def room(selection: Selection, reader: User, shown: Iterable[Nomination] | None = None) -> Room:
    """The rows ``shown``, or all, of ``listed_for`` the reader; the number of queries is fixed."""
    panel = Panel.objects.filter(selection=selection).select_related("closed_by").first() or Panel()
    listed = listed_for(selection, reader)
    nominations = list(listed if shown is None else shown)
    for nomination in nominations:
        nomination.selection = selection
    seats = list(Seat.objects.sitting().visible_to(reader).with_people().filter(panel__selection=selection))
    states = progress.progress_of_all(seats, listed)
    strengths = progress.strengths(seats, nominations, states, panel.quorum)
    shows_marks = permissions.may(reader, Permission.SEE_MARKS, selection)
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    marked = listed.order_by().values("pk") if shows_marks else []
    marks = counting_marks([one for each in criteria.values() for one in each], marked) if shows_marks else {}
    mine = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=reader)
    hidden = set(mine.values_list("nomination", flat=True))
    noted = set(Note.objects.filter(nomination__in=nominations).values_list("nomination", flat=True))
    every_nomination = listed.select_related(None).order_by().only("category_id") if shows_marks else []
    whole = {each.pk: own_values(each, criteria[each.category_id], marks) for each in every_nomination}
    rows = []
    for each in nominations:
        asked = criteria[each.category_id]
        cells = [JurorCell(seat, states[seat.pk, each.pk]) for seat in seats]
        row = DashboardRow(each, asked, cells, strengths[each.pk], each.pk in noted, each.pk in hidden)
        rows.append(row if row.is_hidden or not shows_marks else _marked(row, panel, marks, whole))
    return Room(panel, seats, rows, progress.tallies(seats, states), shows_marks)


def _marked(row: DashboardRow, panel: Panel, marks: Marks, whole: dict[int, dict[int, int]]) -> DashboardRow:
    """The row with its counting marks and flags."""
    key = row.nomination.pk
    given = {one.pk: marks.get((key, one.pk), {}) for one in row.criteria}
    by_criterion = {one: list(of.values()) for one, of in given.items()}
    spreads = flags.spreads(by_criterion)
    cells = []
    for cell in row.cells:
        order = cell.seat.order
        own = [of.get(order) for of in given.values()]
        asked = flags.missing([cell.seat.pk]) if cell.is_due and not cell.seat.is_observer else []
        asked += flags.all_equal({cell.seat.pk: [mark for mark in own if mark is not None]})
        asked += flags.out_of_habit(_of_seat(whole, order), key, cell.seat.pk)
        cells.append(JurorCell(cell.seat, cell.state, whole[key].get(order), own, asked))
    return DashboardRow(
        row.nomination,
        row.criteria,
        cells,
        row.strength,
        row.has_note,
        row.is_hidden,
        spreads=[spreads.get(one.pk) for one in row.criteria],
        flags=flags.spread(by_criterion, panel.spread_limit),
    )


def _of_seat(whole: dict[int, dict[int, int]], order: int) -> dict[int, int]:
    return {nomination: values[order] for nomination, values in whole.items() if order in values}
