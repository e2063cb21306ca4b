"""Which selections, appointments and nominations concern whom: every view, export and command starts here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now

from awards.names import name_key
from awards.stages import ENDS_WITH, NominationState, mendable_in
from paritrana.accounts.memory import remembered
from regions.models import Region
from regions.querysets import postings_of

if TYPE_CHECKING:
    from paritrana.accounts.models import User


class Appointed(NamedTuple):
    """Of an appointment what every page asks; without a selection it is to the whole edition."""

    role: str
    edition_id: int
    selection_id: int | None
    province_id: int | None


def appointments_of(user: User) -> list[Appointed]:
    """What this person is appointed to now; asked once a page."""
    from awards.models import Appointment

    def ask() -> list[Appointed]:
        mine = Appointment.objects.filter(user_id=user.pk, ended_at=None).order_by()
        told = mine.values_list("role", "edition_id", "selection_id", "selection__province_id")
        return [Appointed(*row) for row in told]

    return remembered(user, "appointments", ask)


class AppointmentQuerySet(models.QuerySet[Any]):
    def current(self) -> AppointmentQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> AppointmentQuerySet:
        """Administrators see every appointment, everybody else their own."""
        return self if user.is_superuser else self.filter(user_id=user.pk)


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> EditionQuerySet:
        """The editions one is appointed to, and those of every selection one sees."""
        from awards.models import Appointment, Selection

        if user.is_superuser:
            return self
        mine = Appointment.objects.current().filter(user_id=user.pk)
        seen = Selection.objects.visible_to(user)
        return self.filter(Q(pk__in=mine.values("edition")) | Q(pk__in=seen.values("edition")))

    def with_counts(self) -> EditionQuerySet:
        """Each with the number of its categories and of its selections."""
        return self.annotate(
            categories_in_all=Count("categories", distinct=True), selections_in_all=Count("selections", distinct=True)
        )

    def opened_by(self, user: User) -> EditionQuerySet:
        """The editions whose selections this person opens: the national committee, and nobody else."""
        from awards.models import Appointment, Role

        held = Appointment.objects.current().filter(user_id=user.pk, role=Role.NATIONAL_COMMITTEE, selection=None)
        return self.filter(pk__in=held.values("edition"))


class CategoryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CategoryQuerySet:
        """Those of the editions one sees; one of a selection's own only with that selection."""
        from awards.models import Edition, Selection

        own = Q(selection=None) | Q(selection__in=Selection.objects.visible_to(user))
        return self.filter(own, edition__in=Edition.objects.visible_to(user))


class SelectionQuerySet(models.QuerySet[Any]):
    def with_context(self) -> SelectionQuerySet:
        return self.select_related("edition", "province")

    def visible_to(self, user: User) -> SelectionQuerySet:
        """By appointment to the selection or its edition, or by a posting in its province."""
        if user.is_superuser:
            return self
        # Every page asks this: few rows fetched are cheaper than subqueries built anew.
        mine = appointments_of(user)
        seen = Q(pk__in=[one.selection_id for one in mine if one.selection_id])
        whole = [one.edition_id for one in mine if not one.selection_id]
        seen = seen | Q(edition__in=whole) if whole else seen
        if not postings_of(user):
            return self.filter(seen)
        worked = Region.objects.worked_by(user)
        return self.filter(seen | Q(province__in=worked) | Q(province__in=worked.values("parent")))


class StageDateQuerySet(models.QuerySet[Any]):
    def closed(self, at: datetime | None = None) -> StageDateQuerySet:
        """Those whose close is reached, by the clock of the database when no instant is given."""
        return self.filter(closes_at__lte=Now() if at is None else at)


class NominationQuerySet(models.QuerySet[Any]):
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

    def mendable(self, at: datetime | None = None) -> NominationQuerySet:
        """Those that may still be changed and sent: their state's stage is neither over nor, by its date, closed."""
        from awards.models import StageDate

        of_selection = StageDate.objects.filter(selection=OuterRef("selection")).closed(at)
        open_ones = Q()
        for state, stage in ENDS_WITH.items():
            in_time = Q(state=state, selection__stage__in=mendable_in(state))
            open_ones |= in_time & ~Exists(of_selection.filter(stage=stage))
        return self.filter(open_ones)

    def on_interview_list(self) -> NominationQuerySet:
        return self.filter(state=NominationState.SHORTLISTED)


