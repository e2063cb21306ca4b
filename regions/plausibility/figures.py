"""The figures examined and the doubts found, as plain values independent of the database."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Self

from regions.plausibility import messages


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Key(NamedTuple):
    """Identifies one figure."""

    region: str
    year: int
    segment: str


FIELDS = (
    *("region__code", "year", "segment__code", "workers", "participants"),
    *("region__parent__code", "definition_id", "as_of"),
)
"""What a figure of the database is examined by, for ``CheckedFigure.read``."""


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """Workers and participants of a region, year and segment, as entered: counts of people.

    ``parent`` is the province of a kabupaten/kota, empty for a province. Figures of different years are compared only
    while ``definition`` is equal. ``name`` is the region's name in messages; its code is used if empty.
    """

    region: str
    year: int
    segment: str
    workers: int
    participants: int
    parent: str = ""
    definition: Hashable = ""
    as_of: date | None = None
    name: str = ""

    @classmethod
    def read(cls, row: tuple[Any, ...]) -> Self:
        """From the values of ``FIELDS``."""
        region, year, segment, workers, participants, parent, definition, as_of = row
        return cls(region, year, segment, workers, participants, parent or "", definition, as_of)

    @property
    def key(self) -> Key:
        return Key(self.region, self.year, self.segment)

    @property
    def label(self) -> str:
        return self.name or self.region


@dataclass(frozen=True)
class FigureDoubt:
    """One doubt. ``keys`` are the figures doubted, ``compared`` those they were compared with.

    ``parameters`` are the raw values of the message; message and advice are formatted in the active language.
    """

    code: str
    severity: Severity
    keys: tuple[Key, ...]
    compared: tuple[Key, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return messages.message(self.code, self.parameters)

    @property
    def cure(self) -> str:
        return messages.cure(self.code)
