"""A plan as a page shows it, and as a file can keep it: in the language of now, the first rows of a long one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from paritrana.intake.description import Intake, RowChange
from paritrana.intake.planning import IntakePlan
from paritrana.workbooks import Fault, Table

MOST_SHOWN = 300


@dataclass
class IntakePreview:
    """With faults nothing of the file is written.

    ``changes`` have ``row``, ``kind`` (new, changed, asked), ``question`` and ``cells``: for each of ``headings`` what
    is written and, where that differs, what is stored.
    """

    sheet: str
    unread: list[str]
    notes: list[str] = field(default_factory=list)
    """How the file was read, where that is not what everybody expects."""
    digest: str = ""
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    count: int = 0
    faulty: int = 0
    doubtful: int = 0
    new: int = 0
    altered: int = 0
    same: int = 0
    asked: int = 0
    refused: int = 0
    empty: int = 0
    fingerprint: str = ""

    @property
    def written(self) -> int:
        return self.new + self.altered + self.asked

    @property
    def counts(self) -> list[int]:
        """The places of the headings over numbers."""
        cells = self.changes[0]["cells"] if self.changes else []
        return [at for at, cell in enumerate(cells) if cell["is_count"]]

    def located(self, faults: list[Fault]) -> list[dict[str, object]]:
        """Each fault with its column as the person finds it."""
        return [
            {
                "sheet": self.sheet,
                "row": fault.row,
                "column": self.places.get(fault.column, fault.column),
                "message": fault.message,
            }
            for fault in faults
        ]


def shown(intake: Intake, table: Table, found: IntakePlan) -> IntakePreview:
    columns = [
        column
        for column in intake.table.values()
        if not (column.is_for_the_eye or column.is_hidden)
        and any(column.name in change.values for change in found.changes)
    ]
    names = [column.name for column in columns]
    changes = [] if found.faults else found.changes[:MOST_SHOWN]
    return IntakePreview(
        sheet=table.sheet,
        unread=table.unread,
        notes=[str(note) for note in table.notes],
        digest=table.digest,
        faults=[_plain(fault) for fault in found.faults[:MOST_SHOWN]],
        warnings=[_plain(fault) for fault in found.warnings[:MOST_SHOWN]],
        headings=[column.heading for column in columns],
        changes=[_change(intake, change, names) for change in changes],
        places=found.places,
        count=found.count,
        faulty=len(found.faults),
        doubtful=len(found.warnings),
        new=found.new,
        altered=found.altered,
        same=len(found.same),
        asked=len(found.asked),
        refused=found.refused,
        empty=found.empty,
        fingerprint=found.fingerprint,
    )


def _change(intake: Intake, change: RowChange, names: list[str]) -> dict[str, Any]:
    kind = "asked" if change.question else "new" if change.is_new else "changed"
    return {
        "row": change.row,
        "kind": kind,
        "question": str(change.question),
        "cells": [_cell(intake, change, name) for name in names],
    }


def _cell(intake: Intake, change: RowChange, name: str) -> dict[str, Any]:
    column = intake.table[name]
    value = column.shown(change.values.get(name))
    return {
        "column": name,
        "heading": column.heading,
        "is_count": column.is_count,
        "value": value,
        "old": column.shown(change.old[name]) if name in change.old else None,
    }


def _plain(fault: Fault) -> Fault:
    """In the language of now."""
    return Fault(fault.row, fault.column, str(fault.message))
