"""Takes entries a device stored offline: each is applied once, and none overwrites another person's change."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Criterion, Nomination
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.numbers import parse_hundredths
from scoring.models import Delivery, Receipt, ScoreSheet, Seat
from scoring.sheets import actions
from scoring.sheets import entries as sheet_entries
from scoring.sheets.lock import Opened, require_open
from scoring.sheets.offline import receipts

Outcome = Delivery.Outcome


@dataclass(frozen=True)
class DeviceEntry:
    """One field as typed on a device; ``base`` is the sheet's version it was typed over, 0 for none."""

    sequence: int
    nomination: int
    box: str
    value: str
    base: int

    @property
    def content(self) -> str:
        """The sha256 (hex) of everything but the number."""
        text = "\0".join([str(self.nomination), self.box, self.value, str(self.base)])
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class EntryResult:
    """The outcome of an entry; for a clash with both values and the version of the other one."""

    entry: DeviceEntry
    outcome: str
    reason: str = ""
    words: str = ""
    version: int | None = None
    theirs: sheet_entries.Value = None


@dataclass(frozen=True)
class Held:
    """The present values of a nomination's sheet that may be edited."""

    version: int
    values: sheet_entries.Values
    criteria: list[Criterion]


@dataclass(frozen=True)
class SyncResult:
    """``held``: nomination -> its sheet, for every one in the delivery that this person may edit."""

    results: list[EntryResult]
    held: dict[int, Held]
    receipt: Receipt


@transaction.atomic
def deliver(seat: Seat, device: uuid.UUID, entries: Sequence[DeviceEntry], *, by: User) -> SyncResult:
    """Apply what can be applied, in the order of the numbers, with an outcome for each entry.

    An entry applied before is not written again; a refused one is tried again, since the reason may be gone. A value
    typed over one this same device sent is no clash. The answer has a receipt for all of the seat's marks.
    """
    numbers = [entry.sequence for entry in entries]
    brought = Delivery.objects.filter(brought_by=by, device=device, sequence__in=numbers)
    known = {each.sequence: each for each in brought}
    results, fresh = _sift(entries, known)
    again = {each.entry.nomination for each in results} - {entry.nomination for entry in fresh}
    held: dict[int, Held] = {}
    for nomination, batch in [*_batches(fresh), *((each, []) for each in again)]:
        outcomes, sheet = _apply(seat, device, nomination, batch, by)
        _remember(seat, device, outcomes, known, by, is_there=sheet is not None)
        results += outcomes
        held |= {nomination: sheet} if sheet else {}
    receipt = receipts.give(seat, device, len(entries), by)
    trail.record(by, "sheet.receipt", receipt, digest=receipt.digest, entries=len(entries), device=str(device))
    return SyncResult(sorted(results, key=lambda each: each.entry.sequence), held, receipt)


def _sift(entries: Sequence[DeviceEntry], known: dict[int, Delivery]) -> tuple[list[EntryResult], list[DeviceEntry]]:
    """Entries answered by a stored outcome of their number, and entries to apply now, in the order of the numbers."""
    results, fresh = [], []
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        before = known.get(entry.sequence)
        if before is None or before.outcome in {Outcome.CLASH, Outcome.REFUSED}:
            fresh.append(entry)
        elif before.content == entry.content:
            results.append(EntryResult(entry, before.outcome, version=before.version))
        else:
            words = _("The device used this number before for something else.")
            results.append(EntryResult(entry, Outcome.REFUSED, "number-used", words))
    return results, fresh


def _batches(entries: Sequence[DeviceEntry]) -> Iterator[tuple[int, list[DeviceEntry]]]:
    """Entries that can be written as one version: of one nomination, no field twice, in order."""
    waiting = list(entries)
    while waiting:
        nomination, batch, later = waiting[0].nomination, {}, []
        for entry in waiting:
            if entry.nomination == nomination and entry.box not in batch:
                batch[entry.box] = entry
            else:
                later.append(entry)
        yield nomination, list(batch.values())
        waiting = later


