"""The figures as arrays, with the neighbours of each: the input of every rule."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from regions.plausibility.figures import CheckedFigure, Key
from regions.plausibility.history import Course, FigureHistory, history
from regions.plausibility.limits import Limits

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1
COLUMNS = ("workers", "participants")
LARGEST = 10**12
"""Counts of this size or more are impossible, like negative ones."""


@dataclass(frozen=True)
class View:
    """Arrays over the figures in the given order; names are numbered from 0; ``NONE`` means no neighbour."""

    figures: list[CheckedFigure]
    region: Ints
    parent: Ints
    segment: Ints
    definition: Ints
    year: Ints
    counts: dict[str, Ints]
    period_end: date
    limits: Limits
    children: Mapping[str, int]

    def keys(self, *rows: int) -> tuple[Key, ...]:
        return tuple(self.figures[row].key for row in rows)

    def neighbours(self, row: int) -> tuple[int, ...]:
        """The figures of the years before and after, with which a figure is compared."""
        return tuple(int(each[row]) for each in (self.course.before, self.course.after) if each[row] != NONE)

    @cached_property
    def usable(self) -> Flags:
        """Figures with possible counts; others are compared with nothing."""
        workers, participants = (self.counts[column] for column in COLUMNS)
        return (workers > 0) & (workers < LARGEST) & (participants >= 0) & (participants < LARGEST)

    @cached_property
    def previous(self) -> Ints:
        """The figure of the previous year with one, whatever its definition."""
        return self._neighbours(self.region, self.segment)[0]

    @cached_property
    def course(self) -> Course:
        """Figures of one region, segment and definition in the order of years, and their peer groups."""
        before, after = self._neighbours(self.region, self.segment, self.definition)
        level = (self.parent == NONE).astype(np.int64)
        return Course(self.year, before, after, self.segment * 2 + level, self.numbered(self.parent, self.segment))

    @cached_property
    def histories(self) -> dict[str, FigureHistory]:
        """How each column moved over the years, against its peers."""
        return {column: history(self.counts[column], self.course, column, self.limits) for column in COLUMNS}

    @cached_property
    def block(self) -> Ints:
        """The number of each figure's region and year."""
        return self.numbered(self.region, self.year)

    @cached_property
    def grid(self) -> Ints:
        """Rows of usable figures as blocks x segments."""
        table = np.full((self.block.max(initial=-1) + 1, self.segment.max(initial=-1) + 1), NONE)
        rows = np.flatnonzero(self.usable)
        table[self.block[rows], self.segment[rows]] = rows
        return table

    def numbered(self, *columns: Ints) -> Ints:
        """Numbers from 0 for the distinct combinations of values in `columns`."""
        mixed = columns[0] - columns[0].min(initial=0)
        for column in columns[1:]:
            low = column.min(initial=0)
            mixed = mixed * (column.max(initial=0) - low + 1) + column - low
        return np.unique(mixed, return_inverse=True)[1].reshape(-1)

    def _neighbours(self, *columns: Ints) -> tuple[Ints, Ints]:
        """Rows of the previous and next year among usable figures with equal `columns`."""
        rows = np.flatnonzero(self.usable)
        series = self.numbered(*columns)
        rows = rows[np.lexsort((self.year[rows], series[rows]))]
        joined = series[rows[1:]] == series[rows[:-1]]
        before, after = np.full(len(series), NONE), np.full(len(series), NONE)
        before[rows[1:][joined]] = rows[:-1][joined]
        after[rows[:-1][joined]] = rows[1:][joined]
        return before, after


def view(figures: Iterable[CheckedFigure], period_end: date, limits: Limits, children: Mapping[str, int]) -> View:
    """Build the arrays. ``ValueError`` when two figures share region, year and segment."""
    rows = list(figures)
    names: dict[Hashable, int] = {"": NONE}
    seen = View(
        figures=rows,
        region=_number(map(attrgetter("region"), rows), names),
        parent=_number(map(attrgetter("parent"), rows), names),
        segment=_number(map(attrgetter("segment"), rows), {}),
        definition=_number(map(attrgetter("definition"), rows), {}),
        year=np.array([figure.year for figure in rows], dtype=np.int64),
        counts={column: np.array([*map(attrgetter(column), rows)], dtype=np.int64) for column in COLUMNS},
        period_end=period_end,
        limits=limits,
        children=children,
    )
    if len(np.unique(seen.numbered(seen.block, seen.segment))) < len(rows):
        raise ValueError("two figures of one region, year and segment")
    return seen


def _number(names: Iterable[Hashable], known: dict[Hashable, int]) -> Ints:
    numbers = [known.setdefault(name, len(known)) for name in names]
    return np.array(numbers, dtype=np.int64)
