"""The panel ("Tim penilai"), its seats and conflicts, and the interviews it holds."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Nomination, Selection
from paritrana.accounts.models import User
from scoring.querysets import InterviewQuerySet, SeatQuerySet


class Panel(models.Model):
    """The panel of a selection, appointed by a decree."""

    selection = models.OneToOneField(Selection, models.PROTECT, related_name="panel")
    decree_number = models.CharField(_("decree number"), max_length=80, blank=True)
    decree_date = models.DateField(_("decree date"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one interview"),
        default=35,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
        help_text=_("Presentation, questions and changeover together."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("panel")

    def __str__(self) -> str:
        return f"{_('Panel')} · {self.selection}"


class Seat(models.Model):
    """One seat: an appointment as chair, secretary or juror, and the element it represents."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seats")
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="seat")
    element = models.CharField(_("element represented"), max_length=120)
    order = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["panel", "order"]
        verbose_name = _("seat")
        constraints = [models.UniqueConstraint(fields=["panel", "order"], name="seat_order_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.appointment.get_role_display()})"

    @property
    def user(self) -> User:
        return self.appointment.user


class Conflict(models.Model):
    """A juror keeps out of one nomination: by own abstention, or recused by the secretary."""

    class Kind(models.TextChoices):
        ABSTENTION = "abstention", _("abstention")
        RECUSAL = "recusal", _("recusal")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflicts")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["declared_at"]
        verbose_name = _("conflict of interest")
        constraints = [models.UniqueConstraint(fields=["seat", "nomination"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.nomination}"


class Declaration(models.Model):
    """A juror's word that there is no conflict of interest in one nomination; before it only the name is shown."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="declarations")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="declarations")
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["declared_at"]
        verbose_name = _("declaration of no conflict")
        constraints = [models.UniqueConstraint(fields=["seat", "nomination"], name="declaration_once")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.nomination}"


class Interview(models.Model):
    """The interview of one nomination: when, where, and who came. ``attended`` is a level of the attendance table."""

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