class RubricQuerySet(models.QuerySet[Any]):
    def latest(self) -> RubricQuerySet:
        """The last version of every category."""
        newer = self.model.objects.filter(category=OuterRef("category"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def in_force(self, selection: Any) -> RubricQuerySet:
        """One rubric for each category of a selection (or of an ``OuterRef``): the pinned version, else the latest."""
        from awards.models import Contest

        # One floor further out than the contests stand, or it would be the rubric that is meant.
        outer = OuterRef(selection) if isinstance(selection, OuterRef) else selection
        contests = Contest.objects.filter(selection=outer, category=OuterRef("category"))
        newer = self.model.objects.filter(category=OuterRef("category"), version__gt=OuterRef("version"))
        return self.filter(
            Q(Exists(contests.filter(rubric=OuterRef("pk"))))
            | Q(Exists(contests.filter(rubric=None))) & ~Q(Exists(newer))
        )


class CandidateQuerySet(models.QuerySet[Any]):
    def current(self) -> CandidateQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def called(self, text: str) -> CandidateQuerySet:
        """By a part of the name however it is written, or by NPP or NIB."""
        return self.filter(Q(name_key__contains=name_key(text)) | Q(npp=text.strip().upper()) | Q(nib=text.strip()))

    def visible_to(self, user: User) -> CandidateQuerySet:
        """Branches and offices: their area; committees and leaders of a panel: the province's, or the nation's."""
        from awards.models import Role

        provinces = {one.province_id for one in appointments_of(user) if one.role != Role.JUROR}
        if None in provinces:
            return self
        if not provinces and not postings_of(user):
            return self.none()
        worked = Region.objects.worked_by(user)
        return self.filter(
            Q(region__in=worked)
            | Q(region__in=provinces)
            | Q(region__parent__in=provinces)
            | Q(region__in=worked.values("parent"))
        )


class EvidenceQuerySet(models.QuerySet[Any]):
    def current(self) -> EvidenceQuerySet:
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> EvidenceQuerySet:
        """That of the nominations one sees."""
        from awards.models import Nomination

        return self.filter(nomination__in=Nomination.objects.visible_to(user))


class PastAwardQuerySet(models.QuerySet[Any]):
    def questionable(self) -> PastAwardQuerySet:
        """Those a person still has to look at."""
        return self.exclude(questions=[])

    def of(self, candidate: Any) -> PastAwardQuerySet:
        """Those settled on this candidate, and those nobody has claimed: by region for governments, else by name."""
        from awards.models.editions import GOVERNMENTS

        unclaimed = Q(candidate=None, kind=candidate.kind)
        if candidate.kind in GOVERNMENTS:
            return self.filter(Q(candidate=candidate) | unclaimed & Q(region=candidate.region_id))
        here = Q(region=None) | Q(region__code__startswith=candidate.region.province_code)
        return self.filter(Q(candidate=candidate) | unclaimed & Q(name_key=candidate.name_key) & here)

    def with_context(self) -> PastAwardQuerySet:
        return self.select_related("province", "region", "candidate")


class LetterQuerySet(models.QuerySet[Any]):
    def unsent(self) -> LetterQuerySet:
        return self.filter(sent_at=None)

    def in_state(self, state: str) -> LetterQuerySet:
        """The rows whose ``state`` is this one."""
        if state == self.model.State.SENT:
            return self.exclude(sent_at=None)
        unsent = self.unsent()
        return unsent.filter(error="") if state == self.model.State.WAITING else unsent.exclude(error="")

    def visible_to(self, user: User) -> LetterQuerySet:
        """One's own; committees and auditors also those of their selections, administrators all."""
        from awards.models import Appointment, Role

        if user.is_superuser:
            return self
        reads = [Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE, Role.AUDITOR]
        held = Appointment.objects.current().filter(user_id=user.pk, role__in=reads)
        return self.filter(
            Q(to=user)
            | Q(selection__in=held.values("selection"))
            | Q(selection__edition__in=held.filter(selection=None).values("edition"))
        )
