"""Candidates and their contacts. A government is its region; other candidates have few typed fields."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards import taxpayer_number
from awards.legal_scale import Scale, ScaleBasis
from awards.models.appointments import appointments_of
from awards.models.editions import CandidateKind
from awards.names import name_key
from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField
from regions.models.places import Region, postings_of


class CandidateQuerySet(models.QuerySet[Any]):
    def current(self) -> "CandidateQuerySet":
        """Candidates that were not merged into another."""
        return self.filter(merged_into=None)

    def called(self, text: str) -> "CandidateQuerySet":
        """Search by part of the name in any spelling, or by NPP, NIB or NPWP."""
        named = Q()
        for word in name_key(text).split():
            named &= Q(name_key__contains=word)
        try:
            npwp = taxpayer_number.read(text)
        except ValidationError:
            npwp = ""
        numbered = Q(npp=text.strip().upper()) | Q(nib=text.strip()) | (Q(npwp=npwp) if npwp else Q(pk__in=[]))
        return self.filter(named | numbered)

    def visible_to(self, user: User) -> "CandidateQuerySet":
        """Branches and offices: their area; committees and panel leaders: the province, or the whole country."""
        from awards.models.appointments import Role

        provinces = {one.province_id for one in appointments_of(user) if one.role != Role.JUROR}
        if None in provinces:
            return self
        if not provinces and not postings_of(user):
            return self.none()
        worked = Region.objects.worked_by(user)
        return self.filter(
            Q(region__in=worked)
            | Q(region__in=provinces)
            | Q(region__parent__in=provinces)
            | Q(region__in=worked.values("parent"))
        )


class Candidate(models.Model):
    """A government, company, enterprise, university or village; ``region`` is where it is located.

    ``name_key`` is the normalised name for finding duplicates. A merged candidate stays as a row that refers to the one
    it was merged into. ``scale`` follows from ``scale_basis`` and ``scale_amount`` (rupiah), see ``legal_scale.py``.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=CandidateKind)
    name = OneLineField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="candidates", verbose_name=_("region"))
    npp = models.CharField(
        _("NPP"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]{4,12}$", _("Type 4 to 12 letters or digits."))],
    )
    nib = models.CharField(
        _("NIB"), max_length=13, blank=True, validators=[RegexValidator(r"^[0-9]{13}$", _("Type 13 digits."))]
    )
    npwp = models.CharField(
        _("NPWP"),
        max_length=taxpayer_number.DIGITS,
        blank=True,
        db_default="",
        default="",
        validators=[RegexValidator(r"^[0-9]{16}$", _("Type the 15 or 16 digits of the NPWP."))],
    )
    kbli = models.CharField(
        _("KBLI"), max_length=5, blank=True, validators=[RegexValidator(r"^[0-9]{2,5}$", _("Type 2 to 5 digits."))]
    )
    scale = models.CharField(_("scale"), max_length=10, choices=Scale, blank=True)
    scale_basis = models.CharField(_("basis of the scale"), max_length=10, choices=ScaleBasis, blank=True)
    scale_amount = models.PositiveBigIntegerField(_("amount in rupiah"), null=True, blank=True)
    is_day_labour = models.BooleanField(_("construction with day labour"), default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged")
    merged_at = models.DateTimeField(null=True, editable=False)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "name"]
        verbose_name = _("candidate")
        indexes = [
            models.Index(fields=["region", "name"], name="candidate_in_a_region"),
            models.Index(fields=["npp"], name="candidate_npp"),
            models.Index(fields=["nib"], name="candidate_nib"),
            models.Index(fields=["npwp"], name="candidate_npwp"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region"],
                condition=Q(kind__in=["province", "regency"]),
                name="one_government_a_region",
            ),
            models.CheckConstraint(
                condition=signed("merged_into", "merged_at", "merged_by"), name="candidate_merger_signs"
            ),
            models.CheckConstraint(
                condition=Q(scale_basis="", scale_amount=None, scale="")
                | (~Q(scale_basis="") & ~Q(scale="") & Q(scale_amount__isnull=False)),
                name="candidate_scale_has_its_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("candidate", args=[self.pk])


class Contact(models.Model):
    """Personal data of a contact person of a candidate; unmasked only on its own page."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="contacts")
    name = OneLineField(_("name"), max_length=120)
    office = OneLineField(_("office held"), max_length=120, blank=True)
    phone = OneLineField(
        _("telephone"), max_length=20, blank=True, validators=[RegexValidator(r"^\+?[0-9 -]{6,20}$", _("Digits only."))]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    nik = models.CharField(
        _("NIK"), max_length=16, blank=True, validators=[RegexValidator(r"^[0-9]{16}$", _("16 digits."))]
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.name
