"""Which office answers for which region: now, and from when to when before."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.models.places import Basis, Branch, Region, RegionalOffice


class AreaRegion(models.Model):
    """One region of a branch's working area now; the database has each region once, so it belongs to one branch."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="area_rows")
    region = models.ForeignKey(Region, models.CASCADE, related_name="area_rows")
    since = models.DateField(_("since"), null=True)
    """Empty where nobody knows."""
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ASSUMED, db_default=Basis.ASSUMED)
    source = models.CharField(_("source"), max_length=500, blank=True, default="", db_default="")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Empty where the reference files placed it."""

    class Meta:
        db_table = "regions_branch_working_area"
        ordering = ["region__code"]
        unique_together: ClassVar = [("branch", "region")]
        constraints = [models.UniqueConstraint(fields=["region"], name="one_branch_a_region")]

    def __str__(self) -> str:
        return f"{self.branch}: {self.region}"


class FormerArea(models.Model):
    """A region an office answered for before: from ``since`` until the day before ``until``."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="former_areas")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, related_name="former_areas")
    regional_office = models.ForeignKey(RegionalOffice, models.CASCADE, null=True, related_name="former_areas")
    since = models.DateField(null=True)
    until = models.DateField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-until", "region__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(branch__isnull=False, regional_office=None) | Q(branch=None, regional_office__isnull=False),
                name="formerarea_of_one_office",
            ),
            models.CheckConstraint(condition=Q(since=None) | Q(since__lte=F("until")), name="formerarea_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.branch or self.regional_office}: {self.region}"
