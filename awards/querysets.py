"""Which selections, appointments and nominations concern whom: every view, export and command starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from awards.stages import NominationState, Stage
from regions.models import Region

if TYPE_CHECKING:
    from paritrana.accounts.models import User

_Rows = models.QuerySet[Any]


class AppointmentQuerySet(_Rows):
    def current(self) -> AppointmentQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> AppointmentQuerySet:
        """Administrators see every appointment, everybody else their own."""
        return self if user.is_superuser else self.filter(user_id=user.pk)


class EditionQuerySet(_Rows):
    def visible_to(self, user: User) -> EditionQuerySet:
        """The editions one is appointed to, and those of every selection one sees."""
        from awards.models import Appointment, Selection

        if user.is_superuser:
            return self
        mine = Appointment.objects.current().filter(user_id=user.pk)
        seen = Selection.objects.visible_to(user)
        return self.filter(Q(pk__in=mine.values("edition")) | Q(pk__in=seen.values("edition")))


class SelectionQuerySet(_Rows):
    def with_context(self) -> SelectionQuerySet:
        return self.select_related("edition", "province")

    def announced(self) -> SelectionQuerySet:
        """What the public may know of."""
        return self.filter(stage=Stage.ANNOUNCED)

    def visible_to(self, user: User) -> SelectionQuerySet:
        """By appointment to the selection or its edition, or by a posting in its province."""
        from awards.models import Appointment

        if user.is_superuser:
            return self
        mine = Appointment.objects.current().filter(user_id=user.pk)
        worked = Region.objects.worked_by(user)
        return self.filter(
            Q(pk__in=mine.values("selection"))
            | Q(edition__in=mine.filter(selection=None).values("edition"))
            | Q(province__in=worked)
            | Q(province__in=worked.values("parent"))
        )


class NominationQuerySet(_Rows):
    def visible_to(self, user: User) -> NominationQuerySet:
        """Committees, chair, secretary and auditor: the selection's; branches and offices: their area.

        Jurors meet nominations on their score sheets only, where a conflict of interest shuts them out.
        """
        from awards.models import Appointment, Role

        wide = Appointment.objects.current().filter(user_id=user.pk).exclude(role=Role.JUROR)
        return self.filter(
            Q(selection__in=wide.values("selection"))
            | Q(selection__edition__in=wide.filter(selection=None).values("edition"))
            | Q(selection__province__isnull=False, candidate__region__in=Region.objects.worked_by(user))
        )

    def listed_for(self, user: User) -> NominationQuerySet:
        """The interview list by name: of what the person may see, and of the selections they are appointed to."""
        from awards.models import Appointment

        mine = Appointment.objects.current().filter(user_id=user.pk, selection__isnull=False)
        return (self.visible_to(user) | self.filter(selection__in=mine.values("selection"))).on_interview_list()

    def with_context(self) -> NominationQuerySet:
        return self.select_related(
            "selection__edition",
            "selection__province",
            "category",
            "sector",
            "candidate__region__parent",
        )

    def on_interview_list(self) -> NominationQuerySet:
        return self.filter(state=NominationState.SHORTLISTED)
