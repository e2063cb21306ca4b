"""What stands at the head and at the foot of a selection's papers, as data: every version is a row."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models.selections import Selection
from paritrana.display.one_line import OneLineField


class Letterhead(models.Model):
    """Letterhead, place and signatories of the papers of a selection; the last version counts.

    ``signatories`` are who signs the decree and the certificates, in their order, each with ``name``, ``office``,
    ``rank``, ``number`` (NIP) and ``scan``, the sha256 of a ``SignatureScan`` or empty. ``emblem`` is a PNG or empty.
    ``legal_basis`` stands before the laws every decree of the edition recalls, one line each.
    ``decree_institution`` and ``decree_emblem`` are the head of a decree, where another office than that of the other
    papers issues it; empty where it is the same.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="letterheads")
    version = models.PositiveIntegerField()
    institution = models.TextField(_("institution"))
    address = models.TextField(_("address"), blank=True)
    place = OneLineField(_("place where papers are signed"), max_length=80)
    legal_basis = models.TextField(_("regional laws and regulations"), blank=True, default="", db_default="")
    emblem = models.BinaryField(blank=True)
    decree_institution = models.TextField(_("who issues the decree"), blank=True, default="", db_default="")
    decree_emblem = models.BinaryField(blank=True, null=True)
    signatories: Any = models.JSONField(default=list)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["selection", "-version"]
        verbose_name = _("letterhead")
        constraints = [models.UniqueConstraint(fields=["selection", "version"], name="letterhead_version_once")]

    def __str__(self) -> str:
        return f"{self.selection} v{self.version}"


class SignatureScan(models.Model):
    """A signature as a picture, ink on nothing; shown to whoever makes the documents of the selection only."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="signature_scans")
    sha256 = models.CharField(max_length=64)
    picture = models.BinaryField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("scan of a signature")
        constraints = [models.UniqueConstraint(fields=["selection", "sha256"], name="signaturescan_once")]

    def __str__(self) -> str:
        return f"{self.selection} {self.sha256[:12]}"
