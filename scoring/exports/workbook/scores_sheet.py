"""The sheet of one category's criterion scores: inputs, and the formula of each score.

Every formula calculates with hundredths as whole numbers and rounds once, half up, as ``docs/ranking.md`` says; whole
numbers and their halves are exact in a spreadsheet, so it gives exactly what was sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from awards.criteria.kind import Made
from awards.criteria.kinds import KINDS
from scoring.exports.workbook.book import FIRST, TOP_ROW, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, across, at, fixed, on
from scoring.exports.workbook.raw_sheets import CoverageSheet, MarksSheet
from scoring.exports.workbook.rules_sheet import RulesSheet
from scoring.exports.workbook.source import CategoryData, WorkbookSource
from scoring.ranking import percentage

Rules = dict[str, Any]


@dataclass(frozen=True, eq=False)
class TieBreaker:
    """What breaks a tie: its name, the cells of the contenders' figures, and the figures in hundredths."""

    name: str
    cell: Callable[[int], str]
    figures: list[int | None]


class ScoresSheet:
    def __init__(
        self,
        sheet: LiveSheet,
        source: WorkbookSource,
        contest: CategoryData,
        sheets: tuple[RulesSheet, CoverageSheet, MarksSheet],
    ) -> None:
        self.sheet, self.source, self.contest = sheet, source, contest
        self.rules, self.coverage, self.marks = sheets
        self.columns = [BookColumn(_("Code")), BookColumn(_("Name")), BookColumn(_("Region"))]
        self.first: dict[str, int] = {}
        self.score_at: dict[str, int] = {}
        for one in contest.criteria:
            self.first[one["slug"]] = len(self.columns)
            heads = KINDS[one["kind"]].heads(one, CriterionCells(self, one))
            self.columns += [BookColumn(*head) for head in heads]
            self.score_at[one["slug"]] = len(self.columns)
            self.columns.append(BookColumn(_("Score: %(name)s") % {"name": one["name"]}, "points"))
        self.aspects = contest.aspects
        self.aspect_at = {slug: len(self.columns) + nth for nth, slug in enumerate(self.aspects)}
        self.columns += [
            BookColumn(_("Aspect: %(name)s") % {"name": self._aspect_name(slug)}, "points") for slug in self.aspects
        ]

    def score(self, number: int, slug: str) -> str:
        """The cell of a contender's score."""
        return on(self.sheet.get_name(), at(FIRST + number, self.score_at[slug]))

    def ties_of(self, title: Rules) -> list[TieBreaker]:
        """The tie rules of a title, in order."""
        found = []
        for rule in title["ties"]:
            ((kind, slug),) = rule.items()
            if kind == "aspect":
                figures = self.contest.aspect_points(slug)
                found.append(TieBreaker(self._aspect_name(slug), partial(self._aspect_at, slug), figures))
            else:
                name = next(one["name"] for one in self.contest.criteria if one["slug"] == slug)
                figures = [known[slug] for known in self.contest.scores]
                found.append(TieBreaker(name, partial(self.score, slug=slug), figures))
        return found

    def _aspect_name(self, slug: str) -> str:
        return self.contest.aspect_names.get(slug, slug)

    def _aspect_at(self, slug: str, number: int) -> str:
        return on(self.sheet.get_name(), at(FIRST + number, self.aspect_at[slug]))

    def write(self, book: Book) -> None:
        rows = [self._row(number, one) for number, one in enumerate(self.contest.contenders)]
        title = _("Criterion scores: %(name)s") % {"name": self.contest.name}
        book.table(self.sheet, title, self.columns, rows, keep=2)

    def _row(self, number: int, contender: Rules) -> list[Cell]:
        row: list[Cell] = [contender["region"], contender["listed_as"], self.contest.regions[number]]
        scores = self.contest.scores[number]
        for one in self.contest.criteria:
            raw, formula = self._made(one, number, contender)
            score = scores[one["slug"]]
            row += [*raw, (formula, "" if score is None else score / 100)]
        for slug in self.aspects:
            points = self.contest.aspect_points(slug)[number]
            row.append((self._aspect(slug, number), "" if points is None else points / 100))
        return row

    def _made(self, criterion: Rules, number: int, contender: Rules) -> Made:
        if criterion["slug"] not in contender["exemptions"]:
            cells = CriterionCells(self, criterion, number)
            return KINDS[criterion["kind"]].workbook(criterion, cells, contender)
        nothing: list[Cell] = [None] * (self.score_at[criterion["slug"]] - self.first[criterion["slug"]])
        if criterion["rules"].get("not_applicable") is None:
            return nothing, '""'
        return nothing, self.rules.points(self.contest.rules["slug"], criterion["slug"], "not applicable")

    def _aspect(self, aspect: str, number: int) -> str:
        """The points of an aspect in the rubric, by the rubric's weights."""
        category = self.contest.rules["slug"]
        scores = [at(FIRST + number, self.score_at[slug]) for slug in self.aspects[aspect]]
        weights = [self.rules.weight(category, "", slug) for slug in self.aspects[aspect]]
        parts = "+".join(f"{score}*{weight}" for score, weight in zip(scores, weights, strict=True))
        needed = f"COUNT({','.join(scores)})<{len(scores)}"
        return f'IF({needed},"",ROUND(ROUND(({parts})*1000000,0)/10000,0)/100)'

    def counted(self, segments: list[str], region: str, year: int) -> tuple[Cell, Cell, list[str]] | None:
        """Participants and workers of all segments together, and their definitions."""
        places = [(region, year, segment) for segment in segments]
        cells = self.coverage.cells(places)
        if cells is None:
            return None
        figures = [self.source.coverage[self.source.coverage_rows[place]] for place in places]
        sums = [sum(one[name] for one in figures) for name in ("participants", "workers")]
        return (cells[0], sums[0]), (cells[1], sums[1]), [one["definition"] for one in figures]


@dataclass(frozen=True, eq=False)
class CriterionCells:
    """Cells a kind of criterion may refer to in one contender's row; see ``awards.criteria.exchange.Cells``."""

    sheet: ScoresSheet
    criterion: Rules
    number: int = 0

    @property
    def year(self) -> int:
        return self.sheet.source.year

    @property
    def cuts_shares(self) -> bool:
        return self.sheet.contest.inputs.cuts_shares

    def cell(self, nth: int = 0) -> str:
        return at(FIRST + self.number, self._first + nth)

    def across(self, count: int) -> str:
        return across(FIRST + self.number, self._first, self._first + count - 1)

    def tops(self, count: int) -> str:
        return f"{fixed(TOP_ROW, self._first)}:{fixed(TOP_ROW, self._first + count - 1)}"

    def points(self, what: str) -> str:
        return self.sheet.rules.points(*self._rule, what)

    def limit(self, what: str) -> str:
        return self.sheet.rules.limit(*self._rule, what)

    def columns(self, what: str) -> tuple[str, str, str]:
        return self.sheet.rules.columns(*self._rule, what)

    def counted(self, year: int) -> tuple[Cell, Cell, list[str]] | None:
        region = self.sheet.contest.contenders[self.number]["region"]
        return self.sheet.counted(self.criterion["segments"], region, year)

    def percentage(self, part: int, whole: int) -> int:
        return percentage(part, whole)

    def marks(self) -> str:
        marks = self.sheet.marks
        return marks.row(self.number, self.criterion["slug"]) if marks.seats else ""

    @property
    def _first(self) -> int:
        return self.sheet.first[self.criterion["slug"]]

    @property
    def _rule(self) -> tuple[str, str]:
        return self.sheet.contest.rules["slug"], self.criterion["slug"]
