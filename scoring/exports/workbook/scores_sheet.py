"""The sheet of one category's criterion scores: what was answered and counted, and the formula that makes the score.

Every formula takes hundredths as whole numbers and rounds once, half up, as ``docs/ranking.md`` says; whole numbers and
their halves are exact in a spreadsheet, so what it shows is what was sealed, to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from scoring.exports.workbook.book import FIRST, TOP_ROW, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, across, at, fixed, on
from scoring.exports.workbook.raw_sheets import CoverageSheet, MarksSheet
from scoring.exports.workbook.rules_sheet import RulesSheet, level_labels
from scoring.exports.workbook.source import CategoryData, WorkbookSource
from scoring.ranking import percentage

Rules = dict[str, Any]
Made = tuple[list[Cell], str]
"""The raw cells of a contender for a criterion, and the formula of the score."""


@dataclass(frozen=True, eq=False)
class TieBreaker:
    """What breaks a tie: its name, where each contender's figure stands, and the figures in hundredths."""

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
            self.columns += HEADS[one["kind"]](self, one)
            self.score_at[one["slug"]] = len(self.columns)
            self.columns.append(BookColumn(_("Score: %(name)s") % {"name": one["name"]}, "points"))
        self.aspects = contest.aspects
        self.aspect_at = {slug: len(self.columns) + nth for nth, slug in enumerate(self.aspects)}
        self.columns += [BookColumn(_("Aspect: %(name)s") % {"name": slug}, "points") for slug in self.aspects]

    def score(self, number: int, slug: str) -> str:
        """Where the score of a contender stands."""
        return on(self.sheet.get_name(), at(FIRST + number, self.score_at[slug]))

    def ties_of(self, title: Rules) -> list[TieBreaker]:
        """The rules for ties of a title, in their order."""
        found = []
        for rule in title["ties"]:
            ((kind, slug),) = rule.items()
            if kind == "aspect":
                found.append(TieBreaker(slug, partial(self._aspect_at, slug), self.contest.aspect_points(slug)))
            else:
                name = next(one["name"] for one in self.contest.criteria if one["slug"] == slug)
                figures = [known[slug] for known in self.contest.scores]
                found.append(TieBreaker(name, lambda number, slug=slug: self.score(number, slug), figures))
        return found

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
            return MAKERS[criterion["kind"]](self, criterion, number, contender)
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

    def _cell(self, number: int, slug: str, nth: int = 0) -> str:
        """One of the raw cells of a contender for a criterion."""
        return at(FIRST + number, self.first[slug] + nth)

    def _coverage(self, criterion: Rules, number: int, contender: Rules) -> Made:
        found = self._counted(criterion, contender, self.source.year)
        part, whole = self._cell(number, criterion["slug"]), self._cell(number, criterion["slug"], 1)
        formula = f'IF(COUNT({part},{whole})<2,"",IF({whole}=0,"",ROUND({part}*10000/{whole},0)/100))'
        return (list(found[:2]) if found else [None, None]), formula

    def _counted(self, criterion: Rules, contender: Rules, year: int) -> tuple[Cell, Cell, list[str]] | None:
        """Participants and workers of all segments together, and how each was defined."""
        places = [(contender["region"], year, segment) for segment in criterion["segments"]]
        cells = self.coverage.cells(places)
        if cells is None:
            return None
        figures = [self.source.coverage[self.source.coverage_rows[place]] for place in places]
        sums = [sum(one[name] for one in figures) for name in ("participants", "workers")]
        return (cells[0], sums[0]), (cells[1], sums[1]), [one["definition"] for one in figures]

    def _growth(self, criterion: Rules, number: int, contender: Rules) -> Made:
        slug, category = criterion["slug"], self.contest.rules["slug"]
        found = [self._counted(criterion, contender, self.source.year - before) for before in (0, 1)]
        is_comparable = all(found) and found[0][2] == found[1][2]  # type: ignore[index]
        shares: list[Cell] = [_share(one) if is_comparable else None for one in found]
        now, before = self._cell(number, slug), self._cell(number, slug, 1)
        zero, full = (self.rules.limit(category, slug, what) for what in ("zero", "full"))
        reached = f"MIN(MAX(ROUND(({now}-{before})*100,0),{zero}*100),{full}*100)-{zero}*100"
        formula = f'IF(COUNT({now},{before})<2,"",ROUND(({reached})*10000/ROUND(({full}-{zero})*100,0),0)/100)'
        return shares, formula

    def _ratio(self, criterion: Rules, number: int, contender: Rules) -> Made:
        given = contender["answers"].get(criterion["slug"])
        part, whole = self._cell(number, criterion["slug"]), self._cell(number, criterion["slug"], 1)
        formula = f'IF(COUNT({part},{whole})<2,"",IF({whole}=0,"",ROUND({part}*10000/{whole},0)/100))'
        return ([given["part"], given["whole"]] if given else [None, None]), formula

    def _band(self, criterion: Rules, number: int, contender: Rules) -> Made:
        given = contender["answers"].get(criterion["slug"])
        known, points = self._level(criterion, number)
        return [_label(criterion, given["level"]) if given else None], f'IF({known}=0,"",{points})'

    def _level(self, criterion: Rules, number: int) -> tuple[str, str]:
        """Whether the table knows the level that was given, and its points."""
        labels, _limits, points = self.rules.columns(self.contest.rules["slug"], criterion["slug"], "levels")
        given = self._cell(number, criterion["slug"])
        return f"SUMPRODUCT(--({labels}={given}))", f"SUMPRODUCT(({labels}={given})*{points})"

    def _attendance(self, criterion: Rules, number: int, contender: Rules) -> Made:
        came, slug = contender["attendance"], criterion["slug"]
        known, points = self._level(criterion, number)
        online = self.rules.points(self.contest.rules["slug"], slug, "online")
        formula = f'IF({known}=0,"",MAX(0,{points}+{self._cell(number, slug, 1)}*{online}))'
        return ([_label(criterion, came["level"]), int(came["online"])] if came else [None, None]), formula

    def _checklist(self, criterion: Rules, number: int, contender: Rules) -> Made:
        given, items = contender["answers"].get(criterion["slug"]), criterion["rules"]["items"]
        first = self.first[criterion["slug"]]
        own = across(FIRST + number, first, first + len(items) - 1)
        points = f"{fixed(TOP_ROW, first)}:{fixed(TOP_ROW, first + len(items) - 1)}"
        earned, possible = (
            f"ROUND(SUMPRODUCT({which}*{points})*100,0)" for which in (f"({own}=1)", f"ISNUMBER({own})")
        )
        formula = f'IF(COUNT({own})=0,"",ROUND({earned}*10000/{possible},0)/100)'
        asked = [not item["scales"] or contender["scale"] in item["scales"] for item in items]
        if given is None:
            return [None] * len(items), formula
        ticks = [int(item["code"] in given["ticked"]) for item in items]
        return [tick if is_asked else None for tick, is_asked in zip(ticks, asked, strict=True)], formula

    def _amount(self, criterion: Rules, number: int, contender: Rules) -> Made:
        given = contender["answers"].get(criterion["slug"])
        own = self._cell(number, criterion["slug"])
        _labels, limits, points = self.rules.columns(self.contest.rules["slug"], criterion["slug"], "steps")
        reached = f"({limits}<={own})"
        highest = f"SUMPRODUCT(MAX({reached}*{limits}))"
        known = f"COUNT({own})*SUMPRODUCT(--{reached})"
        formula = f'IF({known}=0,"",SUMPRODUCT(({limits}={highest})*{points}))'
        return [given["amount"] / 100 if given else None], formula

    def _mark(self, criterion: Rules, number: int, contender: Rules) -> Made:
        if not self.marks.seats:
            return [], '""'
        own = self.marks.row(number, criterion["slug"])
        plain = f"ROUND(ROUND(SUM({own})*100,0)/COUNT({own}),0)/100"
        if criterion["trims"]:
            inner = f"ROUND((SUM({own})-MAX({own})-MIN({own}))*100,0)"
            plain = f"IF(COUNT({own})<5,{plain},ROUND({inner}/(COUNT({own})-2),0)/100)"
        return [], f'IF(COUNT({own})=0,"",{plain})'


