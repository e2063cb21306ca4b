"""What offices set for all branches: the workers (denominator) of a region and year, and the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models.figures import LARGEST_COUNT, Definition, Segment
from regions.models.places import Branch, Region

if TYPE_CHECKING:
    from paritrana.accounts.models import User


class MeasureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> MeasureQuerySet:
        """As with figures: provinces for everybody signed in, others only of one's own area."""
        from regions.models.places import Region

        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user)))

    def in_bulk_by_segment(self) -> dict[int, Any]:
        """By the primary key of the segment; for the rows of one region and year."""
        return {row.segment_id: row for row in self}


class TargetQuerySet(MeasureQuerySet):
    def visible_to(self, user: User) -> TargetQuerySet:
        """Targets of visible regions, and of the branches in the person's area."""
        from regions.models.places import Branch, Region

        if not user.is_authenticated:
            return self.none()
        areas = Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user))
        return self.filter(areas | Q(branch__in=Branch.objects.worked_by(user)))

    def of(self, place: Region | Branch) -> TargetQuerySet:
        return self.filter(**self.model.whose(place))


class Measure(models.Model):
    """A value an office sets for a year, with who set it last and when."""

    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    set_at = models.DateTimeField(auto_now=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Denominator(Measure):
    """The workers of a region, year and segment, e.g. those employed according to BPS; binding for branches."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="denominators")
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+")
    workers = models.PositiveBigIntegerField(_("workers"), validators=[MinValueValidator(1), LARGEST_COUNT])
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+", verbose_name=_("definition"))
    as_of = models.DateField(_("as of"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    FIELDS = ("workers", "definition", "source", "as_of")

    objects: ClassVar[Any] = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "year", "segment__order"]
        verbose_name = _("denominator")
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "segment"], name="denominator_once"),
            models.CheckConstraint(condition=Q(workers__gt=0), name="denominator_has_workers"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.segment.code}"

    def content(self) -> dict[str, Any]:
        """The values by field name; the definition by its primary key."""
        return {
            "workers": self.workers,
            "definition": self.definition_id,
            "source": self.source,
            "as_of": self.as_of,
        }


class Target(Measure):
    """The target of a region, or of a branch's working area, in a year.

    Without a segment: PU and BPU together. ``value`` is a share in hundredths of a percent (3400 = 34.00 %) or a number
    of participants, by ``value_kind``.
    """

    class Kind(models.TextChoices):
        SHARE = "persen", _("percentage")
        PARTICIPANTS = "peserta", _("participants")

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="targets")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="targets")
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, blank=True, related_name="+")
    value_kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.PositiveBigIntegerField(_("value"), validators=[LARGEST_COUNT])

    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "branch__name", "year", "segment__order"]
        verbose_name = _("target")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "segment", "value_kind"],
                condition=Q(segment__isnull=False),
                name="target_once",
            ),
            models.UniqueConstraint(
                fields=["region", "year", "value_kind"], condition=Q(segment=None), name="target_once_overall"
            ),
            models.UniqueConstraint(
                fields=["branch", "year", "segment", "value_kind"],
                condition=Q(segment__isnull=False),
                name="target_once_of_branch",
            ),
            models.UniqueConstraint(
                fields=["branch", "year", "value_kind"], condition=Q(segment=None), name="target_once_overall_of_branch"
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False, branch=None) | Q(region=None, branch__isnull=False),
                name="target_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.branch} {self.year} {self.segment.code if self.segment else 'PU+BPU'}"

    @staticmethod
    def whose(place: Region | Branch) -> dict[str, Any]:
        """The name of the field that holds whose target it is: region or branch."""
        return {"branch" if isinstance(place, Branch) else "region": place}
