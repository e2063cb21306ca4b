"""Who may do what with coverage and offices: it follows from where a person is posted, or from being administrator."""

from enum import StrEnum
from typing import cast

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import User
from paritrana.refusals import ActRefused
from regions.models import Branch, Posting, Region, RegionalOffice
from regions.models.places import RegionQuerySet, postings_of


class RegionPermission(StrEnum):
    ENTER = "enter"
    VERIFY = "verify"
    SET_DENOMINATORS = "set-denominators"
    SET_TARGETS = "set-targets"
    CORRECT = "correct"
    ARRANGE_BRANCHES = "arrange-branches"
    ARRANGE_REGIONAL_OFFICES = "arrange-regional-offices"


ADMINISTRATOR = "administrator"
_ARRANGES = frozenset({RegionPermission.ARRANGE_BRANCHES, RegionPermission.ARRANGE_REGIONAL_OFFICES})
_OFFICE = frozenset(
    {
        RegionPermission.VERIFY,
        RegionPermission.CORRECT,
        RegionPermission.SET_DENOMINATORS,
        RegionPermission.SET_TARGETS,
        RegionPermission.ARRANGE_BRANCHES,
    }
)

POSTING_TABLE: dict[str, frozenset[RegionPermission]] = {
    Posting.Place.BRANCH: frozenset({RegionPermission.ENTER, RegionPermission.CORRECT}),
    Posting.Place.REGIONAL: _OFFICE | {RegionPermission.ENTER},
    Posting.Place.HEAD: _OFFICE | _ARRANGES,
    ADMINISTRATOR: _ARRANGES,
}
"""A regional office holds it in its own provinces, the head office and administrators everywhere.

Figures of a province itself, which no branch has, are entered by its regional office, and of nothing else there.
"""


_BRANCH_WORK = gettext_lazy("This is done by the branch office of the region, for a province by its regional office.")
_BOTH_WORK = gettext_lazy("This is done by the branch, regional or head office of the region.")
_HEAD_WORK = gettext_lazy("This is done by the head office.")
_OFFICE_WORK = gettext_lazy("This is done by the regional or head office of the region.")
NO_AREA = gettext_lazy(
    "%(branch)s has no working area yet. Its regional office, the head office or an administrator gives it one."
)
_DONE_BY = {RegionPermission.ENTER: _BRANCH_WORK, RegionPermission.CORRECT: _BOTH_WORK}


def branches_without_area(user: User) -> list[Branch]:
    """Where the person is posted at a branch that answers for no region yet."""
    held = [posting.branch_id for posting in postings_of(user) if posting.place == Posting.Place.BRANCH]
    return list(Branch.objects.open().filter(pk__in=held, area_rows=None))


def refused(permission: RegionPermission, user: User) -> ActRefused:
    """The refusal (403) that names the office whose work this is, and leads to the figures one may read."""
    if permission == RegionPermission.ENTER and (without := branches_without_area(user)):
        return ActRefused(NO_AREA % {"branch": without[0]}, without[0].address, gettext_lazy("To the office"))
    return ActRefused(_DONE_BY.get(permission, _OFFICE_WORK), reverse("coverage"), gettext_lazy("To the coverage"))


def may(user: User, permission: RegionPermission, region: Region) -> bool:
    """Whether a current posting of the person grants this in this region."""
    held = [posting for posting in _granting(user, permission) if covers(posting, region)]
    return any(region.is_province or not _is_for_provinces(posting, permission) for posting in held)


def _is_for_provinces(posting: Posting, permission: RegionPermission) -> bool:
    return permission == RegionPermission.ENTER and posting.place == Posting.Place.REGIONAL


def _granting(user: User, permission: RegionPermission) -> list[Posting]:
    return [posting for posting in postings_of(user) if permission in POSTING_TABLE[posting.place]]


def is_granted_somewhere(user: User, permission: RegionPermission) -> bool:
    """Whether a current posting grants this at all; without one there is no area to look into."""
    return bool(_granting(user, permission))


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
            found |= Q(regional_office=office)
            found |= Q(pk__in=[]) if _is_for_provinces(posting, permission) else Q(parent__regional_office=office)
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


def arranged_branches(user: User) -> QuerySet[Branch]:
    """The branch offices this person may rename, split, close and give regions."""
    if _is_administrator_with(user, RegionPermission.ARRANGE_BRANCHES):
        return Branch.objects.all()
    return branches(user, RegionPermission.ARRANGE_BRANCHES)


def may_add_regional_offices(user: User) -> bool:
    permission = RegionPermission.ARRANGE_REGIONAL_OFFICES
    return _is_administrator_with(user, permission) or bool(_granting(user, permission))


def arranged_regional_offices(user: User) -> QuerySet[RegionalOffice]:
    """The regional offices whose name and provinces this person may change."""
    return RegionalOffice.objects.all() if may_add_regional_offices(user) else RegionalOffice.objects.none()


def offices_with_branches(user: User) -> QuerySet[RegionalOffice]:
    """The regional offices in which this person may add branch offices."""
    if may_add_regional_offices(user):
        return RegionalOffice.objects.all()
    own = [posting.regional_office_id for posting in _granting(user, RegionPermission.ARRANGE_BRANCHES)]
    return RegionalOffice.objects.filter(pk__in=filter(None, own))


def _is_administrator_with(user: User, permission: RegionPermission) -> bool:
    return user.is_superuser and permission in POSTING_TABLE[ADMINISTRATOR]


def require_for(user: User, permission: RegionPermission, branch: Branch) -> None:
    """``require`` for a branch office as a whole."""
    if not branches(user, permission).filter(pk=branch.pk).exists():
        raise refused(permission, user)


def may_for_nation(user: User, permission: RegionPermission) -> bool:
    """Whether a posting to the head office grants this for the nation as a whole."""
    return any(posting.place == Posting.Place.HEAD for posting in _granting(user, permission))


def require_for_nation(user: User, permission: RegionPermission) -> None:
    """``require`` for the nation as a whole."""
    if not may_for_nation(user, permission):
        raise ActRefused(_HEAD_WORK, reverse("coverage"), gettext_lazy("To the coverage"))


def require(user: User, permission: RegionPermission, region: Region) -> None:
    """Raise PermissionDenied (403): the person may see the region, but another kind of office does this."""
    if not may(user, permission, region):
        raise refused(permission, user)


def covers(posting: Posting, region: Region) -> bool:
    """Whether the posting's office is responsible for this region."""
    if posting.place == Posting.Place.HEAD:
        return True
    if posting.place == Posting.Place.BRANCH:
        return cast(Branch, posting.branch).working_area.filter(pk=region.pk).exists()
    province = cast(Region, region if region.is_province else region.parent)
    return province.regional_office_id == posting.regional_office_id
