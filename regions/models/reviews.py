"""What belongs to a figure besides its value: unsaved drafts, justifications of doubts, corrections."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from regions.models.figures import Coverage, Figure, Segment
from regions.models.places import Region


class CorrectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Corrections of figures in one's own area; seeing a published figure is not enough."""
        from regions.models.places import Region

        return self.filter(coverage__region__in=Region.objects.worked_by(user))

    def waiting(self) -> Self:
        return self.filter(accepted=None)

    def with_context(self) -> Self:
        figure = ("coverage__region__parent", "coverage__segment", "coverage__definition")
        return self.select_related(*figure, "definition", "proposed_by", "decided_by")


class CoverageDraft(models.Model):
    """What a person typed and has not saved, as typed; visible to that person only and never counted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+")
    workers_text = models.CharField(max_length=40, blank=True)
    participants_text = models.CharField(max_length=40, blank=True)
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "region", "year", "segment"], name="coveragedraft_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.segment.code}"


class Justification(models.Model):
    """Why a figure that looks wrong is right; it holds for one version of the figure."""

    RETURNED = "returned"

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="justifications")
    code = models.SlugField(_("doubt"), max_length=40)
    note = models.TextField(_("note"), max_length=1000)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("justification")

    def __str__(self) -> str:
        return f"{self.coverage} {self.code}"


class Correction(Figure):
    """A proposed change of a verified figure: one person proposes it, another decides.

    ``version`` is the version of the figure it would replace.
    """

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="corrections")
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        verbose_name = _("correction")
        constraints = [
            models.UniqueConstraint(fields=["coverage"], condition=Q(accepted=None), name="correction_one_open"),
            models.CheckConstraint(
                condition=signed("accepted", "decided_at", "decided_by"), name="correction_decider_signs"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="correction_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coverage} v{self.version}"

    @property
    def is_open(self) -> bool:
        return self.accepted is None
