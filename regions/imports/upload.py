"""Workbooks handed in: kept in a folder of their own, read apart, shown as what they would change, then written whole.

Nothing of this is in the database until it is confirmed. A folder belongs to the person who sent it, has a name nobody
can guess, and is deleted after a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from paritrana.accounts.models import User
from paritrana.workbooks import Fault, Table, sandbox
from paritrana.workbooks.staging import FaultyFile, Stale, Upload, plain
from regions.imports import plan
from regions.imports.rows import read_coverage
from regions.models import Coverage, Region, State

MOST_SHOWN = 300


@dataclass
class ImportPreview:
    """What a file would do, as far as a page shows it. With faults nothing of it is written.

    ``changes`` are the first ones: ``code``, ``region``, ``year``, ``segment``, ``row``, and ``workers``,
    ``participants``, ``old_workers``, ``old_participants``, the old ones None where there is no figure yet. The
    ``fingerprint`` differs whenever confirming would do something else than what was shown.
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
    letters: list[str] = field(default_factory=list)
    """The columns of the sheet that ``columns`` stand in."""
    notes: list[str] = field(default_factory=list)
    """How the file was read, where that is not what everybody expects."""

    @classmethod
    def of(cls, table: Table) -> ImportPreview:
        """The beginning: the file itself, its columns called as in the file."""
        told = {"letters": list(table.letters), "notes": table.notes}
        return cls(list(table.columns), table.sheet, table.unread, table.digest, **told)


def preview(upload: Upload, area: list[Region], tell: plan.Tell | None = None) -> ImportPreview:
    """What the file says and would change, against the figures in force now."""
    return _compared(upload, area, tell)[0]


def carry_out(
    upload: Upload, area: list[Region], *, digest: str, fingerprint: str, by: User, tell: plan.Tell | None = None
) -> int:
    """Write the file that was shown, all of it or nothing; answers how many figures. Raises Stale or FaultyFile."""
    shown, found = _compared(upload, area, None)
    if not upload.is_whole(digest) or shown.digest != digest or shown.fingerprint != fingerprint:
        raise Stale
    if shown.faults:
        raise FaultyFile
    hand = plan.Hand(by, "coverage.upload", upload.name, upload.digest, {"state": State.DRAFT})
    try:
        plan.write(found, hand, tell)
    except plan.PlanOutdated as overtaken:
        raise Stale from overtaken
    return len(found.changes)


def _compared(upload: Upload, area: list[Region], tell: plan.Tell | None) -> tuple[ImportPreview, plan.ImportPlan]:
    table = sandbox.table(upload.folder)
    shown = ImportPreview.of(table)
    reading = read_coverage(table, area)
    found = plan.ImportPlan() if reading.faults else plan.plan(reading.figures, tell)
    faults = reading.faults + found.faults
    shown.faults, shown.faulty = [plain(fault) for fault in faults[:MOST_SHOWN]], len(faults)
    shown.warnings, shown.doubtful = [plain(fault) for fault in reading.warnings[:MOST_SHOWN]], len(reading.warnings)
    shown.changes, shown.same = [_shown(change) for change in found.changes[:MOST_SHOWN]], found.same
    shown.new = len(found.new)
    shown.altered = len(found.changes) - shown.new
    shown.fingerprint = _fingerprint(found)
    return shown, found


def _fingerprint(found: plan.ImportPlan) -> str:
    rows = [
        (c.reported.key, c.before and c.before.version, *(str(getattr(c.reported, name)) for name in Coverage.FIELDS))
        for c in sorted(found.changes, key=lambda change: change.reported.key)
    ]
    return sha256(repr(rows).encode()).hexdigest()


def _shown(change: plan.FigureChange) -> dict[str, Any]:
    new, old = change.reported, change.before
    return {
        "code": new.region.code,
        "region": new.region.name,
        "year": new.year,
        "segment": new.segment.code,
        "row": new.row,
        "workers": new.workers,
        "participants": new.participants,
        "old_workers": old and old.workers,
        "old_participants": old and old.participants,
    }
