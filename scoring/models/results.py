"""The live standings of a title, and special awards."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Selection, Title


class Standing(models.Model):
    """A nomination's place in its group for one title; ``place`` and ``total`` are empty without a rank.

    ``total`` and the values of ``scores`` (criterion slug -> score or null) are hundredths of a point. ``evidence``
    (criterion slug -> facts) explains each score, ``reasons`` (lists ``[code, argument...]``) why a row has no rank;
    both become text when shown, see ``standings/explanations.py``. ``group`` is empty where all compete together.
    ``decided_by`` is what decided between rows with the same total: ``{"by": "aspect" | "criterion", "slug", "name",
    "figure", "figures"}``, all figures best first, or ``{"by": "plenary", ...}``; see ``standings/tie_rules.py``. It is
    empty where nothing had to, or nothing could, decide.
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
    """An award the plenary gives outside the ranking, with a reason; ``title`` is a special one."""

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
