"""Entries that devices stored offline and sent later, and the receipts for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from scoring.models.panels import Seat


class Delivery(models.Model):
    """One change typed on a device, with the device's number for it: sent twice, it has one effect.

    ``box`` is ``mark_<criterion>``, ``remark_<criterion>`` or ``remark``; ``version`` is that of the sheet it was
    written to.
    """

    class Outcome(models.TextChoices):
        WRITTEN = "written", _("stored on the server")
        SAME = "same", _("already on the server")
        CLASH = "clash", _("another device changed it")
        REFUSED = "refused", _("refused")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="deliveries")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.UUIDField()
    sequence = models.PositiveIntegerField()
    nomination = models.ForeignKey(Nomination, models.PROTECT, null=True, related_name="+")
    box = models.CharField(max_length=40)
    content = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(null=True)
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["device", "sequence"]
        constraints = [models.UniqueConstraint(fields=["brought_by", "device", "sequence"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.device} {self.sequence}"


class Receipt(models.Model):
    """A digest of everything the server stored for a seat; the nonce prevents guessing marks from it."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="receipts")
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    device = models.UUIDField()
    entries = models.PositiveIntegerField()
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("receipt")

    def __str__(self) -> str:
        return f"{self.seat} · {self.digest[:12]}"

    @property
    def trail_label(self) -> str:
        return f"{self.seat.trail_label} · {self.digest[:12]}"
