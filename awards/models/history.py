"""Winners of past periods as they were published, each with its source."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.candidates import Candidate
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from paritrana.display.one_line import OneLineField
from regions.models.places import Region


class PastAwardQuerySet(models.QuerySet[Any]):
    def questionable(self) -> "PastAwardQuerySet":
        """Those with open questions."""
        return self.exclude(questions=[])

    def current(self) -> "PastAwardQuerySet":
        """Without those a person found to be another one of the list."""
        return self.filter(same_as=None)

    def placed(self) -> "PastAwardQuerySet":
        """Those whose selection is known: the national one, or that of a province."""
        return self.current().filter(Q(level=Level.NATIONAL) | Q(province__isnull=False))

    def of(self, candidate: Any) -> "PastAwardQuerySet":
        """What this candidate won: a government is found by its region; for others a person decides."""
        from awards.models.editions import GOVERNMENTS

        if candidate.kind in GOVERNMENTS:
            unclaimed = Q(candidate=None, kind=candidate.kind, region=candidate.region_id)
            return self.current().filter(Q(candidate=candidate) | unclaimed)
        return self.current().filter(candidate=candidate)

    def perhaps_of(self, candidate: Any) -> "PastAwardQuerySet":
        """Unclaimed ones with the name of this candidate in its region: a person has to say whose they are."""
        from awards.models.editions import GOVERNMENTS

        if candidate.kind in GOVERNMENTS:
            return self.none()
        at_home = Q(region=candidate.region_id) | Q(region__code=candidate.region.province_code)
        if candidate.kind != CandidateKind.VILLAGE:
            at_home |= Q(region=None, province=None) | Q(region=None, province__code=candidate.region.province_code)
        named = self.current().filter(candidate=None, kind=candidate.kind, name_key=candidate.name_key)
        return named.filter(at_home)

    def with_context(self) -> "PastAwardQuerySet":
        return self.select_related("province", "region", "candidate")


class PastAward(models.Model):
    """One published winner. The recognised values are stored beside the published words.

    ``key`` is made of what distinguishes this award and its winner from others. ``sources`` lists every place it was
    found in. ``questions`` (codes) says what a person still has to settle; empty when all is clear. ``same_as`` is
    the row that counts for both where a person found that two are one.
    """

    class Prize(models.TextChoices):
        PLACE = "juara", _("ranked place")
        HARAPAN = "harapan", _("Harapan")
        BEST = "terbaik", _("best")
        SPECIAL = "khusus", _("special award")
        RECIPIENT = "penerima", _("recipient")
        NOMINEE = "nominasi", _("nominee, no award")

    key = models.CharField(max_length=64, unique=True, editable=False)
    period = models.PositiveSmallIntegerField(_("period"))
    level = models.CharField(_("level"), max_length=10, choices=Level)
    province = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    zone = models.CharField(_("zone"), max_length=80, blank=True)
    category = models.CharField(_("category"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=CandidateKind, blank=True)
    sector = models.CharField(_("sector"), max_length=160, blank=True)
    prize = models.CharField(_("award"), max_length=10, choices=Prize)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    is_joint = models.BooleanField(_("joint"), default=False)
    place_words = models.CharField(_("place as published"), max_length=160)
    name = OneLineField(_("name"), max_length=200)
    name_words = models.CharField(_("name as published"), max_length=250)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, blank=True, related_name="past_awards")
    province_words = models.CharField(_("province as published"), max_length=100, blank=True, db_default="", default="")
    region_words = models.CharField(_("region as published"), max_length=160, blank=True, db_default="", default="")
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the same award as")
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    sources: Any = models.JSONField(default=list)
    questions: Any = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = PastAwardQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "level", "province__code", "category", "sector", "zone", "prize", "place", "name"]
        verbose_name = _("past award")

    def __str__(self) -> str:
        return f"{self.period} {self.category}: {self.name}"

    @property
    def is_unplaced(self) -> bool:
        """Won in a province that is not known yet."""
        return self.level == Level.PROVINCIAL and self.province_id is None

    @property
    def selection_text(self) -> str:
        """Where it was won; never called national because the province is not known."""
        if self.is_unplaced:
            return str(_("Province still being checked"))
        return str(self.province or _("National selection"))
