"""What a device kept while the network was gone, brought to the server: each change once, none over another's."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Nomination
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.numbers import parse_hundredths
from scoring import boxes, receipts
from scoring.actions import sheets
from scoring.actions.opening import Opened, require_open
from scoring.models import Delivery, Receipt, ScoreSheet, Seat

Outcome = Delivery.Outcome


@dataclass(frozen=True)
class Entry:
    """One box as typed on a device; ``base`` is the sheet's version it was typed over, 0 for a sheet not begun."""

    sequence: int
    nomination: int
    box: str
    value: str
    base: int

    @property
    def content(self) -> str:
        """The sha256 (hex) of everything but the number."""
        told = "\0".join([str(self.nomination), self.box, self.value, str(self.base)])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass
class Told:
    """What became of an entry; of a clash also both values, and the version that now holds the other one."""

    entry: Entry
    outcome: str
    reason: str = ""
    words: str = ""
    version: int | None = None
    theirs: boxes.Value = None


@dataclass
class Answer:
    told: list[Told]
    receipt: Receipt = field(default_factory=Receipt)


@transaction.atomic
def deliver(seat: Seat, device: uuid.UUID, entries: Sequence[Entry], *, by: User) -> Answer:
    """Take what can be taken, in the order of the numbers, and say of each entry what became of it.

    An entry that came before is not written again; a refused one is judged anew, since a reason may be gone. What was
    typed here over what this very device wrote is no clash. The answer carries a receipt for all of the seat's marks.
    """
    known = {
        each.sequence: each
        for each in Delivery.objects.filter(brought_by=by, device=device, sequence__in=[e.sequence for e in entries])
    }
    told, fresh = [], []
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        before = known.get(entry.sequence)
        if before is None or before.outcome in {Outcome.CLASH, Outcome.REFUSED}:
            fresh.append(entry)
        elif before.content == entry.content:
            told.append(Told(entry, before.outcome, version=before.version))
        else:
            words = _("The device used this number before for something else.")
            told.append(Told(entry, Outcome.REFUSED, "number-used", words))
    for batch in _batches(fresh):
        outcomes = _apply(seat, device, batch, by)
        _remember(seat, device, outcomes, known, by)
        told += outcomes
    receipt = receipts.give(seat, device, len(entries), by)
    trail.record(by, "sheet.receipt", receipt, digest=receipt.digest, entries=len(entries), device=str(device))
    return Answer(sorted(told, key=lambda each: each.entry.sequence), receipt)


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries that can be written as one version: of one nomination and no box twice, in order."""
    waiting = list(entries)
    while waiting:
        nomination, batch, later = waiting[0].nomination, {}, []
        for entry in waiting:
            if entry.nomination == nomination and entry.box not in batch:
                batch[entry.box] = entry
            else:
                later.append(entry)
        yield list(batch.values())
        waiting = later


def _apply(seat: Seat, device: uuid.UUID, batch: list[Entry], by: User) -> list[Told]:
    try:
        opened = require_open(seat, batch[0].nomination, by)
        sheet = sheets.open_sheet(opened)
    except PermissionDenied:
        return [Told(each, Outcome.REFUSED, "closed", _("The panel no longer scores.")) for each in batch]
    except ValidationError as error:
        return [Told(each, Outcome.REFUSED, error.code or "", " ".join(error.messages)) for each in batch]
    return _write(opened, sheet, device, batch)


def _write(opened: Opened, sheet: ScoreSheet | None, device: uuid.UUID, batch: list[Entry]) -> list[Told]:
    told, mine = _read(batch, opened.criteria)
    now = boxes.held(sheet)
    changed, clashes = boxes.compare(mine, _then(opened, sheet, device, batch), now)
    if changed:
        sheet = sheets.keep(opened, sheet, changed)
    version = sheet.version if sheet else 0
    for entry in batch:
        if entry.box in clashes:
            told.append(Told(entry, Outcome.CLASH, version=version, theirs=now.get(entry.box, boxes.empty(entry.box))))
        elif entry.box in mine:
            told.append(Told(entry, Outcome.WRITTEN if entry.box in changed else Outcome.SAME, version=version))
    return told


def _read(batch: list[Entry], criteria: list[Any]) -> tuple[list[Told], boxes.Values]:
    """What is refused as it stands, and the values of the others."""
    refused: list[Told] = []
    mine: boxes.Values = {}
    for entry in batch:
        try:
            text = entry.value.strip()
            value = (parse_hundredths(text) if text else None) if boxes.is_mark(entry.box) else text
            sheets.check({entry.box: value}, criteria)
        except ValidationError as error:
            refused.append(Told(entry, Outcome.REFUSED, error.code or "", " ".join(error.messages)))
        else:
            mine[entry.box] = value
    return refused, mine


def _then(opened: Opened, sheet: ScoreSheet | None, device: uuid.UUID, batch: list[Entry]) -> boxes.Values:
    """What each box held when it was typed over: at the entry's version, or when this device last brought it."""
    if sheet is None:
        return {}
    about = {"seat": opened.seat, "nomination": opened.nomination, "version__isnull": False}
    brought = Delivery.objects.filter(device=device, outcome__in=[Outcome.WRITTEN, Outcome.SAME], **about)
    last = dict(brought.order_by("sequence").values_list("box", "version"))
    base = {entry.box: max(entry.base, last.get(entry.box, 0)) for entry in batch}
    at = {version: boxes.held_at(sheet, version) for version in set(base.values())}
    return {box: at[version].get(box, boxes.empty(box)) for box, version in base.items()}


def _remember(seat: Seat, device: uuid.UUID, outcomes: list[Told], known: dict[int, Delivery], by: User) -> None:
    """Keep each outcome under its entry's number; what was refused before and is judged anew replaces the refusal."""
    again = [known[told.entry.sequence].pk for told in outcomes if told.entry.sequence in known]
    Delivery.objects.filter(pk__in=again).delete()
    asked = {told.entry.nomination for told in outcomes}
    there = set(Nomination.objects.filter(selection=seat.panel.selection, pk__in=asked).values_list("pk", flat=True))
    Delivery.objects.bulk_create(
        Delivery(
            seat=seat,
            brought_by=by,
            device=device,
            sequence=told.entry.sequence,
            nomination_id=told.entry.nomination if told.entry.nomination in there else None,
            box=told.entry.box,
            content=told.entry.content,
            outcome=told.outcome,
            reason=told.reason,
            version=told.version,
        )
        for told in outcomes
    )
