"""A map or a list of targets as a workbook: real numbers, text that cannot become a formula, A4."""

import io
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple, Protocol

import xlsxwriter
from django.utils.translation import gettext as _

from regions.atlas.readings import CoverageReading
from regions.atlas.tiles import Tile
from regions.atlas.working_areas import BranchStanding

A4 = 9
HEAD_ROW = 3
NARROWEST, WIDEST = 11, 44
ROWS_MEASURED = 200
"""The width of a column follows from so many rows at the top."""
Cell = str | int | float | None


class Page(NamedTuple):
    """One sheet."""

    name: str
    title: str
    caption: str
    head: list[str]
    rows: Iterable[list[Cell]]


def atlas(title: str, caption: str, tiles: Sequence[Tile], *, with_quality: bool) -> bytes:
    """One row per tile, including those without a value for the reader."""
    return table(title, caption, _head(with_quality), [_row(tile, with_quality) for tile in tiles])


def _head(with_quality: bool = False) -> list[str]:
    head = [_("Code"), _("Region"), _("Participants"), _("Workers"), _("Coverage (%)"), _("Growth (percentage points)")]
    head += [_("Target (%)"), _("More participants needed")]
    head += [_("Figures without doubt"), _("Figures examined")] if with_quality else []
    return [*head, _("Note")]


def _row(tile: Tile, with_quality: bool) -> list[Cell]:
    reading = tile.reading
    row: list[Cell] = [tile.region.code, tile.region.name, *_reading_cells(reading)]
    row += [reading.clean, reading.examined] if with_quality else []
    return [*row, "" if tile.is_open else _("not visible to you")]


def _reading_cells(reading: CoverageReading) -> list[Cell]:
    return [
        reading.now.participants if reading.now else None,
        reading.now.workers if reading.now else None,
        _percent(reading.share),
        _percent(reading.growth.value),
        _percent(reading.goal_share),
        reading.lacking,
    ]


def _percent(hundredths: int | None) -> float | None:
    """Excel has only floats; two decimals are represented well enough."""
    return None if hundredths is None else hundredths / 100


class Aimed(Protocol):
    """A region and one set of segments; see ``regions.targets.table``."""

    @property
    def tile(self) -> Tile: ...
    @property
    def counted(self) -> str: ...


def targets(title: str, caption: str, lines: Sequence[Aimed], standings: Sequence[BranchStanding]) -> bytes:
    """The regions on one sheet and, where there are any, the branch offices on a second."""
    head = [*_head()[:2], _("Segments"), *_head()[2:]]
    rows = [[*row[:2], line.counted, *row[2:]] for line in lines for row in [_row(line.tile, False)]]
    pages = [Page(_("Regions"), title, caption, head, rows)]
    if standings:
        head = [
            _("Branch office"),
            _("Segments"),
            _("Kabupaten/kota reported"),
            _("Kabupaten/kota"),
            *_head()[2:-1],
            _("Target as set"),
        ]
        pages.append(Page(_("Branch offices"), title, caption, head, [_branch_row(one) for one in standings]))
    return _book(pages)


def _branch_row(standing: BranchStanding) -> list[Cell]:
    reading = standing.reading
    return [
        str(standing.branch),
        standing.counted,
        standing.reported,
        standing.of,
        *_reading_cells(reading),
        reading.goal.written if reading.goal else "",
    ]


def table(title: str, caption: str, head: list[str], rows: Iterable[list[Cell]]) -> bytes:
    """A workbook of one sheet; ``rows`` are read one by one and not kept."""
    return _book([Page("", title, caption, head, rows)])


def _book(pages: Sequence[Page]) -> bytes:
    """The bytes of a workbook; its sheets print on A4 with source and page numbers."""
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"constant_memory": True, **plain}) as book:
        border = {"border": 1, "border_color": "#9AA5B1", "valign": "top"}
        formats = {
            str: book.add_format({**border, "text_wrap": True}),
            int: book.add_format({**border, "num_format": "#,##0"}),
            float: book.add_format({**border, "num_format": "0.00"}),
            "head": book.add_format({**border, "bold": True, "text_wrap": True, "bg_color": "#DCE8F2"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        for page in pages:
            _fill(book.add_worksheet(page.name[:31] or None), page, formats)
    return target.getvalue()


def _fill(sheet, page: Page, formats: dict) -> None:
    sheet.write_string(0, 0, page.title, formats["title"])
    sheet.write_string(1, 0, page.caption)
    rows = iter(page.rows)
    first = list(islice(rows, ROWS_MEASURED))
    for column in range(len(page.head)):
        longest = max((len(str(row[column] or "")) for row in first), default=0)
        sheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST))
    for column, name in enumerate(page.head):
        sheet.write_string(HEAD_ROW, column, name, formats["head"])
    number = HEAD_ROW
    for number, row in enumerate(chain(first, rows), HEAD_ROW + 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, formats)
    _lay_out(sheet, page.caption, number - HEAD_ROW, len(page.head))


def _write(sheet, row: int, column: int, value: Cell, formats: dict) -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats[str])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, formats[str])
    else:
        sheet.write_number(row, column, value, formats[type(value)])


def _lay_out(sheet, caption: str, rows: int, columns: int) -> None:
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + rows, columns - 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&LParitrana · {caption.replace('&', '&&')[:180]}&R&P / &N")
