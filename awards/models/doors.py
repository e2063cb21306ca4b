"""The candidate's door: a contact of the candidate fills in one nomination, invited by a link that works once."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.appointments import appointments_of
from awards.models.nominations import Nomination
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField
from regions.models.places import postings_of


def is_insider(user: User) -> bool:
    """Whoever judges, verifies or nominates does not stand at the candidate's side too."""
    return bool(user.is_superuser or appointments_of(user) or postings_of(user))


class CandidateDoorQuerySet(models.QuerySet[Any]):
    def open(self) -> "CandidateDoorQuerySet":
        """Not closed by the branch: entered, or waiting for the invited person."""
        return self.filter(closed_at=None)

    def with_the_branch(self) -> "CandidateDoorQuerySet":
        """The contact no longer writes: it was handed over, or the branch has taken over."""
        return self.open().filter(handed_at__isnull=False)

    def of(self, user: User) -> "CandidateDoorQuerySet":
        """Those this person has entered by and may still use: none for whoever has been given a role meanwhile."""
        return self.none() if is_insider(user) else self.open().filter(user_id=user.pk)


class CandidateDoor(models.Model):
    """Whoever is invited reads and fills in this one nomination, and nothing else.

    ``digest`` is the sha256 of the token in the link; sending again replaces it. While ``handed_at`` is empty it is
    the contact's turn to write; it is set by the contact, who is done, or by the branch, which takes over.
    """

    class State(models.TextChoices):
        INVITED = "diundang", _("invited")
        EXPIRED = "kedaluwarsa", _("expired")
        FILLING = "mengisi", _("the contact fills it in")
        HANDED = "diserahkan", _("with the branch")
        CLOSED = "ditutup", _("closed")

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="doors")
    email = models.EmailField(_("e-mail"))
    name = OneLineField(_("name"), max_length=150)
    office = OneLineField(_("office held"), max_length=150, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="doors")
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("what is to be mended"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = CandidateDoorQuerySet.as_manager()

    class Meta:
        ordering = ["nomination", "-pk"]
        verbose_name = _("door of a candidate")
        constraints = [
            models.UniqueConstraint(fields=["nomination"], condition=Q(closed_at=None), name="door_once_open"),
            models.CheckConstraint(condition=signed("entered_at", "user"), name="door_entered_by_somebody"),
            models.CheckConstraint(condition=signed("handed_at", "handed_by"), name="door_hander_signs"),
            models.CheckConstraint(condition=signed("closed_at", "closed_by"), name="door_closer_signs"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.nomination}"

    @property
    def state(self) -> State:
        if self.closed_at:
            return self.State.CLOSED
        if self.entered_at:
            return self.State.HANDED if self.handed_at else self.State.FILLING
        return self.State.INVITED if timezone.now() < self.expires_at else self.State.EXPIRED


def doors_of(user: User) -> dict[int, bool]:
    """The nominations this person has a door to, and whether it is the person's turn to write; read once a page."""

    def ask() -> dict[int, bool]:
        rows = CandidateDoor.objects.of(user).order_by().values_list("nomination", "handed_at")
        return {nomination: handed_at is None for nomination, handed_at in rows}

    return remembered(user, "doors", ask)
