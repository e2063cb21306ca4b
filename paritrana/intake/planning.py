"""What a file would do: each row compared with what is stored, then all of it written or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from paritrana.intake.description import Intake, Overtaken, RowChange, Tell, WrittenBy
from paritrana.intake.reading import TableReading, place_of, read
from paritrana.workbooks import Fault, Table

TELL_EVERY = 1000


@dataclass
class IntakePlan:
    """Rows that would change something in the order of the file, rows that say what is stored, faults, doubts.

    ``count`` is the sum of all rows: written, there already, asked about, refused, left empty.
    """

    changes: list[RowChange] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    count: int = 0
    empty: int = 0
    places: dict[str, str] = field(default_factory=dict)
    header: int = 1

    @property
    def new(self) -> int:
        return sum(change.is_new and not change.question for change in self.changes)

    @property
    def altered(self) -> int:
        return sum(not change.is_new and not change.question for change in self.changes)

    @property
    def asked(self) -> list[RowChange]:
        return [change for change in self.changes if change.question]

    @property
    def refused(self) -> int:
        """Rows with a fault; when the table itself cannot be believed, all of them."""
        if any(fault.row <= self.header for fault in self.faults):
            return self.count
        return len({fault.row for fault in self.faults})

    @property
    def fingerprint(self) -> str:
        return _fingerprint(self)


def plan(intake: Intake, table: Table, tell: Tell | None = None) -> IntakePlan:
    """Compare the table with what is stored; writes nothing."""
    reading = read(intake, table)
    found = IntakePlan(
        faults=reading.faults,
        warnings=reading.warnings,
        count=reading.count,
        empty=reading.empty,
        places=place_of(intake, table),
        header=table.header,
    )
    _compare(intake, reading, found, tell or (lambda done, of: None))
    return found


def _compare(intake: Intake, reading: TableReading, found: IntakePlan, tell: Tell) -> None:
    known = intake.known(reading.rows)
    refused = []
    for done, row in enumerate(reading.rows):
        if done % TELL_EVERY == 0:
            tell(done, len(reading.rows))
        change = RowChange(row.row, row.values, known.get(intake.key(row.values)))
        if change.before is not None:
            change.old = _differences(intake, change)
            if not change.old:
                found.same.append(row.row)
                continue
        if refusal := intake.refusal(change):
            refused.append(Fault(row.row, *refusal))
            continue
        change.question = intake.question(change)
        found.changes.append(change)
    if refused:
        found.faults = sorted([*found.faults, *refused], key=lambda fault: fault.row)


def _differences(intake: Intake, change: RowChange) -> dict[str, object]:
    """What is stored otherwise than the row says, by column."""
    return {
        name: old
        for name, old in intake.in_force(change.before).items()
        if name in change.values
        and change.values[name] != old
        and not (name in intake.leaves and change.values[name] in (None, ""))
    }


def _fingerprint(found: IntakePlan) -> str:
    """Differs whenever writing would do something else than what was shown."""
    written = sorted(
        (change.row, repr(sorted((name, str(value)) for name, value in change.values.items())), _old(change))
        for change in found.changes
    )
    return sha256(repr(written).encode()).hexdigest()


def _old(change: RowChange) -> str:
    version = getattr(change.before, "version", "")
    return "" if change.before is None else repr([version, sorted((n, str(v)) for n, v in change.old.items())])


def write(intake: Intake, changes: Iterable[RowChange], hand: WrittenBy, tell: Tell | None = None) -> int:
    """Write these changes, all of them or none; how many. Raises Overtaken when the database does not allow them."""
    every = list(changes)
    if not every:
        return 0
    try:
        with transaction.atomic():
            intake.write(every, hand, tell or (lambda done, of: None))
    except ValidationError as refusal:
        raise Overtaken(refusal.messages[0]) from refusal
    return len(every)
