"""The winners workbook: true numbers, text that never turns into a formula, ready to print on A4."""

from __future__ import annotations

import io
import math
import re
from datetime import datetime
from itertools import count
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from awards.models import Selection
from paritrana import formats
from scoring.models import Seal
from scoring.results import Line, Ranking

A4 = 9
HEAD_ROW = 3
NARROWEST, WIDEST = 9, 48
LONGEST_NAME = 31
LINE_HEIGHT = 15
Row = list[str | int | float | None]


def winners(selection: Selection, rankings: list[Ranking], seal: Seal | None, *, exporter: str, at: datetime) -> bytes:
    """The file's bytes; without a seal every sheet says that it is provisional. Always in the portal's own language."""
    target = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with (
        translation.override(settings.LANGUAGE_CODE),
        xlsxwriter.Workbook(target, {"in_memory": True, **as_text}) as book,
    ):
        book.set_properties({"title": str(selection), "author": exporter, "created": at.replace(tzinfo=None)})
        _Winners(book, selection, seal).write(rankings, exporter, at)
    return target.getvalue()


class _Winners:
    """One workbook being written."""

    def __init__(self, book: xlsxwriter.Workbook, selection: Selection, seal: Seal | None) -> None:
        self.book, self.selection, self.seal = book, selection, seal
        self.labels = [_("Example data")] if selection.edition.is_example else []
        self.labels += [] if seal else [_("PROVISIONAL - not sealed")]
        self.taken: set[str] = set()
        border = {"border": 1, "border_color": "#9AA5B1", "valign": "top"}
        self.big = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.warning = book.add_format({"bold": True, "font_color": "#B00020"})
        self.head = book.add_format({**border, "bold": True, "text_wrap": True, "bg_color": "#DCE8F2"})
        self.text = book.add_format({**border, "text_wrap": True})
        self.whole = book.add_format({**border, "num_format": "0", "align": "center"})
        self.points = book.add_format({**border, "num_format": "0.00"})

    def write(self, rankings: list[Ranking], exporter: str, at: datetime) -> None:
        self.cover(exporter, at)
        self.all_winners(rankings)
        for ranking in rankings:
            for group in ranking.groups:
                self.group(ranking, group.name, group.lines)
        self.not_ranked(rankings)

    def cover(self, exporter: str, at: datetime) -> None:
        sheet, zone = self.sheet(_("Cover")), self.selection.zone_label
        sheet.write_string(0, 0, _("Winners of the Paritrana Award"), self.big)
        facts = [
            (_("Edition"), self.selection.edition.label),
            (_("Selection"), self.selection.place_name),
            (_("Stage"), self.selection.get_stage_display()),
            (_("Sealed"), formats.moment(self.seal.sealed_at, zone) if self.seal else formats.DASH),
            (_("Digest (sha256)"), self.seal.digest if self.seal else formats.DASH),
            (_("Exported"), formats.moment(at, zone)),
            (_("Exported by"), exporter),
        ]
        for row, (label, value) in enumerate(facts, 2):
            sheet.write_string(row, 0, label, self.bold)
            sheet.write_string(row, 1, str(value), self.plain)
        for row, label in enumerate(self.labels, len(facts) + 3):
            sheet.write_string(row, 0, label, self.warning)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 72)

    def all_winners(self, rankings: list[Ranking]) -> None:
        names = [_("Title"), _("Category"), _("Group"), _("Award"), _("Place"), _("Shared")]
        head = [*names, _("Code"), _("Name"), _("Region"), _("Total"), _("Reason")]
        rows = [
            [ranking.name, ranking.category, group.name, ranking.prize_of(line), *_facts(line), _score(line.total)]
            + [line.honour]
            for ranking in rankings
            for group in ranking.winners
            for line in group.lines
        ]
        self.table(self.sheet(_("Winners")), _("Winners"), head, rows)

    def group(self, ranking: Ranking, group: str, lines: list[Line]) -> None:
        weighed = [f"{each.name} ({formats.percent(each.weight)})" for each in ranking.criteria]
        head = [_("Place"), _("Shared"), _("Code"), _("Name"), _("Region"), *weighed, _("Total"), _("Award")]
        rows = [
            [*_facts(line), *(_score(line.scores[each.slug]) for each in ranking.criteria), _score(line.total)]
            + [ranking.prize_of(line)]
            for line in lines
        ]
        self.table(self.sheet(f"{ranking.name} {group}"), f"{ranking.name} · {ranking.category} · {group}", head, rows)

    def not_ranked(self, rankings: list[Ranking]) -> None:
        apart = [(ranking, line) for ranking in rankings for line in ranking.unranked]
        if apart:
            head = [_("Title"), _("Category"), _("Code"), _("Name"), _("Region"), _("Reason")]
            rows: list[Row] = [
                [ranking.name, ranking.category, line.code, line.name, line.region, line.reason]
                for ranking, line in apart
            ]
            self.table(self.sheet(_("Not ranked")), _("Not ranked"), head, rows)

    def sheet(self, wanted: str) -> Worksheet:
        name = sheet_name(wanted, self.taken)
        self.taken.add(name.casefold())
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        source = " · ".join([str(self.selection), *self.labels]).replace("&", "&&")
        sheet.set_footer(f"&L{source[:180]}&R&P / &N")
        return sheet

    def table(self, sheet: Worksheet, title: str, head: list[str], rows: list[Row]) -> None:
        sheet.write_string(0, 0, title, self.big)
        sheet.write_string(1, 0, " · ".join([str(self.selection), *self.labels]))
        for column, name in enumerate(head):
            sheet.write_string(HEAD_ROW, column, name, self.head)
        for number, row in enumerate(rows, HEAD_ROW + 1):
            for column, value in enumerate(row):
                self.cell(sheet, number, column, value)
        lines = 1
        for column, name in enumerate(head):
            longest = max([len(str(row[column])) for row in rows], default=0)
            width = min(max(longest + 2, min(len(name) + 4, 18), NARROWEST), WIDEST)
            lines = max(lines, math.ceil((len(name) + 4) / width))
            sheet.set_column(column, column, width)
        sheet.set_row(HEAD_ROW, LINE_HEIGHT * lines)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(head) - 1)
        sheet.repeat_rows(HEAD_ROW)

    def cell(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        if isinstance(value, float):
            sheet.write_number(row, column, value, self.points)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.whole)
        else:
            sheet.write_string(row, column, value or "", self.text)


def _facts(line: Line) -> Row:
    return [line.place, _yes(line.is_tied), line.code, line.name, line.region]


def _yes(claim: bool) -> str:
    return _("yes") if claim else _("no")


def _score(hundredths: int | None) -> float | None:
    """Excel knows floats only; two decimals survive the journey exactly."""
    return None if hundredths is None else hundredths / 100


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A legal name of a sheet nobody has taken yet (``taken`` casefolded): 31 characters, none of ``[]:*?/\\``."""
    clean = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted)).strip(" '") or "-"
    for number in count(1):
        tail = "" if number == 1 else f" ({number})"
        name = clean[: LONGEST_NAME - len(tail)].strip(" '") + tail
        if name.casefold() not in taken | {"history"}:
            return name
    raise AssertionError("numbers do not end")
