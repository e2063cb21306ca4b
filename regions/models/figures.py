"""The figures: counts of people by region, year and segment, and every version of them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from paritrana.display.language import in_language
from paritrana.display.one_line import OneLineField
from regions import rules
from regions.models.places import Region


class CoverageQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "CoverageQuerySet":
        """Figures of provinces for everybody signed in, as they are published; others only of one's own area.

        Committees, jurors and auditors read other figures through the nomination.
        """
        from regions.models.places import Region

        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user)))

    def handed_over(self) -> "CoverageQuerySet":
        """Figures for maps and comparisons: sent, verified or locked, but no drafts and no returned ones."""
        return self.filter(Q(state__in=("terkirim", "terverifikasi")) | Q(locked_at__isnull=False))

    def counted(self) -> "CoverageQuerySet":
        """Figures that nominations and rankings use: sent or verified. A lock does not make a draft count."""
        return self.filter(state__in=("terkirim", "terverifikasi"))

    def with_context(self) -> "CoverageQuerySet":
        return self.select_related("region", "segment", "definition")

    def with_corrections(self) -> "CoverageQuerySet":
        """Annotates ``is_being_corrected``: a proposed correction is not decided yet."""
        from regions.models.reviews import Correction

        waiting = Correction.objects.waiting().filter(coverage=OuterRef("pk"))
        return self.annotate(is_being_corrected=Exists(waiting))

    def with_notes(self) -> "CoverageQuerySet":
        return self.prefetch_related("justifications__by")

    def changeable(self) -> "CoverageQuerySet":
        """Those the branch may still change in its form."""
        return self.filter(locked_at=None).exclude(state="terverifikasi")

    def waiting(self) -> "CoverageQuerySet":
        """Those sent to the office and neither verified nor returned."""
        return self.filter(state="terkirim", locked_at=None)

    def to_send(self) -> "CoverageQuerySet":
        """Drafts and returned figures, which the branch has to send."""
        return self.filter(state__in=("draf", "dikembalikan"), locked_at=None)

    def returned(self) -> "CoverageQuerySet":
        """Those the office returned and the branch has not changed since."""
        return self.filter(state="dikembalikan", locked_at=None)


class Segment(models.Model):
    """A segment of workers: PU, BPU, Jakon, PMI, non-ASN, perangkat desa, pekerja rentan."""

    code = models.SlugField(_("code"), max_length=12, unique=True)
    name = OneLineField(_("name"), max_length=80)
    english = OneLineField(max_length=80, default="", db_default="")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name = _("segment")

    def __str__(self) -> str:
        return in_language(self.name, self.english)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(segment.code, str(segment)) for segment in cls._default_manager.all()]


class Definition(models.Model):
    """What a figure counts: its territory and its denominator. Growth is computed only within one definition."""

    territory = models.CharField(_("territory"), max_length=80)
    denominator = models.CharField(_("denominator"), max_length=160, blank=True)

    class Meta:
        ordering = ["territory", "denominator"]
        verbose_name = _("definition")
        constraints = [models.UniqueConstraint(fields=["territory", "denominator"], name="definition_once")]

    def __str__(self) -> str:
        return " · ".join(gettext(part) for part in self.counted if part)

    @property
    def counted(self) -> tuple[str, str]:
        """How it is counted, comparable: territory and denominator."""
        return self.territory, self.denominator


LARGEST_COUNT = MaxValueValidator(999_999_999_999)


class State(models.TextChoices):
    """The state of a figure; ``regions/verification/transitions.py`` has the transitions."""

    DRAFT = "draf", _("draft")
    SENT = "terkirim", _("sent")
    VERIFIED = "terverifikasi", _("verified")
    RETURNED = "dikembalikan", _("returned")


COUNTED = frozenset({State.SENT, State.VERIFIED})
"""The states of figures that nominations and rankings use."""


class Figure(models.Model):
    """The values of one version: counts of people, never a percentage."""

    workers = models.PositiveBigIntegerField(_("workers"), validators=[MinValueValidator(1), LARGEST_COUNT])
    participants = models.PositiveBigIntegerField(_("participants"), validators=[LARGEST_COUNT])
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+", verbose_name=_("definition"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    FIELDS = ("workers", "participants", "definition", "source", "as_of")

    class Meta:
        abstract = True

    @property
    def share(self) -> int:
        """Participants in workers, in hundredths of a percent, rounded half up."""
        return rules.share(self.participants, self.workers)

    def content(self) -> dict[str, Any]:
        """The values of this version by field name; the definition by its primary key."""
        return {
            "workers": self.workers,
            "participants": self.participants,
            "definition": self.definition_id,
            "source": self.source,
            "as_of": self.as_of,
        }


class Coverage(Figure):
    """Participants and workers of a region in a year and segment: the version in force.

    Every version, this one included, is also a ``CoverageVersion``. Each transition stores who did it and when. A lock
    by a selection is independent of the state.
    """

    State = State

    region = models.ForeignKey(Region, models.PROTECT, related_name="coverage")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2014), MaxValueValidator(2100)])
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.DRAFT, editable=False)
    is_doubted = models.BooleanField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField(_("reason of the return"), blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "year", "segment__order"]
        verbose_name = _("coverage")
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "segment"], name="coverage_once"),
            models.CheckConstraint(condition=Q(workers__gt=0), name="coverage_has_workers"),
            models.CheckConstraint(condition=signed("verified_at", "verified_by"), name="coverage_verifier_signs"),
            models.CheckConstraint(
                condition=Q(state=State.VERIFIED, verified_at__isnull=False)
                | (~Q(state=State.VERIFIED) & Q(verified_at=None)),
                name="coverage_verified_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="coverage_returned_with_reason",
            ),
            models.CheckConstraint(condition=signed("locked_at", "locked_by"), name="coverage_locker_signs"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.segment.code}"

    def get_absolute_url(self) -> str:
        return reverse("coverage-edit", args=[self.region.code, self.year])

    @property
    def notes(self) -> list[Any]:
        """The justifications of this version, oldest first."""
        return [note for note in self.justifications.all() if note.version == self.version]

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_to_send(self) -> bool:
        return self.state in (State.DRAFT, State.RETURNED) and not self.is_locked

    @property
    def to_mend(self) -> str:
        """The reason the office gave for returning it, until the branch changes it."""
        return self.return_reason if self.state == State.RETURNED else ""

    @property
    def is_sent(self) -> bool:
        """Waiting for the office: sent and not locked."""
        return self.state == State.SENT and not self.is_locked

    @property
    def is_open(self) -> bool:
        """The branch may still change it in its form."""
        return not self.is_verified and not self.is_locked

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    def obstacle(self, based_on: int | None) -> str:
        """Why no form or file may replace it: ``locked``, ``verified``, ``conflict`` (changed since), or nothing.

        ``based_on`` is the version the new values were based on; None where nobody knows.
        """
        if self.is_locked:
            return "locked"
        if self.is_verified:
            return "verified"
        return "conflict" if based_on not in (None, self.version) else ""

    def growth_from(self, before: Self | None) -> rules.Growth:
        """Growth on the figure of the year before; None as the value where the definitions differ."""
        if before is None:
            return rules.Growth(reason=_("There is no figure of the year before."))
        if before.definition_id != self.definition_id:
            return rules.Growth(reason=_("The two years are counted by different definitions."))
        return rules.growth(self.share, before.share)


class CoverageVersion(Figure):
    """One version of a figure: its values, who wrote it, when, and from which form or file."""

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="versions")
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("origin"), max_length=200)

    class Meta:
        ordering = [F("version").desc()]
        constraints = [models.UniqueConstraint(fields=["coverage", "version"], name="coverageversion_once")]

    def __str__(self) -> str:
        return f"{self.coverage} v{self.version}"

    @property
    def is_from_form(self) -> bool:
        """True for the address of a form; the origin of an imported version is file name and row."""
        return self.origin.startswith("/")
