"""Who may do what with coverage figures, by postings."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
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


def may(user: User, permission: RegionPermission, region: Region) -> bool:
    """Whether a current posting of the person grants this in this region."""
    return any(covers(posting, region) for posting in _granting(user, permission))


def _granting(user: User, permission: RegionPermission) -> list[Posting]:
    return [posting for posting in postings_of(user) if permission in POSTING_TABLE[posting.place]]


def area(user: User, permission: RegionPermission) -> RegionQuerySet:
    """All regions for which ``may`` is true."""
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
    """All branches for which a current posting of the person grants this."""
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
    """``require`` for a branch office as a whole."""
    if not branches(user, permission).filter(pk=branch.pk).exists():
        raise PermissionDenied(_("This is done by another office than yours."))


def require(user: User, permission: RegionPermission, region: Region) -> None:
    """Raise PermissionDenied (403): the person may see the region, but another kind of office does this."""
    if not may(user, permission, region):
        raise PermissionDenied(_("This is done by another office than yours."))


def covers(posting: Posting, region: Region) -> bool:
    """Whether the posting's office is responsible for this region."""
    if posting.place == Posting.Place.HEAD:
        return True
    if posting.place == Posting.Place.BRANCH:
        return cast(Branch, posting.branch).working_area.filter(pk=region.pk).exists()
    province = cast(Region, region if region.is_province else region.parent)
    return province.regional_office_id == posting.regional_office_id
