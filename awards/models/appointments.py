"""Appointments of people to roles in one edition, or in one selection of it."""

from typing import Any, ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered


class Appointed(NamedTuple):
    """The fields of an appointment that every page uses; without a selection it is for the whole edition."""

    pk: int
    role: str
    edition_id: int
    selection_id: int | None
    province_id: int | None


def appointments_of(user: User) -> list[Appointed]:
    """This person's current appointments; cached for a request."""

    def ask() -> list[Appointed]:
        mine = Appointment.objects.filter(user_id=user.pk, ended_at=None).order_by()
        rows = mine.values_list("pk", "role", "edition_id", "selection_id", "selection__province_id")
        return [Appointed(*row) for row in rows]

    return remembered(user, "appointments", ask)


class AppointmentQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        """Administrators see every appointment, other people their own."""
        return self if user.is_superuser else self.filter(user_id=user.pk)


class Role(models.TextChoices):
    PROVINCIAL_COMMITTEE = "provincial-committee", _("provincial committee")
    NATIONAL_COMMITTEE = "national-committee", _("national committee")
    JUROR = "juror", _("juror")
    CHAIR = "chair", _("chair of the panel")
    SECRETARY = "secretary", _("secretary of the panel")
    AUDITOR = "auditor", _("auditor")


OF_A_SELECTION = [Role.PROVINCIAL_COMMITTEE, Role.JUROR, Role.CHAIR, Role.SECRETARY]
JUDGES = frozenset({Role.JUROR, Role.CHAIR, Role.SECRETARY, Role.AUDITOR})
"""Roles that judge or watch over the result: nobody gives them to themselves."""
OF_AN_EDITION = [Role.NATIONAL_COMMITTEE, Role.AUDITOR]


class Appointment(models.Model):
    """``granted_by`` asked for it or gave it, ``seconded_by`` confirmed it where that takes two people."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    edition = models.ForeignKey("awards.Edition", models.PROTECT, related_name="appointments")
    selection = models.ForeignKey(
        "awards.Selection", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "selection", "role", "pk"]
        verbose_name = _("appointment")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=OF_A_SELECTION, selection__isnull=False)
                | Q(role__in=OF_AN_EDITION, selection=None),
                name="appointment_scope_by_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "selection"],
                condition=Q(ended_at=None, selection__isnull=False),
                name="appointment_once_a_selection",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "edition"],
                condition=Q(ended_at=None, selection=None),
                name="appointment_once_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} · {self.selection or self.edition}"

    @property
    def trail_label(self) -> str:
        return f"{self.user.trail_label} {self.get_role_display()} · {self.selection or self.edition}"
