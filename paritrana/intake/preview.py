"""A plan as a page shows it, and as a file can keep it: in the language of now, the first rows of a long one."""

from dataclasses import asdict, dataclass, field
from typing import Any

from paritrana.intake.columns import Column
from paritrana.intake.description import Intake, RowChange
from paritrana.intake.planning import IntakePlan
from paritrana.intake.questions import AskedQuestion
from paritrana.intake.report import became, which
from paritrana.workbooks import Fault, Table

MOST_SHOWN = 300


@dataclass
class IntakePreview:
    """With faults nothing of the file is written; questions stay beside them once an answer may be their cause.

    ``changes`` have ``row``, ``kind`` (new, changed, asked), ``question``, ``remark``, ``url`` and ``cells``: for each
    of ``headings`` what is written and, where that differs, what is stored. ``questions`` are to be answered before.
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
    questions: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    became: list[dict[str, Any]] = field(default_factory=list)
    """What became of every row; the counts add up to ``count``."""
    count: int = 0
    faulty: int = 0
    doubtful: int = 0
    new: int = 0
    altered: int = 0
    same: int = 0
    written: int = 0
    fingerprint: str = ""

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
    changes = [] if found.faults else found.changes
    is_asked = not found.faults or any(asked.answer for asked in found.questions)
    columns = [column for column in intake.table.values() if column.is_shown and _is_used(column, changes)]
    names = [column.name for column in columns]
    return IntakePreview(
        sheet=table.sheet,
        unread=table.unread,
        notes=[str(note) for note in table.notes],
        digest=table.digest,
        faults=[_plain(fault) for fault in found.faults[:MOST_SHOWN]],
        warnings=[_plain(fault) for fault in found.warnings[:MOST_SHOWN]],
        headings=[column.heading for column in columns],
        changes=[_change(intake, change, names) for change in changes[:MOST_SHOWN]],
        questions=[_question(asked) for asked in found.questions] if is_asked else [],
        places=found.places,
        became=[asdict(each) for each in became(found)],
        count=len(found.numbers),
        faulty=len(found.faults),
        doubtful=len(found.warnings),
        new=len(found.new),
        altered=len(found.altered),
        same=len(found.same),
        written=len(changes),
        fingerprint=found.fingerprint,
    )


def _is_used(column: Column, changes: list[RowChange]) -> bool:
    return any(change.values.get(column.name) not in (None, "") or column.name in change.old for change in changes)


def _change(intake: Intake, change: RowChange, names: list[str]) -> dict[str, Any]:
    remark, url = intake.remark(change)
    return {
        "row": change.row,
        "kind": "asked" if change.is_asked else "new" if change.is_new else "changed",
        "question": str(change.question.text) if change.question and change.is_asked else "",
        "remark": str(remark),
        "url": url,
        "cells": [_cell(intake, change, name) for name in names],
    }


def _question(asked: AskedQuestion) -> dict[str, Any]:
    question = asked.question
    options = [{"value": one.value, "label": str(one.label), "url": one.url} for one in question.options]
    told = {"text": str(question.text), "hint": str(question.hint), "options": options}
    return {"key": asked.key, "which": which(asked.rows), "answer": asked.answer, **told}


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
