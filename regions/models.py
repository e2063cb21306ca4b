"""Regions, offices, and how many workers are covered where. Who may see which rows: ``querysets.py``."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regions import coverage as rules
from regions.querysets import CoverageQuerySet, PostingQuerySet, RegionQuerySet


class Basis(models.TextChoices):
    """How sure a reference fact is."""

    ATTESTED = "attested", _("attested")
    ASSUMED = "assumed", _("assumed")


class TimeZone(models.TextChoices):
    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"

    @property
    def name_in_database(self) -> str:
        return {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}[self.value]


class RegionalOffice(models.Model):
    """A Kantor Wilayah of BPJS Ketenagakerjaan; it looks after whole provinces."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("regional office")

    def __str__(self) -> str:
        return f"Kanwil {self.name}"


class Region(models.Model):
    """A province or a kabupaten/kota, by its Kemendagri code (``51``, ``51.03``): one tree."""

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("province")
        KABUPATEN = "kabupaten", _("kabupaten")
        KOTA = "kota", _("kota")

    code = models.CharField(
        _("code"),
        max_length=13,
        unique=True,
        validators=[RegexValidator(r"^\d\d(\.\d\d)?$", _("Not a region code."))],
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_administrative = models.BooleanField(_("administrative"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=4, choices=TimeZone)
    regional_office = models.ForeignKey(RegionalOffice, models.PROTECT, null=True, related_name="provinces")
    regional_office_basis = models.CharField(max_length=10, choices=Basis, blank=True)
    search_key = models.CharField(max_length=100, editable=False)

    objects: ClassVar[Any] = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="provinsi", parent=None) | (~Q(kind="provinsi") & Q(parent__isnull=False)),
                name="region_parent_by_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.code])

    @property
    def is_province(self) -> bool:
        return self.kind == self.Kind.PROVINCE

    @property
    def province_code(self) -> str:
        """The code of the province this region is or lies in; codes nest, so no query is needed."""
        return self.code[:2]


class Branch(models.Model):
    """A branch office (Kantor Cabang) and the kabupaten/kota of its working area."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    regional_office = models.ForeignKey(RegionalOffice, models.PROTECT, related_name="branches")
    working_area = models.ManyToManyField(Region, related_name="branches")
    basis = models.CharField(max_length=10, choices=Basis)

    class Meta:
        ordering = ["name"]
        verbose_name = _("branch office")

    def __str__(self) -> str:
        return f"Cabang {self.name}"


class Posting(models.Model):
    """A person at a branch (enters), at a regional office (verifies) or at the head office (sets denominators)."""

    class Place(models.TextChoices):
        BRANCH = "branch", _("branch office")
        REGIONAL = "regional", _("regional office")
        HEAD = "head", _("head office")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    place = models.CharField(_("place"), max_length=10, choices=Place)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="postings")
    regional_office = models.ForeignKey(RegionalOffice, models.PROTECT, null=True, blank=True, related_name="postings")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar[Any] = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["user", "pk"]
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(
                condition=Q(place="branch", branch__isnull=False, regional_office=None)
                | Q(place="regional", branch=None, regional_office__isnull=False)
                | Q(place="head", branch=None, regional_office=None),
                name="posting_is_at_one_place",
            )
        ]

    def __str__(self) -> str:
        return str(self.branch or self.regional_office or self.get_place_display())


class Segment(models.Model):
    """A segment of workers: PU, BPU, Jakon, PMI, non-ASN, perangkat desa, pekerja rentan."""

    code = models.SlugField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name = _("segment")

    def __str__(self) -> str:
        return self.name


class Definition(models.Model):
    """What a figure counts: which territory, which denominator. Growth exists only inside one definition."""

    territory = models.CharField(_("territory"), max_length=80)
    denominator = models.CharField(_("denominator"), max_length=160, blank=True)

    class Meta:
        ordering = ["territory", "denominator"]
        verbose_name = _("definition")
        constraints = [models.UniqueConstraint(fields=["territory", "denominator"], name="definition_once")]

    def __str__(self) -> str:
        return " · ".join(gettext(part) for part in (self.territory, self.denominator) if part)


_COUNT = MaxValueValidator(999_999_999_999)


class Figure(models.Model):
    """The figures of one version: counts of people, never a percentage."""

    workers = models.PositiveBigIntegerField(_("workers"), validators=[MinValueValidator(1), _COUNT])
    participants = models.PositiveBigIntegerField(_("participants"), validators=[_COUNT])
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+", verbose_name=_("definition"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    FIELDS = ("workers", "participants", "definition", "source", "as_of")

    class Meta:
        abstract = True

    @property
    def share(self) -> int:
        """Hundredths of a percent, rounded half up."""
        return rules.share(self.participants, self.workers)

    def content(self) -> dict[str, Any]:
        """What this version says, by field name; the definition by its key."""
        return {
            "workers": self.workers,
            "participants": self.participants,
            "definition": self.definition_id,
            "source": self.source,
            "as_of": self.as_of,
        }


class Coverage(Figure):
    """Participants and workers of a region in a year and segment: the version in force.

    Every version, this one included, is also a ``CoverageVersion``. A verified or locked figure carries who did it.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="coverage")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2014), MaxValueValidator(2100)])
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+")
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
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="coverage_verifier_signs",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None) | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="coverage_locker_signs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year} {self.segment.code}"

    def get_absolute_url(self) -> str:
        return reverse("coverage-edit", args=[self.region.code, self.year])

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    def growth_from(self, before: "Coverage | None") -> rules.Growth:
        """Growth on the figure of the year before, which exists only inside one definition."""
        if before is None:
            return rules.Growth(reason=_("There is no figure of the year before."))
        if before.definition_id != self.definition_id:
            return rules.Growth(reason=_("The two years are counted by different definitions."))
        return rules.growth(self.share, before.share)


class CoverageVersion(Figure):
    """One version of a figure: what it said, who wrote it, when, and from which form or file."""

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
        """A form's origin is its address; a file's is its name and row."""
        return self.origin.startswith("/")
