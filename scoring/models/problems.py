"""What a member of the panel reports about a sheet, and the reply that closes it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Selection
from paritrana.accounts.models import User
from scoring.models.panels import Conflict, Seat


class SheetProblemQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def readable_by(self, user: User) -> Self:
        """Without those about candidates this person has a conflict with, and without the own ones."""
        kept_out = Conflict.objects.filter(seat__in=Seat.objects.of(user)).order_by().values("nomination")
        return self.exclude(nomination__in=kept_out).exclude(reported_by=user)

    def of(self, selection: Selection) -> Self:
        """With the people and names a list shows; what waits first, then the newest."""
        found = self.filter(seat__panel__selection=selection)
        found = found.select_related("nomination__candidate", "reported_by", "answered_by", "seat__appointment__user")
        return found.order_by(models.F("answered_at").desc(nulls_first=True), "-pk")


class SheetProblem(models.Model):
    """Answered by somebody else than whoever reported it; a sheet has one open problem at a time."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="problems")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="problems")
    text = models.TextField(_("what is wrong"))
    reported_at = models.DateTimeField(auto_now_add=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reply = models.TextField(_("reply"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = SheetProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("problem with a sheet")
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "nomination"], condition=Q(answered_at=None), name="sheetproblem_open_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, reply="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reply=""),
                name="sheetproblem_answer_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("reported_by")),
                name="sheetproblem_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination} · {self.reported_by}"
