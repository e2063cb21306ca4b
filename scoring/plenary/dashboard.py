"""The chair's dashboard: every candidate with every juror; states until the panel closes, then marks and flags.

The permission SEE_MARKS decides which; marks of candidates the reader has a conflict of interest with are hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from awards import permissions
from awards.models import Criterion, Nomination, Selection
from awards.models.nominations import NominationQuerySet
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.display.listing import listed
from scoring.assignments import progress
from scoring.assignments.criteria import AskedCriteria, criteria_in_force, marked_nominations
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
    note: Note | None
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
    def is_to_discuss(self) -> bool:
        """Its marks differ widely, and no discussion is recorded."""
        return bool(self.wide) and not (self.note and self.note.is_discussion)

    @property
    def questions(self) -> int:
        return len(self.flags) + sum(len(cell.flags) for cell in self.cells)


@dataclass(frozen=True)
class OpenQuestion:
    """One kind of question about single jurors, and where it is asked: over all candidates."""

    code: str
    cases: list[tuple[DashboardRow, JurorCell]]

    @property
    def words(self) -> str:
        return str(flags.WORDS[self.code])


@dataclass(frozen=True)
class Room:
    panel: Panel
    seats: list[Seat]
    rows: list[DashboardRow]
    """All candidates, or those requested."""
    tallies: dict[int, progress.SheetCount]
    """Seat -> its tally over all candidates."""
    shows_marks: bool
    shows_questions: bool
    """Whether it says which candidates are to be discussed: as soon as the panel is closed, still without a mark."""
    bounds: dict[int, int] = field(default_factory=dict)
    """Category -> the spread beyond which a candidate is to be discussed."""

    @cached_property
    def has_categories(self) -> bool:
        """Whether its candidates are of several categories, which then stand under their names."""
        return len({row.nomination.category_id for row in self.rows}) > 1

    @cached_property
    def to_discuss(self) -> list[DashboardRow]:
        return [row for row in self.rows if row.is_to_discuss]

    @cached_property
    def discussed(self) -> list[DashboardRow]:
        return [row for row in self.rows if row.wide and not row.is_to_discuss]

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        """What is asked about single jurors, kind by kind; kinds nobody is asked about are left out."""
        asked: dict[str, list[tuple[DashboardRow, JurorCell]]] = {}
        for row in self.rows:
            for cell in row.cells:
                for flag in cell.flags:
                    asked.setdefault(flag.code, []).append((row, cell))
        return [OpenQuestion(code, asked[code]) for code in flags.WORDS if code in asked]

    @cached_property
    def short(self) -> list[DashboardRow]:
        """Candidates fewer jurors than the quorum are able to score."""
        return [row for row in self.rows if row.strength.is_short]

    @property
    def exceptions(self) -> list[DashboardRow]:
        """What is listed above the matrix."""
        of_jurors = [row for question in self.questions for row, _cell in listed(question.cases)]
        return [*listed(self.to_discuss), *listed(self.discussed), *listed(self.short), *of_jurors]

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


def listed_for(selection: Selection, reader: User, asked: AskedCriteria | None = None) -> NominationQuerySet:
    """The candidates in this reader's dashboard, in order; ``asked`` are the criteria in force, if loaded."""
    return marked_nominations(selection, asked).visible_to(reader)


def room(selection: Selection, reader: User, shown: Iterable[Nomination] | None = None) -> Room:
    """The rows ``shown``, or all, of ``listed_for`` the reader; the number of queries is fixed.

    Of all candidates only the keys are loaded: ``criteria.named`` loads the names of those a page shows.
    """
    panel = Panel.objects.filter(selection=selection).select_related("closed_by").first() or Panel()
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    judged = listed_for(selection, reader, criteria)
    every = progress.keys_of(judged)
    nominations = every if shown is None else list(shown)
    for nomination in nominations:
        nomination.selection = selection
    seats = list(Seat.objects.sitting().visible_to(reader).with_people().filter(panel__selection=selection))
    states = progress.progress(seats, every)
    strengths = progress.strengths(seats, nominations, states, panel.quorum)
    granted = permissions.granted(reader, selection)
    shows_marks = Permission.SEE_MARKS in granted
    shows_questions = shows_marks or (panel.closed_at is not None and Permission.GUIDE_PANEL in granted)
    marked = judged.order_by().values("pk") if shows_questions else []
    marks = counting_marks([one for of in criteria.values() for one in of], marked) if shows_questions else {}
    mine = Conflict.objects.filter(seat__panel__selection=selection, seat__appointment__user=reader)
    hidden = set(mine.values_list("nomination", flat=True))
    noted = Note.objects.filter(nomination__selection=selection).order_by("version")
    notes = {
        note.nomination_id: note for note in (noted if shown is None else noted.filter(nomination__in=nominations))
    }
    whole = {each.pk: own_values(each, criteria[each.category_id], marks) for each in every} if shows_marks else {}
    usual = _habits(seats, whole)
    bounds, rows = _bounds(criteria, marks, panel), []
    for each in nominations:
        cells = [JurorCell(seat, states[seat.pk, each.pk]) for seat in seats]
        of_category, note = criteria[each.category_id], notes.get(each.pk)
        row = DashboardRow(each, of_category, cells, strengths[each.pk], note, each.pk in hidden)
        if not row.is_hidden and shows_questions:
            row = _marked(row, bounds, marks, whole, usual) if shows_marks else _asked(row, bounds, marks)
        rows.append(row)
    return Room(panel, seats, rows, progress.tallies(seats, states), shows_marks, shows_questions, bounds)


def _bounds(criteria: AskedCriteria, marks: Marks, panel: Panel) -> dict[int, int]:
    """Category -> the spread beyond which a candidate of it is to be discussed."""
    category_of = {one.pk: category for category, asked in criteria.items() for one in asked}
    sizes: dict[int, list[int]] = {category: [] for category in criteria}
    for (nomination, criterion), given in marks.items():
        sizes[category_of[criterion]] += flags.spreads({nomination: list(given.values())}).values()
    return {category: flags.bound(found, panel.spread_limit) for category, found in sizes.items()}


def _asked(row: DashboardRow, bounds: dict[int, int], marks: Marks) -> DashboardRow:
    """The row with the criteria to discuss, and no figure: the plenary has not begun."""
    given = {one.pk: list(marks.get((row.nomination.pk, one.pk), {}).values()) for one in row.criteria}
    found = flags.spread(given, bounds[row.nomination.category_id])
    return replace(row, flags=[replace(flag, size=0) for flag in found])


def _habits(seats: list[Seat], whole: dict[int, dict[int, int]]) -> dict[int, flags.Habit | None]:
    """Order of the seat -> what it gives otherwise."""
    return {
        seat.order: flags.habit([values[seat.order] for values in whole.values() if seat.order in values])
        for seat in seats
    }


def _marked(
    row: DashboardRow,
    bounds: dict[int, int],
    marks: Marks,
    whole: dict[int, dict[int, int]],
    usual: dict[int, flags.Habit | None],
) -> DashboardRow:
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
        asked += flags.out_of_habit(whole[key].get(order), usual[order], cell.seat.pk)
        cells.append(JurorCell(cell.seat, cell.state, whole[key].get(order), own, asked))
    found = flags.spread(by_criterion, bounds[row.nomination.category_id])
    sizes = [spreads.get(one.pk) for one in row.criteria]
    return replace(row, cells=cells, spreads=sizes, flags=found)
