"""Printed documents stored byte for byte, the wording they are made from, and a logo."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from awards.models.editions import Edition
from awards.models.history import PastAward
from scoring.models.seals import Seal


class DocumentQuerySet(models.QuerySet[Any]):
    def checkable(self) -> Self:
        """Documents the public may check: of announced results, by the database's clock, and reprints."""
        return self.filter(Q(past_award__isnull=False) | Q(seal__public_from__lte=Now()))

    def last_issues(self) -> Self:
        """Without documents that were issued again."""
        same = {name: OuterRef(name) for name in ("seal", "kind", "language", "recipient")}
        newer = self.model.objects.filter(**same, issue__gt=OuterRef("issue"))
        return self.filter(~Exists(newer))


class Document(models.Model):
    """A document made from a seal, or a reprint for a past award; never changed or deleted.

    ``subject`` is what the check page of the ``code`` shows once the result is public: for a certificate name, region,
    prize, title, category, group and number, for minutes number, day and venue. ``recipient`` identifies the winner
    within the seal; a faulty certificate is issued again with the next ``issue``. ``asked_for`` is the typed order,
    offered as default the next time. Every document is stored in each language.
    """

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("minutes of the plenary")
        DECREE = "decree", _("decree with its annex")
        ANNEX = "annex", _("annex of the decree")
        CERTIFICATE = "certificate", _("certificate")
        ADDENDUM = "addendum", _("addendum")

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        F4 = "f4", "F4"

    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="documents")
    past_award = models.ForeignKey(PastAward, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    paper = models.CharField(_("paper"), max_length=2, choices=Paper, default=Paper.A4)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    recipient = models.CharField(max_length=64, blank=True)
    issue = models.PositiveSmallIntegerField(default=1)
    subject: Any = models.JSONField(default=dict)
    asked_for: Any = models.JSONField(default=dict)
    code = models.CharField(_("code"), max_length=16, unique=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "kind", "paper", "language", "recipient", "issue"], name="document_once"
            ),
            models.UniqueConstraint(fields=["past_award", "language", "issue"], name="document_once_of_the_past"),
            models.CheckConstraint(
                condition=Q(seal__isnull=False, past_award=None) | Q(seal=None, past_award__isnull=False),
                name="document_of_a_seal_or_of_the_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class DocumentText(models.Model):
    """The wording of a kind of document in an edition and a language; every version is a row.

    ``parts`` is name of a part -> its text. Letters are stored once, in the portal's language: a letter contains both.
    """

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("minutes of the plenary")
        DECREE = "decree", _("decree with its annex")
        ANNEX = "annex", _("annex of the decree")
        CERTIFICATE = "certificate", _("certificate")
        NOTICE = "notice", _("notice by e-mail")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="document_texts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    version = models.PositiveIntegerField()
    parts: Any = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "kind", "language", "-version"]
        verbose_name = _("text of documents")
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "language", "version"], name="documenttext_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.edition} {self.language} v{self.version}"


class CertificateLogo(models.Model):
    """The logo on an edition's certificates as PNG; the last version counts, empty means none."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="logos")
    version = models.PositiveIntegerField()
    picture = models.BinaryField(blank=True)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "-version"]
        verbose_name = _("logo of certificates")
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="certificatelogo_version_once")]

    def __str__(self) -> str:
        return f"{self.edition} v{self.version}"
