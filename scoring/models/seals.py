"""Sealed results of selections, and requests of one person, confirmed by another, to seal, announce or reopen."""

from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.selections import Selection
from paritrana.accounts.two_signatures import TwoSignatures, signed
from paritrana.display.one_line import OneLineField

HEAVY = ("payload", "winners")


def heavy_in(path: str) -> list[str]:
    """What to ``defer`` where a seal is read along with other rows: a join ignores what the manager leaves out."""
    return [f"{path}__{name}" for name in HEAVY]


class SealQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """The public result of each selection: the last one announced, by the database's clock.

        A result reopened after its announcement stays public, marked as withdrawn, until the correction is announced.
        """
        come = self.model.objects.filter(public_from__lte=Now())
        newer = come.filter(selection=OuterRef("selection"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), public_from__lte=Now())


class SealManager(models.Manager.from_queryset(SealQuerySet)):  # type: ignore[misc]
    """The document weighs megabytes: it is read by whoever asks the row for it, never along with other rows."""

    def get_queryset(self) -> SealQuerySet:
        return cast("SealQuerySet", super().get_queryset().defer(*HEAVY))


class Seal(models.Model):
    """A sealed result: canonical JSON and its sha256, requested by one person, confirmed by another.

    ``winners`` repeats of the document who won what, without anything a place was made from: what the public reads.
    ``current_of`` is the selection while the result is in force; a reopened one keeps its row and stays readable. The
    public reads it from ``public_from`` on, by the clock of the database.
    """

    class Format(models.TextChoices):
        """By which rules the document is computed; ``docs/ranking.md`` says what each version changed."""

        UNCUT = "paritrana-seal-1", _("a share above 100 % counts as it is")
        CUT = "paritrana-seal-2", _("a share above 100 % counts as 100, unless the rubric says otherwise")

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="seals")
    format = models.CharField(max_length=20, choices=Format, db_default=Format.UNCUT, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    current_of = models.OneToOneField(Selection, models.PROTECT, null=True, related_name="seal")
    payload = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    winners: Any = models.JSONField(null=True, editable=False)
    decree_number = OneLineField(_("decree number"), max_length=80)
    decree_date = models.DateField(_("decree date"))
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    public_from = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reopen_seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reopen_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects: ClassVar[Any] = SealManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        verbose_name = _("seal")
        constraints = [
            models.UniqueConstraint(fields=["selection", "number"], name="seal_number_once"),
            models.CheckConstraint(
                condition=Q(current_of=None) | Q(current_of=F("selection")), name="seal_current_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(sealed_by=F("seconded_by")), name="seal_by_two_people"),
            models.CheckConstraint(
                condition=signed("public_from", "announced_at", "announced_by"), name="seal_announcer_signs"
            ),
            models.CheckConstraint(
                condition=Q(
                    current_of__isnull=False,
                    reopened_at=None,
                    reopened_by=None,
                    reopen_seconded_by=None,
                    reopen_reason="",
                )
                | Q(
                    current_of=None,
                    reopened_at__isnull=False,
                    reopened_by__isnull=False,
                    reopen_seconded_by__isnull=False,
                )
                & ~Q(reopen_reason=""),
                name="seal_reopeners_sign",
            ),
            models.CheckConstraint(
                condition=Q(reopened_by=None) | ~Q(reopened_by=F("reopen_seconded_by")),
                name="seal_reopened_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection} {self.digest[:12]}"

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """The document as well where it is asked for; the manager would leave it out for ever."""
        every = SealQuerySet(type(self)) if from_queryset is None else from_queryset
        super().refresh_from_db(using, fields, every)

    @property
    def is_public(self) -> bool:
        """For internal pages, by the server's clock; public pages use ``Seal.objects.public()``."""
        return self.public_from is not None and self.public_from <= timezone.now()


class SealRequest(TwoSignatures):
    """A request by one person that another confirms; ``fingerprint`` is the state both have seen.

    ``confirmed`` are the codes of confirmed remarks, ``overrides`` code -> reason of overridden checks. The fingerprint
    of a reopening is the digest of the result to reopen. An announcement is asked for at once or for ``public_from``.
    """

    class Kind(models.TextChoices):
        SEAL = "seal", _("seal the result")
        ANNOUNCE = "announce", _("announce the winners")
        REOPEN = "reopen", _("open the result again")

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("seconded")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OVERTAKEN = "overtaken", _("overtaken by a change")

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="seal_requests")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    fingerprint = models.CharField(max_length=64)
    confirmed: Any = models.JSONField(default=list)
    overrides: Any = models.JSONField(default=dict)
    decree_number = OneLineField(_("decree number"), max_length=80, blank=True)
    decree_date = models.DateField(_("decree date"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    public_from = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request to seal, to announce or to reopen")
        constraints = [
            *TwoSignatures.Meta.constraints,
            models.UniqueConstraint(fields=["selection"], condition=Q(outcome=""), name="sealrequest_one_open"),
            models.CheckConstraint(
                condition=Q(kind="seal", decree_date__isnull=False) & ~Q(decree_number="")
                | Q(kind="reopen") & ~Q(reason="")
                | Q(kind="announce"),
                name="sealrequest_says_what_it_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.selection}"