def _share(found: tuple[Cell, Cell, list[str]] | None) -> Cell:
    """The percentage behind a growth, rounded as it is shown."""
    if found is None:
        return None
    (part, participants), (whole, workers) = found[0], found[1]  # type: ignore[misc, str-unpack]
    value = percentage(int(participants), int(workers)) / 100 if workers else ""  # type: ignore[call-overload]
    return f'IF({whole}=0,"",ROUND(({part})*10000/({whole}),0)/100)', value


def _label(criterion: Rules, code: str) -> str:
    codes = [level["code"] for level in criterion["rules"]["levels"]]
    return level_labels(criterion)[codes.index(code)] if code in codes else code


def _shares_head(sheet: ScoresSheet, one: Rules) -> list[BookColumn]:
    years = (sheet.source.year, sheet.source.year - 1)
    return [BookColumn(f"{one['name']} {year} (%)", "points") for year in years]


def _items_head(sheet: ScoresSheet, one: Rules) -> list[BookColumn]:
    category = sheet.contest.rules["slug"]
    return [
        BookColumn(
            f"{one['name']}: {item['label']}",
            "whole",
            (sheet.rules.points(category, one["slug"], f"item {item['code']}"), item["points"] / 100),
            "points",
        )
        for item in one["rules"]["items"]
    ]


HEADS: dict[str, Callable[[ScoresSheet, Rules], list[BookColumn]]] = {
    "coverage": lambda _sheet, one: [
        BookColumn(f"{one['name']}: {word}", "count") for word in (_("participants"), _("workers"))
    ],
    "growth": _shares_head,
    "ratio": lambda _sheet, one: [
        BookColumn(f"{one['name']}: {one['rules'].get(word, word)}", "count") for word in ("part", "whole")
    ],
    "band": lambda _sheet, one: [BookColumn(f"{one['name']}: {_('level')}")],
    "checklist": _items_head,
    "amount": lambda _sheet, one: [BookColumn(f"{one['name']}: {one['rules'].get('unit', '')}", "amount")],
    "attendance": lambda _sheet, one: [
        BookColumn(f"{one['name']}: {_('who came')}"),
        BookColumn(f"{one['name']}: {_('on line')}", "whole"),
    ],
    "mark": lambda _sheet, _one: [],
}
MAKERS: dict[str, Callable[[ScoresSheet, Rules, int, Rules], Made]] = {
    "coverage": ScoresSheet._coverage,
    "growth": ScoresSheet._growth,
    "ratio": ScoresSheet._ratio,
    "band": ScoresSheet._band,
    "checklist": ScoresSheet._checklist,
    "amount": ScoresSheet._amount,
    "attendance": ScoresSheet._attendance,
    "mark": ScoresSheet._mark,
}
