"""Which rows of regions, postings and coverage concern whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from paritrana.accounts.memory import remembered

if TYPE_CHECKING:
    from paritrana.accounts.models import User
    from regions.models import Branch, Posting, Region


def postings_of(user: User) -> list[Posting]:
    """Where this person is posted now; asked once a page."""
    from regions.models import Posting

    def ask() -> list[Posting]:
        return list(Posting.objects.filter(user_id=user.pk, ended_at=None).order_by())

    return remembered(user, "postings", ask)


class RegionQuerySet(models.QuerySet[Any]):
    def provinces(self) -> RegionQuerySet:
        return self.filter(kind="provinsi")

    def regencies(self) -> RegionQuerySet:
        return self.exclude(kind="provinsi")

    def visible_to(self, user: User) -> RegionQuerySet:
        """The map of the country is no secret among those who are signed in."""
        return self if user.is_authenticated else self.none()

    def worked_by(self, user: User) -> RegionQuerySet:
        """The regions whose coverage this person's posting answers for: a working area, provinces, or all."""
        from regions.models import Posting

        area = Q()
        for posting in postings_of(user):
            if posting.place == Posting.Place.HEAD:
                return self
            if posting.place == Posting.Place.BRANCH:
                area |= Q(branches=posting.branch_id)
            else:
                area |= Q(regional_office=posting.regional_office_id)
                area |= Q(parent__regional_office=posting.regional_office_id)
        return self.filter(area).distinct() if area else self.none()


class BranchQuerySet(models.QuerySet[Any]):
    def worked_by(self, user: User) -> BranchQuerySet:
        """The branches this person's posting answers for: the own one, those of a regional office, or all."""
        from regions.models import Posting

        found = Q(pk__in=[])
        for posting in postings_of(user):
            if posting.place == Posting.Place.HEAD:
                return self
            if posting.place == Posting.Place.BRANCH:
                found |= Q(pk=posting.branch_id)
            else:
                found |= Q(regional_office=posting.regional_office_id)
        return self.filter(found)


class PostingQuerySet(models.QuerySet[Any]):
    def current(self) -> PostingQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> PostingQuerySet:
        """Administrators see every posting, everybody else their own."""
        return self if user.is_superuser else self.filter(user_id=user.pk)


class CoverageQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CoverageQuerySet:
        """Figures of whole provinces for everybody signed in, as they are published; others only of one's own area.

        Who reads figures because of the award (committee, juror, auditor) reads them through the nomination.
        """
        from regions.models import Region

        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user)))

    def handed_over(self) -> CoverageQuerySet:
        """What maps and comparisons count: sent, verified or locked figures, no drafts and none that was returned."""
        return self.filter(Q(state__in=("terkirim", "terverifikasi")) | Q(locked_at__isnull=False))

    def counted(self) -> CoverageQuerySet:
        """What a nomination and a ranking take: sent or verified figures. A lock does not send a draft."""
        return self.filter(state__in=("terkirim", "terverifikasi"))

    def with_context(self) -> CoverageQuerySet:
        return self.select_related("region", "segment", "definition")

    def with_corrections(self) -> CoverageQuerySet:
        """Each row with ``is_being_corrected``: somebody proposed a correction that is not decided yet."""
        from regions.models import Correction

        waiting = Correction.objects.waiting().filter(coverage=OuterRef("pk"))
        return self.annotate(is_being_corrected=Exists(waiting))

    def with_notes(self) -> CoverageQuerySet:
        return self.prefetch_related("justifications__by")

    def changeable(self) -> CoverageQuerySet:
        """Those the branch may still change by its form."""
        return self.filter(locked_at=None).exclude(state="terverifikasi")

    def waiting(self) -> CoverageQuerySet:
        """Those sent to the office and not answered."""
        return self.filter(state="terkirim", locked_at=None)

    def to_send(self) -> CoverageQuerySet:
        """Drafts and returned figures: those the branch still has to send."""
        return self.filter(state__in=("draf", "dikembalikan"), locked_at=None)

    def returned(self) -> CoverageQuerySet:
        """Those the office gave back and nobody changed since."""
        return self.filter(state="dikembalikan", locked_at=None)


class CorrectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> CorrectionQuerySet:
        """Corrections of the figures of one's own area; those of published figures are no business of others."""
        from regions.models import Region

        return self.filter(coverage__region__in=Region.objects.worked_by(user))

    def waiting(self) -> CorrectionQuerySet:
        return self.filter(accepted=None)

    def with_context(self) -> CorrectionQuerySet:
        figure = ("coverage__region__parent", "coverage__segment", "coverage__definition")
        return self.select_related(*figure, "definition", "proposed_by", "decided_by")


class MeasureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> MeasureQuerySet:
        """As with figures: whole provinces for everybody signed in, others only of one's own area."""
        from regions.models import Region

        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user)))

    def in_bulk_by_segment(self) -> dict[int, Any]:
        """By the primary key of the segment: for the rows of one region and year."""
        return {row.segment_id: row for row in self}


class TargetQuerySet(MeasureQuerySet):
    def visible_to(self, user: User) -> TargetQuerySet:
        """Besides those of regions, those of the branches one answers for."""
        from regions.models import Branch, Region

        if not user.is_authenticated:
            return self.none()
        areas = Q(region__kind="provinsi") | Q(region__in=Region.objects.worked_by(user))
        return self.filter(areas | Q(branch__in=Branch.objects.worked_by(user)))

    def of(self, place: Region | Branch) -> TargetQuerySet:
        return self.filter(**self.model.whose(place))
