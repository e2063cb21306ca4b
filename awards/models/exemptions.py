"""Criteria that do not apply to a candidate, recorded by the committee with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from awards.models.rubrics import Criterion


class Exemption(models.Model):
    """A criterion does not apply to a nomination, e.g. growth to a region that did not exist the year before.

    The criterion's rule gives the points in its place; without such a rule the candidate is listed without a rank.
    """

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="exemptions")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="exemptions", verbose_name=_("criterion"))
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        verbose_name = _("exemption")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "criterion"], name="exemption_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.criterion}"
