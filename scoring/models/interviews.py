"""Interviews, attendance, their minutes, and the draw of their order."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from paritrana.accounts.models import User
from paritrana.display.one_line import OneLineField
from scoring.models.panels import Panel


class InterviewQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(nomination__in=Nomination.objects.visible_to(user))


class Interview(models.Model):
    """The interview of one nomination: time, place, attendance.

    ``attended`` is a level of the rubric's attendance table.
    """

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="interview")
    starts_at = models.DateTimeField(_("starts"))
    room = models.CharField(_("room"), max_length=80, blank=True)
    attended = models.CharField(_("who came"), max_length=40, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    attendance_at = models.DateTimeField(null=True, editable=False)
    attendance_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("interview")
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance_at=None, attendance_by=None, attended="")
                | (Q(attendance_at__isnull=False, attendance_by__isnull=False) & ~Q(attended="")),
                name="interview_attendance_signs",
            )
        ]

    def __str__(self) -> str:
        return f"{_('Interview')} · {self.nomination}"


class Attendee(models.Model):
    """One official who came to an interview, by name and office."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="attendees")
    name = OneLineField(_("name"), max_length=120)
    office = OneLineField(_("office held"), max_length=120)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendee")

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"


class Minutes(models.Model):
    """The minutes of an interview, written by the secretary."""

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="minutes")
    text = models.TextField(_("minutes of the interview"))
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("minutes of the interview")

    def __str__(self) -> str:
        return str(self.interview)


class Draw(models.Model):
    """One draw of the order: the seed, where it was published, and the keys of the candidates in drawn order.

    Every draw is stored, so repeated draws are visible.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="draws")
    seed = models.CharField(_("seed"), max_length=200)
    seed_source = models.CharField(_("where the seed was published"), max_length=200)
    keys: Any = models.JSONField(default=list)
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("drawing of the order")

    def __str__(self) -> str:
        return f"{self.panel} · {self.seed}"
