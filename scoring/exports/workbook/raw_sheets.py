"""The sheets of raw data: the jurors' marks, and the coverage figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from awards.criteria.segments import translated
from regions.models import Region
from scoring.exports.workbook.book import FIRST, Book, BookColumn
from scoring.exports.workbook.cells import Cell, LiveSheet, across, at, on
from scoring.exports.workbook.source import CategoryData, Place, WorkbookSource
from scoring.models import Panel
from scoring.ranking import percentage

PARTICIPANTS, WORKERS = 4, 5


@dataclass
class CoverageSheet:
    """Participants and workers, one row per figure."""

    sheet: LiveSheet
    source: WorkbookSource

    def cells(self, places: list[Place]) -> tuple[str, str] | None:
        """The sums of participants and of workers as formulas; None when a figure is missing."""
        rows = [self.source.coverage_rows.get(place) for place in places]
        known = [FIRST + row for row in rows if row is not None]
        if not rows or len(known) < len(rows):
            return None
        name = self.sheet.get_name()
        participants, workers = (
            "+".join(on(name, at(row, column)) for row in known) for column in (PARTICIPANTS, WORKERS)
        )
        return participants, workers

    def write(self, book: Book) -> None:
        codes = {one["region"] for one in self.source.coverage}
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        head = [
            BookColumn(_("Code")),
            BookColumn(_("Region")),
            BookColumn(_("Year"), "whole"),
            BookColumn(_("Segment")),
        ]
        head += [
            BookColumn(_("Participants"), "count"),
            BookColumn(_("Workers"), "count"),
            BookColumn(_("Coverage (%)"), "points"),
        ]
        head += [
            BookColumn(_("Definition")),
            BookColumn(_("Version"), "whole"),
            BookColumn(_("Verified")),
            BookColumn(_("Notes")),
        ]
        rows: list[list[Cell]] = []
        for row, one in enumerate(self.source.coverage, FIRST):
            counted, whole = at(row, PARTICIPANTS), at(row, WORKERS)
            share = percentage(one["participants"], one["workers"]) / 100 if one["workers"] else ""
            rows.append(
                [one["region"], names.get(one["region"], ""), one["year"], one["segment"]]
                + [one["participants"], one["workers"]]
                + [(f'IF({whole}=0,"",ROUND({counted}*10000/{whole},0)/100)', share)]
                + [translated(one["definition"]), one["version"], yes(one["is_verified"])]
                + ["; ".join(note["note"] for note in one["notes"])]
            )
        book.table(self.sheet, _("Coverage"), head, rows, keep=2)


@dataclass
class MarksSheet:
    """The counting marks, one column per juror; ``called`` gives the juror's name for a seat.

    Where jurors are not disclosed the marks of a row are sorted, so that no column belongs to a juror.
    """

    sheet: Any
    contest: CategoryData
    called: Callable[[int], str]
    disclosure: str
    seats: list[str] = field(init=False)

    def __post_init__(self) -> None:
        given = {seat for one in self.contest.contenders for marks in one["marks"].values() for seat in marks}
        # By displayed name: the order of the seats would reveal the letters.
        self.seats = sorted(given, key=lambda seat: (self.called(int(seat)), int(seat)))
        if self.disclosure == Panel.Disclosure.NAMES:
            self.seats.sort(key=int)
        self.slugs = [one["slug"] for one in self.contest.criteria if one["kind"] == "mark"]
        self.has_rooms = any("room" in one for one in self.contest.contenders)

    def row(self, number: int, slug: str) -> str:
        """All marks of a contender for a criterion."""
        first = 2 + self.has_rooms + self.slugs.index(slug) * len(self.seats)
        return on(self.sheet.get_name(), across(FIRST + number, first, first + len(self.seats) - 1))

    def write(self, book: Book) -> None:
        names = {one["slug"]: one["name"] for one in self.contest.criteria}
        lines = [self._heading(number, seat) for number, seat in enumerate(self.seats, 1)]
        head = [BookColumn(_("Code")), BookColumn(_("Name"))]
        head += [BookColumn(_("Jurors"))] if self.has_rooms else []
        head += [BookColumn(f"{names[slug]} · {juror}", "points") for slug in self.slugs for juror in lines]
        rows = [
            [
                one["region"],
                one["listed_as"],
                *self._room(one),
                *(mark for slug in self.slugs for mark in self._marks(one, slug)),
            ]
            for one in self.contest.contenders
        ]
        book.table(self.sheet, _("Marks of the jurors: %(name)s") % {"name": self.contest.name}, head, rows, keep=2)

    def _room(self, contender: dict) -> list[Cell]:
        """Whose marks the mean is of; only where the panel has rooms."""
        if not self.has_rooms:
            return []
        room = contender.get("room")
        return [_("the jurors of room %(room)s") % {"room": room} if room else _("the whole panel")]

    def _heading(self, number: int, seat: str) -> str:
        if self.disclosure == Panel.Disclosure.NONE:
            return _("Mark %(number)d") % {"number": number}
        return self.called(int(seat))

    def _marks(self, contender: dict, slug: str) -> list[Cell]:
        given = contender["marks"].get(slug, {})
        marks = [given[seat] / 100 if seat in given else None for seat in self.seats]
        if self.disclosure == Panel.Disclosure.NONE:
            marks.sort(key=lambda mark: (mark is None, mark))
        return list(marks)


def yes(claim: bool) -> str:
    return _("yes") if claim else _("no")
