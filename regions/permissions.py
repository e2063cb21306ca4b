"""Who may do what with coverage: it follows from where a person is posted."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import User
from paritrana.refusals import ActRefused
from regions.models import Branch, Posting, Region
from regions.models.places import RegionQuerySet, postings_of


class RegionPermission(StrEnum):
    ENTER = "enter"
    VERIFY = "verify"
    SET_DENOMINATORS = "set-denominators"
    SET_TARGETS = "set-targets"
    CORRECT = "correct"


_OFFICE = frozenset(
    {RegionPermission.VERIFY, RegionPermission.CORRECT, RegionPermission.SET_DENOMINATORS, RegionPermission.SET_TARGETS}
)

POSTING_TABLE: dict[str, frozenset[RegionPermission]] = {
    Posting.Place.BRANCH: frozenset({RegionPermission.ENTER, RegionPermission.CORRECT}),
    Posting.Place.REGIONAL: _OFFICE,
    Posting.Place.HEAD: _OFFICE,
}


_BRANCH_WORK = gettext_lazy("This is done by the branch office of the region.")
_BOTH_WORK = gettext_lazy("This is done by the branch, regional or head office of the region.")
_OFFICE_WORK = gettext_lazy("This is done by the regional or head office of the region.")
_DONE_BY = {RegionPermission.ENTER: _BRANCH_WORK, RegionPermission.CORRECT: _BOTH_WORK}


def refused(permission: RegionPermission) -> ActRefused:
    """The refusal (403) that names the office whose work this is, and leads to the figures one may read."""
    return ActRefused(_DONE_BY.get(permission, _OFFICE_WORK), reverse("coverage"), gettext_lazy("To the coverage"))


def may(user: User, permission: RegionPermission, region: Region) -> bool:
    """Does one of the person's current postings grant this in this region?"""
    return any(covers(posting, region) for posting in _granting(user, permission))


def _granting(user: User, permission: RegionPermission) -> list[Posting]:
    return [posting for posting in postings_of(user) if permission in POSTING_TABLE[posting.place]]


def area(user: User, permission: RegionPermission) -> RegionQuerySet:
    """Every region in which ``may`` says yes."""
    found = Q(pk__in=[])
    for posting in _granting(user, permission):
        if posting.place == Posting.Place.HEAD:
            return Region.objects.all()
        if posting.place == Posting.Place.BRANCH:
            found |= Q(branches=posting.branch_id)
        else:
            office = posting.regional_office_id
            found |= Q(regional_office=office) | Q(parent__regional_office=office)
    return Region.objects.filter(found).distinct()


def branches(user: User, permission: RegionPermission) -> QuerySet[Branch]:
    """Every branch office for which one of the person's current postings grants this."""
    found = Q(pk__in=[])
    for posting in _granting(user, permission):
        if posting.place == Posting.Place.HEAD:
            return Branch.objects.all()
        if posting.place == Posting.Place.BRANCH:
            found |= Q(pk=posting.branch_id)
        else:
            found |= Q(regional_office=posting.regional_office_id)
    return Branch.objects.filter(found)


def require_for(user: User, permission: RegionPermission, branch: Branch) -> None:
    """``require`` where it is about a branch office as a whole."""
    if not branches(user, permission).filter(pk=branch.pk).exists():
        raise refused(permission)


def require(user: User, permission: RegionPermission, region: Region) -> None:
    """Raise PermissionDenied (403): the region is yours to see, but this is done from another kind of office."""
    if not may(user, permission, region):
        raise refused(permission)


def covers(posting: Posting, region: Region) -> bool:
    """Does this posting answer for this region?"""
    if posting.place == Posting.Place.HEAD:
        return True
    if posting.place == Posting.Place.BRANCH:
        return cast(Branch, posting.branch).working_area.filter(pk=region.pk).exists()
    province = cast(Region, region if region.is_province else region.parent)
    return province.regional_office_id == posting.regional_office_id
