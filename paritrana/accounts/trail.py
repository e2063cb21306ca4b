"""The trail: each change is recorded in its own transaction, and each event is chained to the one before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from paritrana.accounts.models import AuditEvent, TrailCheckpoint, TrailHead, User

GENESIS = "0" * 64
WHOLE_EVERY = timedelta(days=1)


def record(by: User | None, verb: str, obj: models.Model, **detail: Any) -> AuditEvent:
    """Append one event inside the caller's transaction; ``detail`` says what changed, as ``before`` and ``after``.

    RuntimeError outside a transaction: the event and its change are committed or rolled back together.
    """
    return record_all(by, verb, [(obj, detail)])[0]


def record_all(by: User | None, verb: str, done: Iterable[tuple[models.Model, dict[str, Any]]]) -> list[AuditEvent]:
    """Append one event for each of these objects with its detail, in few statements; otherwise as ``record``."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its change")
    events = [_event(by, verb, obj, detail) for obj, detail in done]
    if not events:
        return []
    head = _held_head()  # last: whatever asks the database for a name has asked by now
    sequence, digest = head.sequence, head.digest
    for event in events:
        event.sequence, event.previous, event.at = sequence + 1, digest, timezone.now()
        sequence, digest = event.sequence, digest_of(event)
        event.digest = digest
    AuditEvent.objects.bulk_create(events)
    _advance(events)
    return events


def _advance(events: list[AuditEvent]) -> None:
    """Move the end of the chain along each event in turn: the database lets it skip none."""
    table = connection.ops.quote_name(TrailHead._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET sequence = %s, digest = %s WHERE id = 1",  # nosec B608 - the table's own name
            [(event.sequence, event.digest) for event in events],
        )


def _event(by: User | None, verb: str, obj: models.Model, detail: dict[str, Any]) -> AuditEvent:
    return AuditEvent(
        actor=by,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(getattr(obj, "trail_label", obj))[:200],  # never the name of a person
        detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder)),
    )


def _held_head() -> TrailHead:
    """The end of the chain, locked until the transaction ends; the next writer waits for it."""
    rows = TrailHead.objects.select_for_update().filter(pk=1)
    head = rows.first()
    if head is None:  # the first event of all
        TrailHead.objects.get_or_create(pk=1)
        head = rows.get()
    return head


def digest_of(event: AuditEvent) -> str:
    """The sha256 (hex) of every field of an event, including the digest before it."""
    content = {
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "verb": event.verb,
        "object": [event.object_type, event.object_id, event.object_label],
        "detail": event.detail,
        "previous": event.previous,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def faults() -> Iterator[str]:
    """What is wrong with the chain from its first event on, first fault first; nothing when it is whole."""
    yield from _faults_after(0, GENESIS)


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
    """The first fault, or None; how far the chain is whole is remembered for ``recent_faults``."""
    reached = TrailHead.objects.filter(pk=1).first() or TrailHead()
    fault = next(faults() if from_the_first else recent_faults(), None)
    found: dict[str, Any] = {"whole_at": timezone.now()} if from_the_first else {}
    if fault is None:
        found |= {"sequence": reached.sequence, "digest": reached.digest}
    if from_the_first or fault is None:
        found["fault"] = (fault or "")[:300]
        TrailCheckpoint.objects.update_or_create(pk=1, defaults=found)
    return fault


def verify_in_turn() -> str | None:
    """What the schedule asks each minute: once a day from the first event on, else only what is new."""
    known = TrailCheckpoint.objects.filter(pk=1).first()
    is_due = known is None or known.whole_at is None or timezone.now() - known.whole_at >= WHOLE_EVERY
    return verify(from_the_first=is_due)


def _faults_after(sequence: int, digest: str) -> Iterator[str]:
    """Of the events after this link up to the end as it is now; whoever records meanwhile is in nobody's way."""
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
        sequence, digest = event.sequence, event.digest
    if (head.sequence, head.digest) != (sequence, digest):
        yield f"event {sequence + 1} is missing: the trail ends at {sequence}, its head says {head.sequence}"
        return
    further = events.filter(sequence__gt=head.sequence).first()
    if further and TrailHead.objects.filter(pk=1, sequence__gt=head.sequence).first() is None:
        yield f"event {further.sequence} stands after the end of the trail, its head says {head.sequence}"


def head() -> str:
    """The end of the chain as ``sequence:digest``, to be printed and stored where operators cannot change it."""
    return str(TrailHead.objects.filter(pk=1).first() or TrailHead())
