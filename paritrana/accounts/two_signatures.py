"""What one person asks for and another confirms: such a row, how it ends, and what the database demands of its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from paritrana.accounts.models import User


def signed(*columns: str) -> Q:
    """All of these columns are empty, or none of them is: a moment and who acted belong together."""
    return Q(**dict.fromkeys(columns)) | Q(**{f"{column}__isnull": False for column in columns})


def ends_signed() -> Q:
    """Open and without an end, or ended at a moment by somebody."""
    return Q(outcome="", ended_at=None, ended_by=None) | ~Q(outcome="") & Q(
        ended_at__isnull=False, ended_by__isnull=False
    )


class TwoSignaturesQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Neither confirmed nor ended otherwise."""
        return self.filter(outcome="")


class TwoSignatures(models.Model):
    """A request of one person that another confirms; ``outcome`` is empty while it is open."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", gettext_lazy("seconded")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = TwoSignaturesQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=ends_signed(), name="%(class)s_ender_signs"),
            models.CheckConstraint(
                condition=~Q(outcome="granted") | ~Q(ended_by=F("asked_by")), name="%(class)s_by_two_people"
            ),
        ]


def end(asked: Any, outcome: str, by: User) -> None:
    """End the row with this outcome. ValidationError ``moved-on`` when somebody ended it first."""
    still_open = type(asked).objects.filter(pk=asked.pk, outcome="")
    if not still_open.update(outcome=outcome, ended_at=timezone.now(), ended_by=by):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
