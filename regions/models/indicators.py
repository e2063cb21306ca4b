"""Questions about a region that are answered yes or no, and the answers of a year."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from paritrana.display.language import in_language
from paritrana.display.one_line import OneLineField
from paritrana.uploads.attached import AttachedFile
from paritrana.uploads.stored_files import StoredFile
from regions.models.places import Region


class Indicator(models.Model):
    """A question, e.g. whether a government protects its own staff who are no civil servants."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = OneLineField(_("name"), max_length=80)
    question = models.CharField(_("question"), max_length=200)
    english = OneLineField(max_length=80, default="", db_default="")
    english_question = models.CharField(max_length=200, default="", db_default="")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name = _("indicator")

    def __str__(self) -> str:
        return in_language(self.name, self.english)

    @property
    def asked(self) -> str:
        return in_language(self.question, self.english_question)


class IndicatorAnswerQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """As with figures: of one's own area. How many say yes is counted for everybody."""
        return self.filter(region__in=Region.objects.worked_by(user)) if user.is_authenticated else self.none()


class IndicatorAnswer(models.Model):
    """Yes or no of a kabupaten or kota in a year, with what proves it; verified by another person."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="answers")
    region = models.ForeignKey(Region, models.PROTECT, related_name="indicator_answers")
    year = models.PositiveSmallIntegerField(_("year"))
    is_met = models.BooleanField(_("answer"))
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    answered_at = models.DateTimeField(auto_now=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = IndicatorAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "region__code", "year"]
        verbose_name = _("answer to an indicator")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "region", "year"], name="indicatoranswer_once"),
            models.CheckConstraint(condition=Q(is_met=False) | ~Q(evidence=""), name="indicatoranswer_yes_is_proved"),
            models.CheckConstraint(
                condition=signed("verified_at", "verified_by"), name="indicatoranswer_verifier_signs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name} {self.region} {self.year}"

    def content(self) -> dict[str, Any]:
        return {"is_met": self.is_met, "evidence": self.evidence, "link": self.link}


class IndicatorFileQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> Self:
        """As the answers they prove."""
        return self.filter(region__in=Region.objects.worked_by(user)) if user.is_authenticated else self.none()


class IndicatorFile(AttachedFile):
    """A document that proves the answer of a region in a year."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="files")
    region = models.ForeignKey(Region, models.PROTECT, related_name="indicator_files")
    year = models.PositiveSmallIntegerField(_("year"))

    objects: ClassVar[Any] = IndicatorFileQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        ordering = ["pk"]
        verbose_name = _("file of an indicator")
        indexes = [models.Index(fields=["indicator", "region", "year"], name="indicatorfile_of_answer")]

    @property
    def stored(self) -> StoredFile:
        owner = f"{self.indicator.code} {self.region.code} {self.year}"
        return StoredFile(self.key, self.name, self.sha256, owner, self.size)
