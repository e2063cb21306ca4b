"""The trail of what people did: its events, its end, and how far it was verified and signed."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from paritrana.accounts.event_registry import label_of


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def of(self, obj: models.Model) -> "AuditEventQuerySet":
        """The events of one object, oldest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("pk")

    def waiting(self) -> "AuditEventQuerySet":
        """Written and not yet chained, oldest first."""
        return self.filter(sequence=None).order_by("pk")


class AuditEvent(models.Model):
    """One event of the trail: who did what to which object.

    When it is written it is the number ``turn`` of its ``lane`` and signed by the server. Soon after it is chained:
    then it has its ``sequence``, and ``digest``, the sha256 of its content and the previous digest; see ``trail.py``.
    """

    sequence = models.PositiveBigIntegerField(unique=True, null=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=200)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    lane = models.CharField(max_length=32, blank=True, db_default="")
    turn = models.PositiveBigIntegerField(null=True)
    signature = models.CharField(max_length=88, blank=True, db_default="")

    objects: ClassVar[Any] = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="auditevent_object"),
            models.Index(fields=["verb", "-id"], name="auditevent_verb_newest"),
            models.Index(fields=["id"], condition=Q(sequence=None), name="auditevent_waiting"),
        ]
        constraints = [models.UniqueConstraint(fields=["lane", "turn"], name="auditevent_turn_once")]

    def __str__(self) -> str:
        return f"{self.sequence or self.pk} {self.verb}"

    @property
    def verb_in_words(self) -> str:
        return label_of(self.verb)


class TrailHead(models.Model):
    """The end of the chain, one row: whoever chains locks it, and it shows when events at the end were removed."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"


class TrailCheckpoint(models.Model):
    """How far the chain was found whole, one row: pages read only what came after; see ``trail.recent_faults``.

    ``whole_at`` is when it was last read from its beginning, ``fault`` what was wrong then.
    """

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    whole_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"


class SignedHead(models.Model):
    """How far this installation vouches for the trail, one row: the chain up to this event, signed by its key.

    ``since`` is when it began to sign; see ``vouching.py``.
    """

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    since = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signature = models.CharField(max_length=88, blank=True)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"
