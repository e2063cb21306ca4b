"""Corrections of an issued paper: a numbered addendum one person asks for and another confirms."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.two_signatures import TwoSignatures, TwoSignaturesQuerySet
from scoring.models.documents import Document
from scoring.models.seals import Seal, heavy_in


class AddendumQuerySet(TwoSignaturesQuerySet):
    def with_people(self) -> Self:
        return self.select_related("seal__selection", "asked_by", "ended_by").defer(*heavy_in("seal"))


class Addendum(TwoSignatures):
    """What a paper says wrongly, and what it should say; the paper itself stays as it is.

    ``number`` counts the granted addenda of a paper of a seal; until then it is empty.
    """

    class Paper(models.TextChoices):
        MINUTES = Document.Kind.MINUTES, _("minutes of the plenary")
        DECREE = Document.Kind.DECREE, _("decree with its annex")

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="addenda")
    paper = models.CharField(_("paper"), max_length=12, choices=Paper)
    number = models.PositiveSmallIntegerField(null=True)
    written = models.TextField(_("the paper says"))
    instead = models.TextField(_("it should say"))
    reason = models.TextField(_("reason"))

    objects: ClassVar[Any] = AddendumQuerySet.as_manager()

    class Meta:
        ordering = ["seal", "paper", "pk"]
        verbose_name = _("addendum")
        constraints = [
            *TwoSignatures.Meta.constraints,
            models.UniqueConstraint(fields=["seal", "paper"], condition=Q(outcome=""), name="addendum_one_open"),
            models.UniqueConstraint(fields=["seal", "paper", "number"], name="addendum_number_once"),
            models.CheckConstraint(
                condition=Q(number=None) | Q(outcome="granted"), name="addendum_numbered_when_granted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} · {self.seal.selection}"
