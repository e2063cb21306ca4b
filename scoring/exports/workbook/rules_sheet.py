"""The sheet of the rules: weights, levels, items and limits, referenced by formulas of the other sheets."""

from typing import Any

from django.utils.translation import gettext as _

from awards.criteria.kinds import KINDS
from scoring.exports.workbook.book import FIRST, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, column_of, fixed, on
from scoring.exports.workbook.source import CategoryData, WorkbookSource

LABEL, WEIGHT, LIMIT, POINTS = 3, 4, 5, 6
Rules = dict[str, Any]


class RulesSheet:
    """Collects all rows first, so that the address of a rule is known before anything is written."""

    def __init__(self, sheet: LiveSheet, source: WorkbookSource) -> None:
        self.sheet, self.name = sheet, sheet.get_name()
        self.rows: list[list[Cell]] = []
        self.places: dict[tuple[str, ...], tuple[int, int]] = {}
        for contest in source.contests:
            for criterion in contest.criteria:
                self._criterion(contest, criterion)

    def weight(self, category: str, title: str, slug: str) -> str:
        """The cell of a criterion's weight in a title; of its weight in the rubric if ``title`` is empty."""
        return self._cell(self.places[category, slug, "weight", title][0], WEIGHT)

    def points(self, category: str, slug: str, what: str) -> str:
        return self._cell(self.places[category, slug, what][0], POINTS)

    def limit(self, category: str, slug: str, what: str) -> str:
        return self._cell(self.places[category, slug, what][0], LIMIT)

    def columns(self, category: str, slug: str, what: str) -> tuple[str, str, str]:
        """The labels, limits and points of all levels or steps."""
        first, last = self.places[category, slug, what]
        labels, limits, points = (on(self.name, column_of(each, first, last)) for each in (LABEL, LIMIT, POINTS))
        return labels, limits, points

    def write(self, book: Book) -> None:
        names = [_("Category"), _("Criterion"), _("What"), _("In words")]
        head = [BookColumn(name) for name in names]
        head += [BookColumn(_("Weight"), "percent"), BookColumn(_("From"), "amount"), BookColumn(_("Points"), "points")]
        book.table(self.sheet, _("Rules"), head, self.rows, keep=2)

    def _cell(self, row: int, column: int) -> str:
        return on(self.name, fixed(row, column))

    def _criterion(self, contest: CategoryData, criterion: Rules) -> None:
        category, slug = contest.rules["slug"], criterion["slug"]

        def add(key: tuple[str, ...], rows: list[list[Cell]]) -> None:
            first = FIRST + len(self.rows)
            self.places[category, slug, *key] = (first, first + len(rows) - 1)
            self.rows += [[contest.name, criterion["name"], *row] for row in rows]

        add(("weight", ""), [[_("weight in the rubric"), "", criterion["weight"] / 10_000, None, None]])
        for ranking in contest.rankings:
            weight = contest.rules_of(ranking)["weights"].get(slug)
            if weight:
                add(("weight", ranking.slug), [[_("weight in a title"), ranking.name, weight / 10_000, None, None]])
        for key, rows in _details(criterion).items():
            add((key,), rows)


def _details(criterion: Rules) -> dict[str, list[list[Cell]]]:
    """The rules of a criterion's kind, by the key under which formulas find them."""
    found, rules = KINDS[criterion["kind"]].rule_rows(criterion), criterion["rules"]
    if rules.get("not_applicable") is not None:
        found["not applicable"] = [[_("not applicable"), "", None, None, rules["not_applicable"] / 100]]
    return found
