"""What the owner of a database can do to the trail: write all of it anew, with every digest right."""

from django.db import connection

from paritrana import triggers
from paritrana.accounts import chaining, lanes
from paritrana.accounts.models import AuditEvent, SignedHead, TrailCheckpoint, TrailHead


def rewrite(*, without: int) -> None:
    """Take one event out and chain the others again; signatures and what was signed or verified are taken away.

    Servers that were restarted begin new lanes: no gap tells of it.
    """
    lanes.forget()
    with triggers.lifted(connection):
        AuditEvent.objects.filter(sequence=without).delete()
        events = list(AuditEvent.objects.order_by("sequence", "pk"))
        for event in events:  # the numbers are unique
            AuditEvent.objects.filter(pk=event.pk).update(sequence=None, lane="", turn=None)
        digest = chaining.GENESIS
        for sequence, event in enumerate(events, 1):
            event.sequence, event.previous, event.signature = sequence, digest, ""
            event.lane, event.turn = "", None
            event.digest = digest = chaining.digest_of(event)
            event.save()
        TrailHead.objects.update(sequence=len(events), digest=digest)
        SignedHead.objects.all().delete()
        TrailCheckpoint.objects.all().delete()
