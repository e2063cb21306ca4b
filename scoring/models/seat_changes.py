"""Changes of a panel's seats: asked for by one person, confirmed by another."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models.appointments import Role
from paritrana.accounts.two_signatures import TwoSignatures, TwoSignaturesQuerySet, ends_signed
from scoring.models.invitations import Invitation
from scoring.models.panels import Panel, Seat


class SeatChangeQuerySet(TwoSignaturesQuerySet):
    def with_people(self) -> Self:
        return self.select_related("user", "asked_by", "seat__appointment__user", "invitation")


class SeatChange(TwoSignatures):
    """``user`` takes a seat, ``seat`` ends, or ``user`` takes over ``seat``; nothing holds before it is confirmed.

    ``invitation`` is the one ``user`` accepted: whoever sent it has asked.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seat_changes")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="changes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=24, choices=Role, blank=True)
    element = models.CharField(_("element represented"), max_length=120, blank=True)
    is_observer = models.BooleanField(_("observer"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="changes")

    objects: ClassVar[Any] = SeatChangeQuerySet.as_manager()

    class Meta:
        ordering = ["panel", "pk"]
        verbose_name = _("change of a seat")
        constraints = [
            models.UniqueConstraint(fields=["panel", "user"], condition=Q(outcome=""), name="seatchange_person_once"),
            models.UniqueConstraint(fields=["seat"], condition=Q(outcome=""), name="seatchange_seat_once"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | Q(user__isnull=False), name="seatchange_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(user=None) | ~Q(role="") & ~Q(element=""), name="seatchange_newcomer_has_terms"
            ),
            models.CheckConstraint(condition=ends_signed(), name="seatchange_ender_signs"),
            models.CheckConstraint(
                condition=~Q(outcome="granted") | ~Q(ended_by=F("asked_by")) & (Q(user=None) | ~Q(ended_by=F("user"))),
                name="seatchange_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.panel}"

    @property
    def trail_label(self) -> str:
        return f"{self.pk} · {self.panel}"

    @property
    def what(self) -> str:
        """The change in words."""
        if self.user is None:
            return gettext("The seat of %(name)s ends") % {"name": self.seat and self.seat.user}
        if self.seat is None:
            return gettext("%(name)s takes a seat as %(role)s") % {"name": self.user, "role": self.get_role_display()}
        return gettext("%(name)s takes over the seat of %(former)s") % {"name": self.user, "former": self.seat.user}
