"""User accounts, what is asked for about them, and what people typed and did not send."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.addresses import cleaned
from paritrana.accounts.two_signatures import ends_signed, signed
from paritrana.display.one_line import OneLineField


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """Administrators see everybody; other people see only themselves."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(pk=user.pk)


class UserAccounts(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates accounts by their e-mail address in lower case, so that one person is one row."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=cleaned(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Their rights follow from postings and appointments; only the administrator is a flag here.

    ``brought_by`` is who opened the account or sent the invitation it was made by: see ``lines.py``.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = OneLineField(_("name"), max_length=150)
    office = OneLineField(_("office held"), max_length=150, blank=True)
    employee_number = models.CharField(_("NIP"), max_length=30, blank=True)
    rank = models.CharField(_("rank (pangkat/golongan)"), max_length=80, blank=True, default="", db_default="")
    is_active = models.BooleanField(_("active"), default=True)
    is_example = models.BooleanField(default=False, editable=False)
    last_visit_at = models.DateTimeField(null=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    language = models.CharField(max_length=5, default=settings.LANGUAGE_CODE, editable=False)
    first_steps_taken_at = models.DateTimeField(null=True, editable=False)
    brought_by = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserAccounts] = UserAccounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_address_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    @property
    def trail_label(self) -> str:
        """The pseudonym: what the trail calls this person, and all that is left after an erasure."""
        return f"@{self.pk}"

    @property
    def address_asked(self) -> "AddressChange | None":
        """The new address that still has to be confirmed, if any."""
        return self.address_changes.open().select_related("asked_by").first()


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self) -> "AddressChangeQuerySet":
        """Requests neither confirmed nor ended; their link may have expired."""
        return self.filter(confirmed_at=None, ended_at=None)


class AddressChange(models.Model):
    """A new e-mail address entered by an administrator; it takes effect when its owner confirms it by a link.

    ``digest`` is the sha256 of the link's secret, which only the letter contains. A request ends without effect when it
    is withdrawn or replaced by a newer one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="address_changes")
    address = models.EmailField(_("new address"))
    reason = models.CharField(_("reason"), max_length=300)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    expires_at = models.DateTimeField(editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = AddressChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("change of address")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(confirmed_at=None, ended_at=None), name="address_change_one_open"
            ),
            models.CheckConstraint(condition=signed("ended_at", "ended_by"), name="address_change_end_signed"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(ended_at=None), name="address_change_confirmed_or_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_usable(self) -> bool:
        return self.confirmed_at is None and self.ended_at is None and timezone.now() < self.expires_at


class TwoPeopleRequest(models.Model):
    """What one administrator asks for about an account, with a reason, and another one confirms."""

    objects: ClassVar[Any]

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OPERATOR = "operator", _("confirmed by those who run the server")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(outcome=""), name="%(class)s_one_open"),
            models.CheckConstraint(condition=ends_signed(), name="%(class)s_ender_signs"),
            models.CheckConstraint(
                condition=~Q(outcome="granted") | ~Q(ended_by=models.F("asked_by")) & ~Q(ended_by=models.F("user")),
                name="%(class)s_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def open_for(cls, user: User) -> Self | None:
        return cls.objects.filter(user=user, outcome="").select_related("asked_by", "user").first()


class FactorReset(TwoPeopleRequest):
    """Removes the second factors of somebody who lost them."""

    class Meta(TwoPeopleRequest.Meta):
        verbose_name = _("reset of second factors")


class Erasure(TwoPeopleRequest):
    """Removes whatever names a person; what is kept bears the pseudonym from then on."""

    class Meta(TwoPeopleRequest.Meta):
        verbose_name = _("erasure of personal data")


class PersonalValue(models.Model):
    """What a person is or was called, once for each account and text; the trail has only its salted digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="personal_values")
    text = models.CharField(max_length=300)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "text"], name="personalvalue_once")]

    def __str__(self) -> str:
        return self.digest


class Installation(models.Model):
    """The id of the installation this database belongs to, one row; its data folder stores the same id."""

    identity = models.UUIDField(default=uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.identity)


class FormDraft(models.Model):
    """What somebody typed into a form and did not send yet; seen by nobody else, and gone once it is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=400)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="formdraft_once")]

    def __str__(self) -> str:
        return self.address
