"""The tree of regions, the offices responsible for them, and the postings of people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField


def postings_of(user: User) -> list[Posting]:
    """This person's current postings; cached for a request."""

    def ask() -> list[Posting]:
        return list(Posting.objects.filter(user_id=user.pk, ended_at=None).order_by())

    return remembered(user, "postings", ask)


class RegionQuerySet(models.QuerySet[Any]):
    def provinces(self) -> RegionQuerySet:
        return self.filter(kind="provinsi")

    def regencies(self) -> RegionQuerySet:
        return self.exclude(kind="provinsi")

    def called(self, text: str) -> RegionQuerySet:
        """By a part of the name, or by the beginning of the code."""
        return self.filter(Q(name__icontains=text) | Q(code__startswith=text))

    def visible_to(self, user: User) -> RegionQuerySet:
        """Everybody signed in sees every region."""
        return self if user.is_authenticated else self.none()

    def worked_by(self, user: User) -> RegionQuerySet:
        """The regions this person's postings cover: a working area, provinces, or all."""
        area = Q()
        for posting in postings_of(user):
            if posting.place == Posting.Place.HEAD:
                return self
            if posting.place == Posting.Place.BRANCH:
                area |= Q(branches=posting.branch_id)
            else:
                area |= Q(regional_office=posting.regional_office_id)
                area |= Q(parent__regional_office=posting.regional_office_id)
        return self.filter(area).distinct() if area else self.none()


class OfficeQuerySet(models.QuerySet[Any]):
    def open(self) -> OfficeQuerySet:
        return self.filter(closed_on=None)


class BranchQuerySet(OfficeQuerySet):
    def worked_by(self, user: User) -> BranchQuerySet:
        """The branches this person's postings cover: the own one, those of a regional office, or all."""
        found = Q(pk__in=[])
        for posting in postings_of(user):
            if posting.place == Posting.Place.HEAD:
                return self
            if posting.place == Posting.Place.BRANCH:
                found |= Q(pk=posting.branch_id)
            else:
                found |= Q(regional_office=posting.regional_office_id)
        return self.filter(found)


class PostingQuerySet(models.QuerySet[Any]):
    def current(self) -> PostingQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> PostingQuerySet:
        """Administrators see every posting, other people their own."""
        return self if user.is_superuser else self.filter(user_id=user.pk)


class Basis(models.TextChoices):
    """How well a reference fact is attested."""

    ATTESTED = "attested", _("attested")
    ASSUMED = "assumed", _("assumed")


class TimeZone(models.TextChoices):
    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"

    @property
    def name_in_database(self) -> str:
        return {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}[self.value]


class Office(models.Model):
    """What both kinds of office say of themselves; ``key`` is the name in the reference files, which stays."""

    kind: ClassVar[str]
    key = models.CharField(max_length=80, null=True, unique=True, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Whoever changed it in the portal: from then on the reference files leave it alone."""
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=signed("closed_on", "closed_by"), name="%(class)s_closed_signed")
        ]

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def address(self) -> str:
        """Its page among the offices."""
        return reverse("office", args=[self.kind, self.pk])


class RegionalOffice(Office):
    """A Kantor Wilayah of BPJS Ketenagakerjaan; it is responsible for whole provinces."""

    kind = "wilayah"
    name = OneLineField(_("name"), max_length=80, unique=True)

    objects: ClassVar[Any] = OfficeQuerySet.as_manager()

    class Meta(Office.Meta):
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
    name = OneLineField(_("name"), max_length=100)
    short_name = OneLineField(_("short name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_administrative = models.BooleanField(_("administrative"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=4, choices=TimeZone)
    regional_office = models.ForeignKey(RegionalOffice, models.PROTECT, null=True, related_name="provinces")
    regional_office_basis = models.CharField(max_length=10, choices=Basis, blank=True)
    regional_office_source = models.CharField(max_length=500, blank=True, db_default="")
    regional_office_since = models.DateField(null=True)
    regional_office_set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
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
        """The code of the region's province, which is the beginning of its own code; no query."""
        return self.code[:2]

    def lies_in(self, other: Region) -> bool:
        """Whether it is the other region or a part of it, by its code of today."""
        return self.code.startswith(other.code)

    def overlaps(self, other: Region) -> bool:
        return self.lies_in(other) or other.lies_in(self)


class Branch(Office):
    """A branch office (Kantor Cabang) and the kabupaten/kota of its working area now."""

    kind = "cabang"
    name = OneLineField(_("name"), max_length=80, unique=True)
    regional_office = models.ForeignKey(RegionalOffice, models.PROTECT, related_name="branches")
    working_area = models.ManyToManyField(Region, through="AreaRegion", related_name="branches")
    basis = models.CharField(max_length=10, choices=Basis)
    source = models.CharField(_("source"), max_length=500, blank=True, db_default="")
    note = models.CharField(_("note"), max_length=300, blank=True, db_default="")

    objects: ClassVar[Any] = BranchQuerySet.as_manager()

    class Meta(Office.Meta):
        ordering = ["name"]
        verbose_name = _("branch office")

    def __str__(self) -> str:
        return f"Cabang {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("branch", args=[self.pk])


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
