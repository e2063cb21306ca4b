"""The current step of an announcement ceremony, for the screens that lead it from another device."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.seals import Seal


class CeremonyPosition(models.Model):
    """One row for the evening of a seal, one for its rehearsal.

    ``number`` counts the moves, so that whoever asks knows whether it missed one; ``shown`` is the last move a stage
    answered for. It holds numbers alone: names never leave the page.
    """

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="ceremony_positions")
    is_rehearsal = models.BooleanField(default=False)
    slide = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    is_dark = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    led_at = models.DateTimeField()
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("position of the stage")
        constraints = [
            models.UniqueConstraint(fields=["seal", "is_rehearsal"], name="ceremonyposition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seal} {self.slide}.{self.step}"
