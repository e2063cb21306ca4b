"""The winners workbook: cover, winners, a sheet per title and group, and the raw data."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.display import formats
from scoring.exports import tables
from scoring.exports.workbook import check_sheet
from scoring.exports.workbook.book import LINE_HEIGHT, Book, BookColumn, book
from scoring.exports.workbook.cells import Cell
from scoring.exports.workbook.places_sheet import PlacesSheet
from scoring.exports.workbook.raw_sheets import CoverageSheet, MarksSheet, yes
from scoring.exports.workbook.rules_sheet import RulesSheet
from scoring.exports.workbook.scores_sheet import ScoresSheet
from scoring.exports.workbook.source import CategoryData, WorkbookSource
from scoring.models import Seal
from scoring.standings.rankings import RankingLine


def winners(
    selection: Selection, document: Mapping[str, Any], seal: Seal | None, *, exporter: str, at: datetime
) -> bytes:
    """The bytes of the file, from a sealed document or one that would be sealed; then every sheet says so."""
    target = io.BytesIO()
    with book(target, str(selection), labels=labels_of(selection, seal), exporter=exporter, at=at) as made:
        _Winners(made, selection, seal, WorkbookSource.read(dict(document))).write(exporter, at)
    return target.getvalue()


def labels_of(selection: Selection, seal: Seal | None) -> list[str]:
    found = [_("Example data")] if selection.edition.is_example else []
    return found if seal else [*found, _("PROVISIONAL - not sealed")]


class _Winners:
    """Sheets keep the order in which they are added; cells that others refer to are planned first."""

    def __init__(self, made: Book, selection: Selection, seal: Seal | None, source: WorkbookSource) -> None:
        self.book, self.selection, self.seal, self.source = made, selection, seal, source
        self.cover_sheet, self.list_sheet = made.sheet(_("Cover")), made.sheet(_("Winners"))
        ranked = [
            (contest, ranking, group)
            for contest in source.contests
            for ranking in contest.rankings
            for group in ranking.groups
        ]
        group_sheets = [made.sheet(f"{ranking.name} {group.name}") for _contest, ranking, group in ranked]
        self.apart = [(ranking, line) for ranking in source.rankings for line in ranking.unranked]
        self.apart_sheet = made.sheet(_("Not ranked")) if self.apart else None
        self.check = made.sheet(_("Check"))
        self.scores = dict(zip(map(id, source.contests), self._plan(), strict=True))
        self.groups = [
            PlacesSheet(sheet, contest, ranking, group, self.rules, self.scores[id(contest)])
            for sheet, (contest, ranking, group) in zip(group_sheets, ranked, strict=True)
        ]

    def _plan(self) -> list[ScoresSheet]:
        """Scores and marks of each category, and the coverage and rules of all."""
        source, rule, called = self.source, *tables.called(self.selection)
        sheets = [self.book.sheet(_("Scores %(name)s") % {"name": one.name}) for one in source.contests]
        self.marks = [
            MarksSheet(
                self.book.sheet(_("Marks %(name)s") % {"name": one.name}) if _has_marks(one) else None,
                one,
                lambda seat: called.get(seat, str(seat)),
                rule,
            )
            for one in source.contests
        ]
        self.coverage = CoverageSheet(self.book.sheet(_("Coverage")), source)
        self.rules = RulesSheet(self.book.sheet(_("Rules")), source)
        return [
            ScoresSheet(sheet, source, one, (self.rules, self.coverage, marks))
            for sheet, one, marks in zip(sheets, source.contests, self.marks, strict=True)
        ]

    def write(self, exporter: str, at: datetime) -> None:
        self.all_winners()
        for group in self.groups:
            group.write(self.book)
        self.not_ranked()
        check_sheet.write(self.book, self.check, self.groups, is_sealed=self.seal is not None)
        for scores in self.scores.values():
            scores.write(self.book)
        for marks in self.marks:
            if marks.sheet is not None:
                marks.write(self.book)
        self.coverage.write(self.book)
        self.rules.write(self.book)
        self.cover(exporter, at)

    def cover(self, exporter: str, at: datetime) -> None:
        sheet, zone = self.cover_sheet, self.selection.zone_label
        sheet.write_string(0, 0, _("Winners of the Paritrana Award"), self.book.big)
        versions = [f"{one.name}: {_('version')} {one.rules['rubric_version']}" for one in self.source.contests]
        facts: dict[str, Cell] = {
            _("Edition"): self.selection.edition.label,
            _("Selection"): self.selection.place_name,
            _("Stage"): self.selection.get_stage_display(),
            _("Rubrics"): "\n".join(versions),
            _("Sealed"): formats.moment(self.seal.sealed_at, zone) if self.seal else formats.DASH,
            _("Digest (sha256)"): self.seal.digest if self.seal else formats.DASH,
            _("Head of the trail"): str(self.source.document.get("trail_head", formats.DASH)),
            _("Exported"): formats.moment(at, zone),
            _("Exported by"): exporter,
            _("Check"): (check_sheet.summary_at(self.check), check_sheet.OK),
        }
        last = self.book.facts(sheet, 2, facts)
        check_sheet.coloured(self.book, sheet, last - 1, 1)
        text = _("Formulas compute every place from the raw figures; each figure is rounded half up to what is shown.")
        sheet.write_string(last + 1, 1, text, self.book.plain)
        sheet.set_row(last + 1, 2 * LINE_HEIGHT)
        for row, label in enumerate(self.book.labels, last + 3):
            sheet.write_string(row, 0, label, self.book.warning)
        end = self.book.contents(sheet, last + 4 + len(self.book.labels))
        sheet.set_portrait()
        sheet.fit_to_pages(1, 1)
        sheet.print_area(0, 0, end - 1, 1)

    def all_winners(self) -> None:
        names = [_("Title"), _("Category"), _("Group"), _("Award")]
        head = [*map(BookColumn, names), BookColumn(_("Place"), "whole"), BookColumn(_("Shared"))]
        head += [
            BookColumn(_("Code")),
            BookColumn(_("Name")),
            BookColumn(_("Region")),
            BookColumn(_("Total"), "points"),
        ]
        rows = [
            [ranking.name, ranking.category, group.name, ranking.prize_of(line), *_facts(line)]
            for ranking in self.source.rankings
            for group in ranking.winners
            for line in group.lines
        ]
        self.book.table(self.list_sheet, _("Winners"), [*head, BookColumn(_("Reason"))], rows)

    def not_ranked(self) -> None:
        if self.apart_sheet is None:
            return
        head = [_("Title"), _("Category"), _("Code"), _("Name"), _("Region"), _("Reason")]
        rows: list[list[Cell]] = [
            [ranking.name, ranking.category, line.code, line.name, line.region, line.reason]
            for ranking, line in self.apart
        ]
        self.book.table(self.apart_sheet, _("Not ranked"), list(map(BookColumn, head)), rows)


def _has_marks(contest: CategoryData) -> bool:
    return any(one["marks"] for one in contest.contenders)


def _facts(line: RankingLine) -> list[Cell]:
    total = None if line.total is None else line.total / 100
    return [line.place, yes(line.is_tied), line.code, line.name, line.region, total, line.honour]
