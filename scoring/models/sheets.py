"""A juror's score sheet for one nomination: its marks and remarks with all versions, and its reopenings."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from awards.models.rubrics import WHOLE, Criterion
from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from scoring.models.panels import Seat


class ScoreSheetQuerySet(models.QuerySet[Any]):
    def submitted(self) -> "ScoreSheetQuerySet":
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, user: User) -> "ScoreSheetQuerySet":
        """One's own sheets and those one types for, without conflicts of interest of juror or assistant,
        and without candidates that another room judges."""
        from scoring.models.panels import AssistantDeclaration, Conflict
        from scoring.models.rooms import in_another_room

        about = {"seat": OuterRef("seat"), "nomination": OuterRef("nomination")}
        kept_out = Conflict.objects.filter(**about)
        avoided = AssistantDeclaration.objects.filter(**about, declared_by=user.pk, keeps_out=True)
        mine = Q(seat__appointment__user_id=user.pk) | Q(seat__in=Seat.objects.assisted_by(user).values("pk"))
        theirs = self.filter(~Exists(kept_out), ~Exists(avoided), ~in_another_room("seat", "nomination__"), mine)
        return theirs.filter(seat__appointment__ended_at=None)


class ScoreSheet(models.Model):
    """Empty until its first mark, a draft until handed in, then closed; only handed-in sheets count.

    ``absent_at`` is set where the chair closed the panel without it: the juror counts as absent, not as giving zero.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sheets")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="sheets")
    saved_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    absent_at = models.DateTimeField(null=True, editable=False)
    absent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    absent_reason = models.CharField(_("reason of the absence"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = ScoreSheetQuerySet.as_manager()

    class Meta:
        ordering = ["seat__order", "nomination__candidate__region__code"]
        verbose_name = _("score sheet")
        constraints = [
            models.UniqueConstraint(fields=["seat", "nomination"], name="scoresheet_once"),
            models.CheckConstraint(condition=signed("submitted_at", "submitted_by"), name="scoresheet_submitter_signs"),
            models.CheckConstraint(
                condition=Q(absent_at=None, absent_by=None, absent_reason="")
                | (Q(absent_at__isnull=False, absent_by__isnull=False, submitted_at=None) & ~Q(absent_reason="")),
                name="scoresheet_absence_signs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.nomination}"

    def get_absolute_url(self) -> str:
        return reverse("sheet", args=[self.nomination.selection.slug, self.nomination_id])

    @property
    def trail_label(self) -> str:
        return f"{self.seat.trail_label} · {self.nomination}"


class Mark(models.Model):
    """A mark in hundredths (85.50 = 8550), 0 to 100.00: the current version; empty when removed in a draft.

    ``version`` is the sheet's version that wrote it, so the marks of any earlier version can be found.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    value = models.PositiveIntegerField(_("mark"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        verbose_name = _("mark")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(value__lte=WHOLE), name="mark_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.criterion}"


class MarkVersion(models.Model):
    mark = models.ForeignKey(Mark, models.PROTECT, related_name="versions")
    value = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField()
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = [F("version").desc()]
        constraints = [models.UniqueConstraint(fields=["mark", "version"], name="markversion_once")]

    def __str__(self) -> str:
        return f"{self.mark} v{self.version}"


class Remark(models.Model):
    """A juror's comment on one criterion, or on the whole candidate; every version is stored, the last counts."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="remarks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = [F("version").desc()]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                condition=Q(is_current=True, criterion__isnull=False),
                name="remark_of_a_criterion_once",
            ),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(is_current=True, criterion=None), name="remark_of_the_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.criterion or _('the whole')} v{self.version}"


class Reopening(models.Model):
    """A handed-in sheet was reopened: the version that counted until then, and the reason."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="reopenings")
    version = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    reopened_at = models.DateTimeField(auto_now_add=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reopened_at"]
        verbose_name = _("reopening")

    def __str__(self) -> str:
        return f"{self.sheet} v{self.version}"
