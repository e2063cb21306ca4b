"""The chain of the trail: what was written is chained in batches, each event to the one before it by digest.

See docs/adr/0005 and 0040.
"""

import hashlib
import json
from typing import Any

from django.db import connection, transaction

from paritrana.accounts.models import AuditEvent, TrailHead

GENESIS = "0" * 64
BATCH = 500


@transaction.atomic
def chain(*, most: int | None = None, patient: bool = True) -> int:
    """Chain what waits, oldest first and at most so many events; returns how many.

    Locks the head of the chain until the transaction ends. With ``patient`` it waits for another holder of the lock.
    """
    head = _held_head(patient)
    if head is None:
        return 0
    sequence, digest = head.sequence, head.digest
    events = list(AuditEvent.objects.waiting()[:most])
    for event in events:
        event.sequence, event.previous = sequence + 1, digest
        sequence, digest = event.sequence, digest_of(event)
        event.digest = digest
    if events:
        AuditEvent.objects.bulk_update(events, ["sequence", "previous", "digest"], batch_size=BATCH)
        TrailHead.objects.filter(pk=1).update(sequence=sequence, digest=digest)
    return len(events)


def chain_some() -> None:
    """What a worker does each second; it leaves the work to whoever is at it."""
    if AuditEvent.objects.waiting().exists():
        chain(most=BATCH, patient=False)


def _held_head(patient: bool) -> TrailHead | None:
    """The end of the chain, locked until the transaction ends; None where somebody else has locked it."""
    TrailHead.objects.get_or_create(pk=1)
    can_skip = connection.features.has_select_for_update_skip_locked
    return TrailHead.objects.select_for_update(skip_locked=can_skip and not patient).filter(pk=1).first()


def _content(event: AuditEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "verb": event.verb,
        "object": [event.object_type, event.object_id, event.object_label],
        "detail": event.detail,
    }


def as_written(event: AuditEvent) -> str:
    """What the server signs of an event before it is chained."""
    return _canonical({**_content(event), "lane": event.lane, "turn": event.turn})


def digest_of(event: AuditEvent) -> str:
    """The sha256 (hex) of the content of a chained event, including its place and the digest before it."""
    chained = {**_content(event), "sequence": event.sequence, "previous": event.previous}
    return hashlib.sha256(_canonical(chained).encode()).hexdigest()


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
