"""The columns of a row that names an attached document: what it is, who attached it and who took it back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.display.one_line import OneLineField
from paritrana.uploads.stored_files import FileKind


class AttachedFile(models.Model):
    """A document that belongs to something; taking it back hides it, row and content stay.

    ``key`` is its random name in the private storage, ``name`` its original one. ``kind`` was detected from its
    content. ``pages`` are counted in a PDF only.
    """

    Kind = FileKind

    name = OneLineField(_("file"), max_length=200)
    kind = models.CharField(_("type"), max_length=5, choices=Kind)
    size = models.PositiveIntegerField(_("size"))
    pages = models.PositiveIntegerField(_("pages"), null=True)
    sha256 = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=100, editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="%(class)s_remover_signs",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_drawn(self) -> bool:
        """Its pages can be shown as pictures; Word and Excel documents can only be downloaded."""
        return bool(self.pages) if self.kind == self.Kind.PDF else self.kind in {self.Kind.JPEG, self.Kind.PNG}
