"""How far this installation vouches for the trail by its signature, and whether single events are its own.

The key lies outside the database, so its owner can neither write an event nor move what is signed; see docs/adr/0040.
How far was signed is written beside the documents as well: whoever takes all signatures away is found by that.
"""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from paritrana.accounts import own_files, signing
from paritrana.accounts.chaining import GENESIS, as_written
from paritrana.accounts.models import AuditEvent, SignedHead

OLD_SERVERS = timedelta(days=1)
"""So long after an upgrade servers of the release before, which sign nothing, may still write events."""


def sign(sequence: int, digest: str, *, anew: bool = False) -> None:
    """Vouch for the chain up to this event, which was verified; unless ``anew``, never for less than before."""
    with transaction.atomic():
        row, _made = SignedHead.objects.select_for_update().get_or_create(pk=1)
        if row.signature and row.sequence >= sequence and not anew:
            return
        row.sequence, row.digest, row.signed_at = sequence, digest, timezone.now()
        row.since = row.since or row.signed_at
        row.signature = signing.sign(_content(row))
        row.save()
        transaction.on_commit(lambda: own_files.write(own_files.HEAD, f"{sequence}:{digest}\n"))


def _content(row: SignedHead) -> str:
    moments = [_spelled(row.since), _spelled(row.signed_at)]
    return json.dumps(["head of the trail", row.sequence, row.digest, *moments])


def _spelled(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


class Voucher:
    """Asked for each event in turn: what is wrong with it beside the chain, or an empty text."""

    def __init__(self) -> None:
        self.outside = own_files.read(own_files.HEAD)  # first: the database may only know more
        self.head = SignedHead.objects.filter(pk=1).first() or SignedHead(digest=GENESIS)
        self.last: dict[str, int] = {}

    def fault_of_head(self) -> str:
        if self.head.signature and not signing.is_ours(self.head.signature, _content(self.head)):
            return f"the signature of the trail up to event {self.head.sequence} is not by the key of this installation"
        return "" if self.outside is None else self._fault_outside(self.outside.strip())

    def _fault_outside(self, signed: str) -> str:
        sequence, _separator, digest = signed.partition(":")
        if not self.head.signature or not sequence.isdecimal() or int(sequence) > self.head.sequence:
            return f"the trail was signed as {signed}, by the file {own_files.HEAD}: its database no longer says so"
        if int(sequence) and not AuditEvent.objects.filter(sequence=sequence, digest=digest).exists():
            return f"the trail was rewritten: it no longer contains {signed} (the file {own_files.HEAD})"
        return ""

    def fault(self, event: AuditEvent) -> str:
        """Events before the signed one are proved by the chain that leads to it."""
        if event.sequence and event.sequence < self.head.sequence:
            return ""
        if event.sequence and event.sequence == self.head.sequence:
            return "" if event.digest == self.head.digest else f"event {event.sequence} is not the one that was signed"
        name = f"event {event.sequence}" if event.sequence else f"event {event.pk}, not yet chained,"
        if not event.signature:
            return "" if self._may_be_of_an_old_server() else f"{name} ({event.verb}) was written by no server"
        if not signing.is_ours(event.signature, as_written(event)):
            return f"{name} ({event.verb}) was changed after it was written, or TRAIL_KEY is another one"
        if (gap := (event.turn or 1) - 1) and not self._has(event.lane, gap):
            return f"an event before {name} was removed: number {gap} of lane {event.lane}"
        self.last[event.lane] = gap + 1
        return ""

    def fault_of_end(self, sequence: int) -> str:
        if sequence < self.head.sequence:
            return f"event {self.head.sequence} is missing: it was signed, and the trail ends at {sequence}"
        return ""

    def _has(self, lane: str, turn: int) -> bool:
        return self.last.get(lane) == turn or AuditEvent.objects.filter(lane=lane, turn=turn).exists()

    def _may_be_of_an_old_server(self) -> bool:
        """Before anything was signed, and for a day after; never where nothing was there before."""
        since = self.head.since
        return since is None or (self.head.sequence > 0 and timezone.now() - since < OLD_SERVERS)