def _apply(
    seat: Seat, device: uuid.UUID, nomination: int, batch: list[DeviceEntry], by: User
) -> tuple[list[EntryResult], Held | None]:
    """The outcome of each, and the sheet's values afterwards; none for a sheet this person may not edit."""
    try:
        opened = require_open(seat, nomination, by)
        sheet = actions.open_sheet(opened)
    except PermissionDenied:
        return [EntryResult(each, Outcome.REFUSED, "closed", _("The panel no longer scores.")) for each in batch], None
    except ValidationError as error:
        return [EntryResult(each, Outcome.REFUSED, error.code or "", " ".join(error.messages)) for each in batch], None
    return _write(opened, sheet, device, batch)


def _write(
    opened: Opened, sheet: ScoreSheet | None, device: uuid.UUID, batch: list[DeviceEntry]
) -> tuple[list[EntryResult], Held]:
    results, mine = _read(batch, opened.criteria)
    now = sheet_entries.held(sheet)
    changed, clashes = sheet_entries.compare(mine, _then(opened, sheet, device, batch, now), now)
    if changed:
        sheet = actions.keep(opened, sheet, changed)
    version = sheet.version if sheet else 0
    for entry in batch:
        if entry.box in clashes:
            results.append(
                EntryResult(
                    entry, Outcome.CLASH, version=version, theirs=now.get(entry.box, sheet_entries.empty(entry.box))
                )
            )
        elif entry.box in mine:
            results.append(
                EntryResult(entry, Outcome.WRITTEN if entry.box in changed else Outcome.SAME, version=version)
            )
    return results, Held(version, now | changed, opened.criteria)


def _read(batch: list[DeviceEntry], criteria: list[Criterion]) -> tuple[list[EntryResult], sheet_entries.Values]:
    """Entries refused as they are, and the values of the others."""
    refused: list[EntryResult] = []
    mine: sheet_entries.Values = {}
    for entry in batch:
        try:
            text = entry.value.strip()
            value = (parse_hundredths(text) if text else None) if sheet_entries.is_mark(entry.box) else text
            actions.check({entry.box: value}, criteria)
        except ValidationError as error:
            refused.append(EntryResult(entry, Outcome.REFUSED, error.code or "", " ".join(error.messages)))
        else:
            mine[entry.box] = value
    return refused, mine


def _then(
    opened: Opened, sheet: ScoreSheet | None, device: uuid.UUID, batch: list[DeviceEntry], now: sheet_entries.Values
) -> sheet_entries.Values:
    """The value of each field when it was typed over: at the entry's version, or when this device last sent it."""
    if sheet is None or not batch:
        return {}
    about: dict[str, Any] = {"seat": opened.seat, "nomination": opened.nomination, "version__isnull": False}
    brought = Delivery.objects.filter(device=device, outcome__in=[Outcome.WRITTEN, Outcome.SAME], **about)
    last: dict[str, Any] = dict(brought.order_by("sequence").values_list("box", "version"))
    base = {entry.box: max(entry.base, last.get(entry.box, 0)) for entry in batch}
    at = {
        version: now if version == sheet.version else sheet_entries.held_at(sheet, version)
        for version in set(base.values())
    }
    return {box: at[version].get(box, sheet_entries.empty(box)) for box, version in base.items()}


def _remember(
    seat: Seat, device: uuid.UUID, outcomes: list[EntryResult], known: dict[int, Delivery], by: User, *, is_there: bool
) -> None:
    """Store each outcome under its entry's number; a later outcome replaces a refusal.

    ``is_there``: whether their nomination is known to be in the selection.
    """
    again = [known[result.entry.sequence].pk for result in outcomes if result.entry.sequence in known]
    Delivery.objects.filter(pk__in=again).delete()
    asked = {result.entry.nomination for result in outcomes}
    rows = Nomination.objects.filter(selection=seat.panel.selection, pk__in=asked).values_list("pk", flat=True)
    there = asked if is_there else set(rows)
    Delivery.objects.bulk_create(
        Delivery(
            seat=seat,
            brought_by=by,
            device=device,
            sequence=result.entry.sequence,
            nomination_id=result.entry.nomination if result.entry.nomination in there else None,
            box=result.entry.box,
            content=result.entry.content,
            outcome=result.outcome,
            reason=result.reason,
            version=result.version,
        )
        for result in outcomes
    )
