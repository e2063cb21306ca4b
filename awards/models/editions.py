"""An edition: a period, its zones, its categories and their sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Count, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.legal_scale import Scale
from awards.models.english import Named
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.display.english import in_english
from paritrana.display.one_line import OneLineField
from regions.models.places import Basis, Region

if TYPE_CHECKING:
    from awards.models.rubrics import Rubric


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> EditionQuerySet:
        """Editions with an appointment of this person, and those of every selection they see."""
        from awards.models.appointments import Appointment
        from awards.models.selections import Selection

        if user.is_superuser:
            return self
        mine = Appointment.objects.current().filter(user_id=user.pk)
        seen = Selection.objects.visible_to(user)
        return self.filter(Q(pk__in=mine.values("edition")) | Q(pk__in=seen.values("edition")))

    def with_counts(self) -> EditionQuerySet:
        """Annotates each with the number of its categories and of its selections."""
        return self.annotate(
            categories_in_all=Count("categories", distinct=True), selections_in_all=Count("selections", distinct=True)
        )

    def opened_by(self, user: User) -> EditionQuerySet:
        """Editions whose selections this person may open as a member of the national committee."""
        from awards.models.appointments import Appointment, Role

        held = Appointment.objects.current().filter(user_id=user.pk, role=Role.NATIONAL_COMMITTEE, selection=None)
        return self.filter(pk__in=held.values("edition"))


class CategoryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CategoryQuerySet:
        """Categories of visible editions; a selection's own category only with that selection."""
        from awards.models.selections import Selection

        own = Q(selection=None) | Q(selection__in=Selection.objects.visible_to(user))
        return self.filter(own, edition__in=Edition.objects.visible_to(user))


class Edition(models.Model):
    """One assessment period. The press names a period by two different years, so both are stored."""

    slug = models.SlugField(_("short name"), max_length=20, unique=True)
    label = OneLineField(_("label"), max_length=100)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    implementation_year = models.PositiveSmallIntegerField(_("year of implementation"))
    is_example = models.BooleanField(_("example data"), default=False)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end"]
        verbose_name = _("edition")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__lt=F("period_end")),
                name="edition_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return in_english(self.label)

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.slug])

    @property
    def coverage_year(self) -> int:
        """The year whose coverage is assessed; growth compares it with the year before."""
        return self.period_end.year


class EditionDate(models.Model):
    """The days of a stage in every province that sets none of its own: from 00.00 to 23.59 of its own clock.

    What is announced does not close.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="dates")
    stage = models.CharField(max_length=12, choices=Stage)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"), null=True, blank=True)

    class Meta:
        ordering = ["edition", "opens_on"]
        verbose_name = _("date of all provinces")
        constraints = [
            models.UniqueConstraint(fields=["edition", "stage"], name="editiondate_once"),
            models.CheckConstraint(
                condition=Q(stage=Stage.ANNOUNCED, closes_on=None)
                | (~Q(stage=Stage.ANNOUNCED) & Q(opens_on__lte=F("closes_on"), closes_on__isnull=False)),
                name="editiondate_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_stage_display()}"


class EnglishText(models.Model):
    """What words of an edition are in English: of its label, zones, categories, sectors, titles, and of its rubrics."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="english_texts")
    indonesian = models.CharField(max_length=600)
    english = models.CharField(max_length=600)

    class Meta:
        ordering = ["edition", "indonesian"]
        verbose_name = _("English text")
        constraints = [models.UniqueConstraint(fields=["edition", "indonesian"], name="englishtext_once")]

    def __str__(self) -> str:
        return self.english


class Zone(Named):
    """A zone of one edition: a set of provinces. Not a Kantor Wilayah."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="zones")
    name = OneLineField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField()
    provinces = models.ManyToManyField(Region, through="ZoneProvince", related_name="zones")

    class Meta:
        ordering = ["edition", "order"]
        verbose_name = _("zone")
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="zone_once")]


class ZoneProvince(models.Model):
    """A province belongs to one zone of an edition.

    Without a source that is an assumption; ``basis`` says so too, for servers of a release that knew no sources.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="memberships")
    province = models.ForeignKey(Region, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis)
    source = models.CharField(max_length=500, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "province"], name="one_zone_per_province")]

    def __str__(self) -> str:
        return f"{self.province}: {self.zone}"


