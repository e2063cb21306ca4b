"""The trail: each change is recorded in its own transaction, signed, and chained soon; see ``chaining.py``."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from paritrana.accounts import anchors, chaining, lanes, signing, vouching
from paritrana.accounts.chaining import GENESIS, as_written, digest_of
from paritrana.accounts.models import AuditEvent, TrailCheckpoint, TrailHead, User
from paritrana.accounts.vouching import Voucher

WHOLE_EVERY = timedelta(days=1)


def record(by: User | None, verb: str, obj: models.Model, **detail: Any) -> AuditEvent:
    """Write one event inside the caller's transaction; ``detail`` says what changed, as ``before`` and ``after``.

    RuntimeError outside a transaction: the event and its change are committed or rolled back together.
    """
    return record_all(by, verb, [(obj, detail)])[0]


def record_all(by: User | None, verb: str, done: Iterable[tuple[models.Model, dict[str, Any]]]) -> list[AuditEvent]:
    """Write one event for each of these objects with its detail, in one statement; otherwise as ``record``.

    Nobody waits for anybody: each is signed and numbered in the lane of this connection, and ``chain`` chains it later.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its change")
    events = [_event(by, verb, obj, detail) for obj, detail in done]
    if not events:
        return []
    lane, first = lanes.take(len(events))
    for turn, event in enumerate(events, first):
        event.at, event.lane, event.turn = timezone.now(), lane, turn
        event.signature = signing.sign(as_written(event))
    AuditEvent.objects.bulk_create(events)
    return events


def _event(by: User | None, verb: str, obj: models.Model, detail: dict[str, Any]) -> AuditEvent:
    return AuditEvent(
        actor=by,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(getattr(obj, "trail_label", obj))[:200],  # never the name of a person
        detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder)),
    )


@dataclass(frozen=True)
class ChainEnd:
    """The end of the chain: it proves every event before it, wherever it is printed, mailed or stored."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"

    @property
    def short(self) -> str:
        """For paper: enough to compare by eye."""
        return f"{self.sequence}:{self.digest[:16]}"


def head() -> ChainEnd:
    """The end of the chain now; what was written in the last seconds may still wait to be chained."""
    found = TrailHead.objects.filter(pk=1).first() or TrailHead()
    return ChainEnd(found.sequence, found.digest)


def length() -> int:
    """How many events are committed, chained or not, in one question.

    Unlike the highest key it grows with each commit: keys are given out before, and committed in any order.
    """
    chained = models.Subquery(TrailHead.objects.filter(pk=1).values("sequence"))
    counted = models.Count("pk") + Coalesce(chained, 0, output_field=models.BigIntegerField())
    total: int = AuditEvent.objects.waiting().order_by().aggregate(total=counted)["total"]
    return total


def faults() -> Iterator[str]:
    """What is wrong with the chain from its first event on, first fault first; nothing when it is whole.

    Then every end of the chain that was printed, mailed or archived and is no longer in it.
    """
    yield from _faults_after(0, GENESIS)
    yield from anchors.faults()


def recent_faults() -> Iterator[str]:
    """What is wrong since it was last verified, or was then: the events before are not read again."""
    known = TrailCheckpoint.objects.filter(pk=1).first() or TrailCheckpoint()
    if known.fault:
        yield known.fault
        return
    last = AuditEvent.objects.filter(sequence=known.sequence).first()
    if known.sequence and (last is None or not known.digest == last.digest == digest_of(last)):
        yield f"event {known.sequence} is no longer as it was verified"
        return
    yield from _faults_after(known.sequence, known.digest)


def verify(*, from_the_first: bool = True) -> str | None:
    """Chain what waits; the first fault, or None. How far it is whole is signed, for ``recent_faults`` too."""
    chaining.chain()
    reached = TrailHead.objects.filter(pk=1).first() or TrailHead()
    fault = next(faults() if from_the_first else recent_faults(), None)
    found: dict[str, Any] = {"whole_at": timezone.now()} if from_the_first else {}
    if fault is None:
        found |= {"sequence": reached.sequence, "digest": reached.digest}
        vouching.sign(reached.sequence, reached.digest)
    if from_the_first or fault is None:
        found["fault"] = (fault or "")[:300]
        TrailCheckpoint.objects.update_or_create(pk=1, defaults=found)
    return fault


@transaction.atomic
def accept(reason: str) -> None:
    """Vouch for the trail as it is, in spite of what is wrong with its signatures; the event says what, and why.

    A chain that is broken stays broken.
    """
    fault = next(faults(), "")
    record(None, "trail.accept", TrailHead.objects.get_or_create(pk=1)[0], reason=reason, fault=fault)
    chaining.chain()
    end = head()
    vouching.sign(end.sequence, end.digest, anew=True)


def verify_in_turn() -> str | None:
    """What the schedule asks each minute: once a day from the first event on, else only what is new."""
    known = TrailCheckpoint.objects.filter(pk=1).first()
    is_due = known is None or known.whole_at is None or timezone.now() - known.whole_at >= WHOLE_EVERY
    return verify(from_the_first=is_due)


def _faults_after(sequence: int, digest: str) -> Iterator[str]:
    """Of the events after this link up to the end as it is now, and of those that wait to be chained."""
    voucher = Voucher()
    if fault := voucher.fault_of_head():
        yield fault
        return
    head = TrailHead.objects.filter(pk=1).first() or TrailHead()
    events = AuditEvent.objects.filter(sequence__gt=sequence).order_by("sequence", "pk")
    for event in events.filter(sequence__lte=head.sequence).iterator(chunk_size=2000):
        if event.sequence != sequence + 1:
            yield f"event {sequence + 1} is missing (the next one present is {event.sequence})"
            return
        if event.previous != digest:
            yield f"event {event.sequence} does not follow the event before it"
            return
        if event.digest != digest_of(event):
            yield f"event {event.sequence} ({event.verb}) was changed after it was written"
            return
        if fault := voucher.fault(event):
            yield fault
            return
        sequence, digest = event.sequence, event.digest
    if (head.sequence, head.digest) != (sequence, digest):
        yield f"event {sequence + 1} is missing: the trail ends at {sequence}, its head says {head.sequence}"
        return
    if fault := voucher.fault_of_end(sequence):
        yield fault
        return
    yield from filter(None, map(voucher.fault, AuditEvent.objects.waiting().iterator(chunk_size=2000)))
    further = events.filter(sequence__gt=head.sequence).first()
    if further and TrailHead.objects.filter(pk=1, sequence__gt=head.sequence).first() is None:
        yield f"event {further.sequence} stands after the end of the trail, its head says {head.sequence}"
