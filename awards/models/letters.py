"""The outbox: every letter of the portal, each written once and sent once."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import masks
from awards.models.selections import Selection
from paritrana.accounts.models import User
from paritrana.display.one_line import OneLineField
from regions.models.places import TimeZone

WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long after each attempt the next one is made; after the last one the letter is given up, with its error."""


class LetterQuerySet(models.QuerySet[Any]):
    def unsent(self) -> Self:
        return self.filter(sent_at=None)

    def given_up(self) -> Self:
        """Tried as often as letters are tried; the last attempt, should a server still be at it, is over by now."""
        return self.unsent().filter(attempts__gt=len(WAITS), claimed_at__lte=timezone.now() - WAITS[0])

    def in_state(self, state: str) -> Self:
        """The letters with this ``state``."""
        if state == self.model.State.SENT:
            return self.exclude(sent_at=None)
        if state == self.model.State.GIVEN_UP:
            return self.given_up()
        unsent = self.unsent().exclude(pk__in=self.given_up().values("pk"))
        return unsent.filter(error="") if state == self.model.State.WAITING else unsent.exclude(error="")

    def visible_to(self, user: User) -> Self:
        """One's own; committees and auditors also those of their selections; administrators all."""
        from awards.models.appointments import Appointment, Role

        if user.is_superuser:
            return self
        reads = [Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE, Role.AUDITOR]
        held = Appointment.objects.current().filter(user_id=user.pk, role__in=reads)
        return self.filter(
            Q(to=user)
            | Q(selection__in=held.values("selection"))
            | Q(selection__edition__in=held.filter(selection=None).values("edition"))
        )

    def shareable_by(self, user: User) -> Self:
        """Whose text this person may pass on: of the selections they run; administrators all but private ones."""
        from awards.models.appointments import Appointment, Role

        texts = self.filter(is_private=False)
        if user.is_superuser:
            return texts
        runs = [Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE]
        held = Appointment.objects.current().filter(user_id=user.pk, role__in=runs)
        whole = held.filter(selection=None).values("edition")
        return texts.filter(Q(selection__in=held.values("selection")) | Q(selection__edition__in=whole))


class Letter(models.Model):
    """``key`` says what it is about and when it fell due: two servers that both find it due write it once.

    It goes to somebody with an account, or to the ``address`` the addressee had when it was written.
    ``claimed_at`` is when a server took it up for sending; one that failed keeps its ``error`` and may be tried again.
    The text of a letter that ``is_private``, such as a link to set a password, is encrypted, shown to nobody, and
    erased once it is sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        GIVEN_UP = "given-up", _("given up")

    key = models.CharField(max_length=160, unique=True, editable=False)
    selection = models.ForeignKey(Selection, models.PROTECT, null=True, related_name="letters")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters")
    addressee = OneLineField(max_length=120, blank=True, editable=False)
    address = models.EmailField(blank=True, editable=False)
    subject = OneLineField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    is_private = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(_("error"), max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("letter")
        indexes = [models.Index(fields=["-created_at", "-id"], name="letter_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False), name="letter_claimed_before_sent"
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False, address="") | Q(to=None) & ~Q(address=""), name="letter_goes_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> State:
        """Sent; given up; failed at the last attempt, to be tried again; or waiting."""
        if self.sent_at:
            return self.State.SENT
        if self.attempts > len(WAITS) and self.claimed_at and self.claimed_at <= timezone.now() - WAITS[0]:
            return self.State.GIVEN_UP
        return self.State.FAILED if self.error else self.State.WAITING

    @property
    def mail_address(self) -> str:
        return self.to.email if self.to else self.address

    @property
    def recipient(self) -> str:
        """As lists show it: an address is personal data."""
        masked = masks.email(self.address)
        return str(self.to or (f"{self.addressee} ({masked})" if self.addressee else masked))

    @property
    def zone_label(self) -> str:
        """The time zone of its times; Jakarta's when it has no selection."""
        return self.selection.zone_label if self.selection else TimeZone.WIB.value
