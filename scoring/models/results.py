"""The live tally of a title, and the frozen result of a selection."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Selection, Title


class Standing(models.Model):
    """A nomination's place in its group for one title; ``place`` and ``total`` are empty where it is not ranked.

    ``total`` and the values of ``scores`` (criterion slug -> score or null) are hundredths of a point. ``evidence``
    (criterion slug -> facts) says what each score was made from, ``reasons`` (lists ``[code, argument...]``) why a row
    is not ranked; both are put into words when they are shown, in the reader's language: see ``explanations.py``.
    ``group`` is empty where all compete together.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="standings")
    title = models.ForeignKey(Title, models.CASCADE, related_name="standings")
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="standings")
    group = models.CharField(_("group"), max_length=120, blank=True)
    group_order = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    is_tied = models.BooleanField(_("tied"), default=False)
    total = models.PositiveIntegerField(_("total"), null=True)
    scores: Any = models.JSONField(default=dict)
    evidence: Any = models.JSONField(default=dict)
    reasons: Any = models.JSONField(default=list)

    FACTS = ("group", "group_order", "place", "is_tied", "total", "scores", "evidence", "reasons")

    class Meta:
        ordering = [
            "title__order",
            "group_order",
            models.F("place").asc(nulls_last=True),
            "nomination__candidate__region__code",
        ]
        verbose_name = _("standing")
        constraints = [
            models.UniqueConstraint(fields=["selection", "title", "nomination"], name="standing_once"),
            models.CheckConstraint(
                condition=Q(place=None, total=None) | Q(place__gt=0, total__isnull=False),
                name="standing_ranked_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.group} {self.place or '–'} {self.nomination}"


class SpecialAward(models.Model):
    """What the plenary gives outside the ranking, with its reason; ``title`` is one of the special ones."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="special_awards")
    title = models.ForeignKey(Title, models.PROTECT, related_name="special_awards", verbose_name=_("award"))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="special_awards", verbose_name=_("recipient")
    )
    reason = models.CharField(_("reason"), max_length=300)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title__order", "nomination__candidate__region__code", "nomination__candidate__name"]
        verbose_name = _("special award")
        constraints = [
            models.UniqueConstraint(fields=["selection", "title", "nomination"], name="specialaward_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="specialaward_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.nomination}"


class Seal(models.Model):
    """The frozen result: canonical JSON and its sha256; announcing it is signed on the same row."""

    selection = models.OneToOneField(Selection, models.PROTECT, related_name="seal")
    payload = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-sealed_at"]
        verbose_name = _("seal")
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_at=None, announced_by=None)
                | Q(announced_at__isnull=False, announced_by__isnull=False),
                name="seal_announcer_signs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.selection} {self.digest[:12]}"
