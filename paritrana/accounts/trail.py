"""The trail: each change is recorded in its own transaction, and each event is chained to the one before it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from paritrana.accounts.models import AuditEvent, TrailHead, User

GENESIS = "0" * 64


def record(by: User | None, verb: str, obj: models.Model, **detail: Any) -> AuditEvent:
    """Append one event inside the caller's transaction; ``detail`` says what changed, as ``before`` and ``after``.

    RuntimeError outside a transaction: the event and its change are committed or rolled back together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its change")
    event = AuditEvent(
        actor=by,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:200],
        detail=json.loads(json.dumps(detail, cls=DjangoJSONEncoder)),
    )
    head = _held_head()  # last, so that no lazy text queries the database while the head is locked
    event.sequence, event.previous, event.at = head.sequence + 1, head.digest, timezone.now()
    event.digest = digest_of(event)
    event.save(force_insert=True)
    TrailHead.objects.filter(pk=1).update(sequence=event.sequence, digest=event.digest)
    return event


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
    """What is wrong with the chain, first fault first; empty when it is intact."""
    sequence, digest = 0, GENESIS
    for event in AuditEvent.objects.order_by("sequence", "pk").iterator(chunk_size=2000):
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
    head = TrailHead.objects.filter(pk=1).first() or TrailHead()
    if (head.sequence, head.digest) != (sequence, digest):
        yield f"event {sequence + 1} is missing: the trail ends at {sequence}, its head says {head.sequence}"


def head() -> str:
    """The end of the chain as ``sequence:digest``, to be printed and stored where operators cannot change it."""
    return str(TrailHead.objects.filter(pk=1).first() or TrailHead())
