"""What a file of nominations would do, as far as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from paritrana.workbooks import Fault, Table

MOST_SHOWN = 300


@dataclass(frozen=True)
class Became:
    """What became of some rows of a file: in words, how many, and which by their numbers."""

    words: str
    count: int
    which: str = ""


@dataclass
class ImportPreview:
    """What a file would do, as far as a page shows it. With faults nothing of it is written.

    ``changes`` are the first ones. The ``fingerprint`` differs when confirming would do something else than was shown.
    """

    columns: list[str]
    sheet: str
    unread: list[str]
    digest: str = ""
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    faulty: int = 0
    doubtful: int = 0
    new: int = 0
    altered: int = 0
    same: int = 0
    fingerprint: str = ""
    rows: int = 0
    became: list[Became] = field(default_factory=list)
    """Where it is told of every row; the counts add up to ``rows``."""
    questions: list[Any] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    """The columns of the sheet that ``columns`` stand in."""
    notes: list[str] = field(default_factory=list)
    """How the file was read, where that is not what everybody expects."""

    @classmethod
    def of(cls, table: Table) -> ImportPreview:
        """The beginning: the file itself, its columns called as in the file."""
        told = {"letters": list(table.letters), "notes": table.notes}
        return cls(list(table.columns), table.sheet, table.unread, table.digest, **told)
