"""The live tally of a title, and what the plenary gives outside it."""

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
    ``group`` is empty where all compete together. ``decided_by`` tells what set it apart from whom it shares its total
    with: ``{"by": "aspect" | "criterion", "slug", "name", "figure", "figures"}``, all figures best first, or
    ``{"by": "plenary", ...}``; see ``ties.py``. It is empty where nothing had to, or nothing could.
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
    decided_by: Any = models.JSONField(default=dict)

    FACTS = ("group", "group_order", "place", "is_tied", "total", "scores", "evidence", "reasons", "decided_by")

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
