"""Invitations to a seat by a link that works once; only its digest is stored."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.appointments import Role
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField
from scoring.models.panels import Panel, Seat


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Neither accepted nor withdrawn, including expired ones."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """An invitation of a person named in the decree.

    ``answered_at`` is when the person used the link; ``accepted_at`` and ``seat`` are set once a second person confirms
    that it was this person.

    ``digest`` is the sha256 of the token in the mailed link; sending again replaces it, so the older link stops
    working.
    """

    class State(models.TextChoices):
        SENT = "terkirim", _("sent")
        ANSWERED = "menunggu", _("waits for the second person")
        ACCEPTED = "diterima", _("accepted")
        EXPIRED = "kedaluwarsa", _("expired")
        WITHDRAWN = "dibatalkan", _("withdrawn")

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = OneLineField(_("name"), max_length=150)
    office = OneLineField(_("office held"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=24, choices=Role)
    element = models.CharField(_("element represented"), max_length=120)
    is_observer = models.BooleanField(_("observer"), default=False)
    replaces = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, related_name="invitation")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["panel", "pk"]
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_once_open",
            ),
            models.CheckConstraint(condition=signed("accepted_at", "seat"), name="invitation_becomes_a_seat"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, accepted_at=None),
                name="invitation_withdrawer_signs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.panel}"

    @property
    def trail_label(self) -> str:
        return f"{self.pk} · {self.panel}"

    @property
    def state(self) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.answered_at:
            return self.State.ANSWERED
        return self.State.SENT if timezone.now() < self.expires_at else self.State.EXPIRED
