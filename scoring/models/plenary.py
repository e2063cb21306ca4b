"""What chair and secretary add to the marks: notes, a practice candidate, the agreed order, decisions on ties."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Nomination, Selection, Title
from scoring.models.panels import Panel, Seat


class Note(models.Model):
    """A note on one candidate; every version is a row, the last one counts.

    With ``said_by`` it is the record of the discussion: what was decided, and which member said so in the room.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()
    text = models.TextField(_("note for the discussion"), blank=True)
    said_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["nomination", "-version"]
        verbose_name = _("note for the discussion")
        constraints = [models.UniqueConstraint(fields=["nomination", "version"], name="note_version_once")]

    def __str__(self) -> str:
        return f"{self.nomination} v{self.version}"

    @property
    def is_discussion(self) -> bool:
        """It records what was decided and who said so; a note alone settles nothing."""
        return bool(self.text.strip()) and self.said_by_id is not None


class Calibration(models.Model):
    """An invented candidate the panel marks for practice; its marks are stored in ``PracticeSheet`` only."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="calibrations")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    text = models.TextField(_("description of the practice candidate"))
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["category__order", "pk"]
        verbose_name = _("practice candidate")
        constraints = [models.UniqueConstraint(fields=["panel", "category"], name="calibration_once")]

    def __str__(self) -> str:
        return f"{_('Practice candidate')} · {self.category}"


class PracticeSheet(models.Model):
    """One juror's practice marks, given once: ``marks`` is criterion slug -> hundredths."""

    calibration = models.ForeignKey(Calibration, models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="practice_sheets")
    marks: Any = models.JSONField(default=dict)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seat__order"]
        verbose_name = _("practice sheet")
        constraints = [models.UniqueConstraint(fields=["calibration", "seat"], name="practicesheet_once")]

    def __str__(self) -> str:
        return f"{self.calibration} · {self.seat}"


class Deliberation(models.Model):
    """The order the plenary agreed on for one group of a title; every version is stored.

    ``scored`` and ``agreed`` are nominations by primary key, first place first: by the totals at that moment, and as
    agreed. Where they differ a reason is given. The standings do not change.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="deliberations")
    title = models.ForeignKey(Title, models.PROTECT, related_name="deliberations")
    group = models.CharField(_("group"), max_length=120, blank=True)
    version = models.PositiveIntegerField()
    scored: Any = models.JSONField()
    agreed: Any = models.JSONField()
    differs = models.BooleanField()
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    FAR: ClassVar[int] = 3
    """A candidate moved by this many places or more is highlighted."""

    class Meta:
        ordering = ["title__order", "group", "-version"]
        verbose_name = _("deliberation")
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "title", "group", "version"], name="deliberation_version_once"
            ),
            models.CheckConstraint(condition=Q(differs=False) | ~Q(reason=""), name="deliberation_differs_by_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.group} v{self.version}"


class TieDecision(models.Model):
    """The plenary's decision on a tie that no rule breaks: by vote, with a reason; every version is stored.

    ``tied`` are its nominations in the order of the ranking, ``total`` is their common total. It applies while exactly
    these are tied at this total, otherwise it is stale. ``agreed`` is the order (nominations, best first; a shared
    place is one list): ``[[7], [3, 5]]``.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="tie_decisions")
    title = models.ForeignKey(Title, models.PROTECT, related_name="tie_decisions")
    group = models.CharField(_("group"), max_length=120, blank=True)
    version = models.PositiveIntegerField()
    tied: Any = models.JSONField()
    total = models.PositiveIntegerField(_("total"))
    agreed: Any = models.JSONField()
    reason = models.TextField(_("reason"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    votes_abstaining = models.PositiveSmallIntegerField(_("abstaining"))
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title__order", "group", "-version"]
        verbose_name = _("decision on a tie")
        constraints = [
            models.UniqueConstraint(fields=["selection", "title", "group", "version"], name="tiedecision_version_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="tiedecision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(votes_for__gt=models.F("votes_against")), name="tiedecision_has_a_majority"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.group} v{self.version}"
