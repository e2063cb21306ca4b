"""One sheet for a title and a group: formulas from scores to contributions, totals and places."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from paritrana.display import formats
from scoring.exports.workbook.book import FIRST, TOP_ROW, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, across, at, column_of, fixed, on
from scoring.exports.workbook.raw_sheets import yes
from scoring.exports.workbook.rules_sheet import RulesSheet
from scoring.exports.workbook.scores_sheet import ScoresSheet
from scoring.exports.workbook.source import CategoryData
from scoring.standings.rankings import Group, Ranking, RankingLine

PLACE, SHARED, SCORES = 0, 1, 6
"""The columns before the scores: place, shared, code, name, region and award."""


DECISION = 1_000
"""Each decision has its own thousand; the remainder is the agreed order."""


class _Agreed(NamedTuple):
    worth: int
    first: int
    size: int
    total: int


@dataclass
class PlacesSheet:
    sheet: LiveSheet
    contest: CategoryData
    ranking: Ranking
    group: Group
    rules: RulesSheet
    scores: ScoresSheet

    def __post_init__(self) -> None:
        self.slugs = [one.slug for one in self.ranking.criteria]
        self.shares = SCORES + len(self.slugs)
        self.total = self.shares + len(self.slugs)
        self.ties = self.scores.ties_of(self.contest.rules_of(self.ranking))
        self.last = FIRST + len(self.group.lines) - 1
        self.agreed = self._agreed()
        asked = len(self.ties) + bool(self.agreed)
        self.breakers = [self.total + 2 + 2 * nth for nth in range(asked)]
        """The columns of what breaks ties as it counts, each behind the figure as it is."""
        whole = range(self.total, self.total + 2 * asked + 1)
        self.whole = {column: column_of(column, FIRST, self.last) for column in whole}
        self.yes, self.no = yes(True), yes(False)

    def total_at(self, nth: int) -> str:
        return on(self.sheet.get_name(), at(FIRST + nth, self.total))

    def place_at(self, nth: int) -> str:
        return on(self.sheet.get_name(), at(FIRST + nth, PLACE))

    def scores_at(self, nth: int) -> str:
        return on(self.sheet.get_name(), across(FIRST + nth, SCORES, self.shares - 1))

    def write(self, book: Book) -> None:
        title = f"{self.ranking.name} · {self.ranking.category} · {self.group.name}"
        rows = [self._row(FIRST + nth, line) for nth, line in enumerate(self.group.lines)]
        # A title is read as a whole, on one page; what breaks ties is printed where there was one to break.
        book.table(self.sheet, title, self._columns(), rows, keep=4, may_split=False)
        if not any(line.decided_by or line.is_tied for line in self.group.lines):
            self.sheet.print_area(0, 0, self.last, self.total)

    def _columns(self) -> list[BookColumn]:
        head = [BookColumn(_("Place"), "whole"), BookColumn(_("Shared")), BookColumn(_("Code")), BookColumn(_("Name"))]
        head += [BookColumn(_("Region")), BookColumn(_("Award"))]
        category = self.contest.rules["slug"]
        for one in self.ranking.criteria:
            weight = self.rules.weight(category, self.ranking.slug, one.slug)
            head.append(BookColumn(one.name, "points", (weight, one.weight / 10_000)))
        head += [BookColumn(_("Contribution: %(name)s") % {"name": one.name}, "exact") for one in self.ranking.criteria]
        head.append(BookColumn(_("Total"), "points"))
        for number, tie in enumerate(self.ties, 1):
            head.append(BookColumn(_("Tie %(number)d: %(name)s") % {"number": number, "name": tie.name}, "points"))
            head.append(BookColumn(_("Tie %(number)d counts as") % {"number": number}, "points"))
        if self.agreed:
            head += [BookColumn(_("Decision of the plenary"), "whole"), BookColumn(_("Decision counts as"), "whole")]
        return [*head, BookColumn(_("Tie decided by"))]

    def _row(self, row: int, line: RankingLine) -> list[Cell]:
        number = self.contest.row_of[id(line)]
        scores = [self._score(number, slug, line) for slug in self.slugs]
        shares = [self._share(row, nth, line) for nth in range(len(self.slugs))]
        own = across(row, self.shares, self.total - 1)
        needed = f"COUNT({across(row, SCORES, self.shares - 1)})<{len(self.slugs)}"
        total = f'IF({needed},"",ROUND(ROUND(SUM({own})*1000000,0)/10000,0)/100)', _points(line.total)
        place = (self._place(row), line.place or "")
        shared = (f'IF({self._equals(row)}>1,"{self.yes}","{self.no}")', self.yes if line.is_tied else self.no)
        cells: list[Cell] = [place, shared, line.code, line.name, line.region, self.ranking.prize_of(line)]
        ties = [*self._tie_cells(row, number, line), *self._agreed_cells(row, number), tie_decision(line)]
        return [*cells, *scores, *shares, total, *ties]

    def _score(self, number: int, slug: str, line: RankingLine) -> Cell:
        return self.scores.score(number, slug), _points(line.scores[slug])

    def _share(self, row: int, nth: int, line: RankingLine) -> Cell:
        score, weight = at(row, SCORES + nth), fixed(TOP_ROW, SCORES + nth)
        points, exact = line.scores[self.slugs[nth]], self.ranking.criteria[nth].weight
        return f'IF(COUNT({score})=0,"",{score}*{weight})', "" if points is None else points * exact / 1_000_000

    def _same(self, row: int, rules: int) -> str:
        """The conditions for rows equal to this one by total and by the first ``rules`` rules."""
        columns = [self.total, *self.breakers[:rules]]
        return ",".join(f"{self.whole[each]},{at(row, each)}" for each in columns)

    def _equals(self, row: int) -> str:
        return f"COUNTIFS({self._same(row, len(self.breakers))})"

    def _place(self, row: int) -> str:
        """One plus the rows with a better total, and the equal ones ahead by a tie rule."""
        total = at(row, self.total)
        ahead = "".join(
            f'+COUNTIFS({self._same(row, nth)},{self.whole[each]},">"&{at(row, each)})'
            for nth, each in enumerate(self.breakers)
        )
        return f'IF(COUNT({total})=0,"",RANK({total},{self.whole[self.total]},0){ahead})'

    def _tie_cells(self, row: int, number: int, line: RankingLine) -> list[Cell]:
        """Each tie-break figure as it is, and as used: ignored where one of the tied rows lacks it."""
        cells: list[Cell] = []
        for nth, tie in enumerate(self.ties):
            figure, same = self.breakers[nth] - 1, self._same(row, nth)
            known = f'COUNTIFS({same},{self.whole[figure]},">=0")<COUNTIFS({same})'
            own = at(row, figure)
            value = tie.figures[number]
            counts = 0 if number in self.lacking[nth] or value is None else value / 100
            cells += [(tie.cell(number), _points(value)), (f"IF({known},0,{own})", counts)]
        return cells

    def _agreed(self) -> dict[int, _Agreed]:
        """Contender -> the plenary's decision about it, within this group."""
        here = {self.contest.row_of[id(line)] for line in self.group.lines}
        found: dict[int, _Agreed] = {}
        for nth, decision in enumerate(self.contest.decisions_on(self.ranking), 1):
            order = [[self.contest.named[region, name] for region, name in sharing] for sharing in decision["agreed"]]
            size = sum(map(len, order))
            if {number for sharing in order for number in sharing} <= here:
                for place, sharing in enumerate(order):
                    worth = nth * DECISION + len(order) - place
                    found |= {number: _Agreed(worth, nth * DECISION, size, decision["total"]) for number in sharing}
        return found

    def _agreed_cells(self, row: int, number: int) -> list[Cell]:
        """The decision applies while exactly its candidates are tied at the same total."""
        if not self.agreed:
            return []
        if number not in self.agreed:
            return [None, 0]
        one, same = self.agreed[number], self._same(row, len(self.ties))
        column = self.breakers[-1] - 1
        theirs = f'{same},{self.whole[column]},">={one.first}",{self.whole[column]},"<{one.first + DECISION}"'
        holds = (
            f"COUNTIFS({same})={one.size},COUNTIFS({theirs})={one.size},ROUND({at(row, self.total)}*100,0)={one.total}"
        )
        return [one.worth, (f"IF(AND({holds}),{at(row, column)},0)", one.worth)]

    @cached_property
    def lacking(self) -> list[set[int]]:
        """Per rule, the contenders tied with one that lacks the figure, so that the rule cannot decide."""
        blocks: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
        for line in self.group.lines:
            blocks[line.total,].append(self.contest.row_of[id(line)])
        found = []
        for tie in self.ties:
            undecided = [members for members in blocks.values() if any(tie.figures[one] is None for one in members)]
            found.append({one for members in undecided for one in members})
            finer: dict[tuple[int | None, ...], list[int]] = defaultdict(list)
            for key, members in blocks.items():
                for one in members:
                    finer[*key, None if one in found[-1] else tie.figures[one]].append(one)
            blocks = finer
        return found


def tie_decision(line: RankingLine) -> str:
    """What decided between a line and those with the same total, as text."""
    if not line.decided_by:
        return ""
    if line.decided_by["by"] == "plenary":
        return _("decision of the plenary")
    figures = " > ".join(map(formats.hundredths, dict.fromkeys(line.decided_by["figures"])))
    return f"{line.decided_by.get('name', line.decided_by['slug'])}: {figures}"


def _points(hundredths: int | None) -> float | str:
    """Excel has only floats; two decimals are represented well enough."""
    return "" if hundredths is None else hundredths / 100