class CandidateKind(models.TextChoices):
    PROVINCE = "province", _("provincial government")
    REGENCY = "regency", _("regency/city government")
    COMPANY = "company", _("company")
    PUBLIC_SERVICE = "public-service", _("public service")
    SMALL = "small", _("small and micro enterprise")
    VILLAGE = "village", _("village")
    UNIVERSITY = "university", _("university")


GOVERNMENTS = frozenset({CandidateKind.PROVINCE, CandidateKind.REGENCY})
ENTERPRISES = frozenset({CandidateKind.COMPANY, CandidateKind.PUBLIC_SERVICE, CandidateKind.SMALL})
ORGANISATIONS = tuple(kind for kind in CandidateKind if kind not in GOVERNMENTS)
"""Kinds that may compete in one category; governments compete with their like alone."""


class Category(Named):
    """Which kind of candidate competes with each other in an edition; a selection may add its own categories."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="categories")
    slug = models.SlugField(_("short name"), max_length=50)
    name = OneLineField(_("name"), max_length=100)
    candidate_kind = models.CharField(_("kind of candidate"), max_length=20, choices=CandidateKind)
    more_kinds = models.JSONField(_("kinds it takes as well"), default=list, db_default=Value([], models.JSONField()))
    scales = models.JSONField(_("scales it takes"), default=list, db_default=Value([], models.JSONField()))
    """Empty where the scale does not matter."""
    exclusive_group = models.CharField(_("excludes others of the group"), max_length=60, blank=True, db_default="")
    order = models.PositiveSmallIntegerField(default=0)
    proposed = models.PositiveSmallIntegerField(
        _("proposed to the national selection"), default=1, help_text=_("The first places of each province.")
    )
    called = models.PositiveSmallIntegerField(_("called to the national interview"), null=True, blank=True)
    """Empty where no number is known."""
    source = models.CharField(_("source"), max_length=500, blank=True, db_default="")
    rubric_source = models.CharField(_("source of the rubric and titles"), max_length=500, blank=True, db_default="")
    """Without a source what is stated is an assumption, which whoever edits it is told."""
    selection = models.ForeignKey(
        "Selection", models.PROTECT, null=True, blank=True, related_name="own_categories", verbose_name=_("only in")
    )

    objects: ClassVar[Any] = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "order", "pk"]
        verbose_name = _("category")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="category_once")]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of candidate that may compete here, the main one first."""
        return (self.candidate_kind, *(kind for kind in self.more_kinds if kind != self.candidate_kind))

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(str(CandidateKind(kind).label) for kind in self.kinds)

    @property
    def scales_in_words(self) -> str:
        return ", ".join(str(Scale(scale).label) for scale in self.scales)

    def takes_scale(self, scale: str) -> bool:
        """Whether a candidate of this legal scale may compete here; one that is not known speaks against nothing."""
        return not self.scales or not scale or scale in self.scales

    def excludes(self, other: Category) -> bool:
        """Whether one candidate cannot rightly compete in both: of one group, or of scales that never meet."""
        if self.pk == other.pk:
            return False
        in_one_group = bool(self.exclusive_group) and self.exclusive_group == other.exclusive_group
        return in_one_group or bool(self.scales and other.scales and not {*self.scales} & {*other.scales})

    @property
    def current_rubric(self) -> Rubric | None:
        """The latest version of the rubric, which is used for scoring. No query when rubrics are prefetched."""
        return max(self.rubrics.all(), key=lambda rubric: rubric.version, default=None)


class Sector(Named):
    """A sector within a category, where an edition ranks by sector."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="sectors")
    slug = models.SlugField(_("short name"), max_length=50)
    name = OneLineField(_("name"), max_length=120)

    class Meta:
        ordering = ["category", "pk"]
        verbose_name = _("sector")
        constraints = [models.UniqueConstraint(fields=["category", "slug"], name="sector_once")]
