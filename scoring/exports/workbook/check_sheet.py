"""The sheet that compares the results of the formulas with the sealed figures, red where they differ."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from scoring.exports.workbook.book import FIRST, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, at, column_of, on
from scoring.exports.workbook.places_sheet import PlacesSheet

TOTAL, TOTAL_NOW, TOTAL_OFF, PLACE, PLACE_NOW, PLACE_OFF, SCORES_OFF, VERDICT = range(5, 13)
OK = "OK"
SUMMARY = 1, VERDICT


def columns(is_sealed: bool) -> list[BookColumn]:
    total, place = (
        (_("Total as sealed"), _("Place as sealed")) if is_sealed else (_("Total as told"), _("Place as told"))
    )
    head = [
        BookColumn(_("Title")),
        BookColumn(_("Category")),
        BookColumn(_("Group")),
        BookColumn(_("Code")),
        BookColumn(_("Name")),
    ]
    head += [
        BookColumn(total, "points"),
        BookColumn(_("Total by formula"), "points"),
        BookColumn(_("Difference"), "points"),
    ]
    head += [
        BookColumn(place, "whole"),
        BookColumn(_("Place by formula"), "whole"),
        BookColumn(_("Places moved"), "whole"),
    ]
    return [*head, BookColumn(_("Scores that differ"), "whole"), BookColumn(_("Result"), "verdict")]


def write(book: Book, sheet: LiveSheet, groups: Sequence[PlacesSheet], *, is_sealed: bool) -> None:
    rows: list[list[Cell]] = []
    differs = _("DIFFERS")
    for group in groups:
        for nth in range(len(group.group.lines)):
            rows.append(_row(FIRST + len(rows), group, nth, differs))
    book.table(sheet, _("Check: formulas against the result"), columns(is_sealed), rows, keep=5)
    verdicts = column_of(VERDICT, FIRST, FIRST + len(rows) - 1) if rows else at(FIRST, VERDICT)
    differing = f'SUMPRODUCT(--({verdicts}<>"{OK}"))'
    summary = f'IF({differing}=0,"{OK}",{differing}&" "&"{_("differ")}")' if rows else f'"{OK}"'
    sheet.put(*SUMMARY, (summary, OK), book.looks["verdict"])
    if rows:
        last = FIRST + len(rows) - 1
        mine = f"${at(FIRST, VERDICT)}"
        sheet.conditional_format(
            FIRST, 0, last, VERDICT, {"type": "formula", "criteria": f'={mine}<>"{OK}"', "format": book.bad}
        )
        sheet.conditional_format(
            FIRST, VERDICT, last, VERDICT, {"type": "formula", "criteria": f'={mine}="{OK}"', "format": book.good}
        )
    coloured(book, sheet, *SUMMARY)


def coloured(book: Book, sheet: LiveSheet, row: int, column: int) -> None:
    """Green for cells with OK, red for others."""
    for criterion, look in (("==", book.good), ("!=", book.bad)):
        sheet.conditional_format(
            row, column, row, column, {"type": "cell", "criteria": criterion, "value": f'"{OK}"', "format": look}
        )


def summary_at(sheet: LiveSheet) -> str:
    return on(sheet.get_name(), at(*SUMMARY))


def _row(row: int, group: PlacesSheet, nth: int, differs: str) -> list[Cell]:
    line, ranking = group.group.lines[nth], group.ranking
    total, place = (line.total or 0) / 100, line.place or 0
    sealed = ",".join(_number(line.scores[slug]) for slug in group.slugs)
    return [
        ranking.name,
        ranking.category,
        group.group.name,
        line.code,
        line.name,
        total,
        (group.total_at(nth), total),
        (_difference(at(row, TOTAL_NOW), at(row, TOTAL), 2), 0),
        place,
        (group.place_at(nth), place),
        (_difference(at(row, PLACE_NOW), at(row, PLACE), 0), 0),
        (f"SUMPRODUCT(--({group.scores_at(nth)}<>{{{sealed}}}))", 0),
        (
            f"IF(AND({at(row, TOTAL_NOW)}={at(row, TOTAL)},{at(row, PLACE_NOW)}={at(row, PLACE)},"
            f'{at(row, SCORES_OFF)}=0),"{OK}","{differs}")',
            OK,
        ),
    ]


def _difference(now: str, then: str, digits: int) -> str:
    return f'IF(COUNT({now})=0,"",ROUND({now}-{then},{digits}))'


def _number(hundredths: int | None) -> str:
    return '""' if hundredths is None else repr(hundredths / 100)
