"""Rows the committee adds to a nomination: remarks on answers it returns, criteria that do not apply to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from awards.models.rubrics import Criterion


class ReturnRemark(models.Model):
    """What to correct at one criterion; only those of the last return, the trail has all of them."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="return_remarks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = models.CharField(_("what is to be mended"), max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        verbose_name = _("remark on an answer")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "criterion"], name="returnremark_once"),
            models.CheckConstraint(condition=~Q(text=""), name="returnremark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.text}"


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


class CheckedRow(models.Model):
    """A row of a list in an answer that a verifier has ticked; a row that is changed has another digest."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="checked_rows")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, editable=False)
    checked_at = models.DateTimeField(auto_now_add=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order", "pk"]
        verbose_name = _("checked row")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "criterion", "digest"], name="checkedrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.criterion}"
