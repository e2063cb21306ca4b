"""Who competes: candidates, their nominations in a selection, and the answers given for them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models.editions import CandidateKind, Category, Sector
from awards.models.rubrics import Criterion
from awards.models.selections import Selection
from awards.querysets import NominationQuerySet
from awards.stages import EDITABLE, NominationState
from regions.models import Region


class Candidate(models.Model):
    """A government, company, enterprise, university or village; a government is its region."""

    kind = models.CharField(_("kind"), max_length=20, choices=CandidateKind)
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="candidates")

    class Meta:
        ordering = ["region__code", "name"]
        verbose_name = _("candidate")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region"],
                condition=Q(kind__in=["province", "regency"]),
                name="one_government_a_region",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Nomination(models.Model):
    """A candidate in a category of a selection; ``version`` counts every change, for the conflict check of forms."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="nominations")
    category = models.ForeignKey(Category, models.PROTECT, related_name="nominations")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="nominations")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="nominations")
    state = models.CharField(
        _("state"),
        max_length=14,
        choices=NominationState,
        default=NominationState.DRAFT,
    )
    remark = models.TextField(_("remark"), blank=True)
    nominated_at = models.DateTimeField(auto_now_add=True)
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = NominationQuerySet.as_manager()

    class Meta:
        ordering = [
            "selection",
            "category__order",
            "candidate__region__code",
            "candidate__name",
        ]
        verbose_name = _("nomination")
        constraints = [
            models.UniqueConstraint(fields=["selection", "category", "candidate"], name="nomination_once"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="nomination_submitter_signs",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="nomination_verifier_signs",
            ),
        ]

    def __str__(self) -> str:
        return self.candidate.name

    def get_absolute_url(self) -> str:
        return reverse("nomination", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE


class Answer(models.Model):
    """What the nominator answers for one criterion: a level of its band, with a note saying what it rests on."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=40)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["nomination", "criterion"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.criterion}"

    @property
    def level_label(self) -> str:
        level = self.criterion.level(self.level)
        return level["label"] if level else self.level
