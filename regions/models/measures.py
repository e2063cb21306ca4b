"""What offices set for all branches: the workers (denominator) of a region and year, and the targets."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from regions.models.figures import LARGEST_COUNT, Definition, Segment
from regions.models.places import Branch, Region


class MeasureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """As with figures: provinces for everybody signed in, others only of one's own area."""
        from regions.models.places import Region

        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user)))

    def in_bulk_by_segment(self) -> dict[int, Any]:
        """By the primary key of the segment; for the rows of one region and year."""
        return {row.segment_id: row for row in self}


class TargetQuerySet(MeasureQuerySet):
    def visible_to(self, user: User) -> Self:
        """Targets of the nation, of visible regions, and of the branches in the person's area."""
        from regions.models.places import Branch, Region

        if not user.is_authenticated:
            return self.none()
        areas = Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user))
        return self.filter(areas | Q(region=None, branch=None) | Q(branch__in=Branch.objects.worked_by(user)))

    def of(self, place: Region | Branch | None) -> Self:
        """Those of a region, of a branch, or (None) of the nation."""
        return self.filter(**self.model.whose(place))

    def over(self, segments: str) -> Self:
        """Those of exactly this set of segments, such as PU+BPU+JAKON."""
        if "+" in segments:
            return self.filter(segment=None, together=segments)
        return self.filter(segment__code=segments)


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


OVERALL = "PU+BPU"
"""The segments added up where nothing else is said."""


class Target(Measure):
    """The target of a region, of a branch's working area, or (without either) of the nation, in a year.

    It is over one ``segment``, or without one over several ``together``. ``value`` is a share in hundredths of a
    percent (3400 = 34.00 %) or a number of participants, by ``value_kind``.
    """

    class Kind(models.TextChoices):
        SHARE = "persen", _("percentage")
        PARTICIPANTS = "peserta", _("participants")

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="targets")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="targets")
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, blank=True, related_name="+")
    together = models.CharField(max_length=80, default=OVERALL, db_default=OVERALL, editable=False)
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
                fields=["region", "year", "together", "value_kind"],
                condition=Q(segment=None),
                name="target_once_together",
            ),
            models.UniqueConstraint(
                fields=["branch", "year", "segment", "value_kind"],
                condition=Q(segment__isnull=False),
                name="target_once_of_branch",
            ),
            models.UniqueConstraint(
                fields=["branch", "year", "together", "value_kind"],
                condition=Q(segment=None),
                name="target_once_together_of_branch",
            ),
            models.UniqueConstraint(
                fields=["year", "segment", "value_kind"],
                condition=Q(segment__isnull=False, region=None, branch=None),
                name="target_once_of_nation",
            ),
            models.UniqueConstraint(
                fields=["year", "together", "value_kind"],
                condition=Q(segment=None, region=None, branch=None),
                name="target_once_together_of_nation",
            ),
            models.CheckConstraint(
                condition=Q(region=None) | Q(branch=None),
                name="target_of_one_place_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.branch or _('Indonesia')} {self.year} {self.segments}"

    @property
    def segments(self) -> str:
        """The codes of its segments, such as PU or PU+BPU+JAKON."""
        return self.segment.code if self.segment else self.together

    @staticmethod
    def whose(place: Region | Branch | None) -> dict[str, Any]:
        """The fields that hold whose target it is: a region, a branch, or the nation."""
        if place is None:
            return {"region": None, "branch": None}
        return {"branch" if isinstance(place, Branch) else "region": place}
