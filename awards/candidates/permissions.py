"""Who may manage candidates and their past awards: by area, where permissions in selections are by stage."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Candidate, PastAward
from awards.models.appointments import Appointed, Role, appointments_of
from awards.models.candidates import CandidateQuerySet
from awards.models.history import PastAwardQuerySet
from awards.permissions import Capacity, branch_area
from paritrana.accounts.models import User
from regions.models import Posting, Region
from regions.models.places import RegionQuerySet, postings_of


class CandidatePermission(StrEnum):
    """What may be done with candidates and past awards, besides reading visible ones (``visible_to``)."""

    EDIT = "edit"
    MERGE = "merge"
    SETTLE = "settle"


_EVERYTHING = frozenset(CandidatePermission)

CANDIDATE_TABLE: dict[str, frozenset[CandidatePermission]] = {
    Capacity.BRANCH: frozenset({CandidatePermission.EDIT}),
    Capacity.OFFICE: frozenset(),
    Role.PROVINCIAL_COMMITTEE: _EVERYTHING,
    Role.NATIONAL_COMMITTEE: _EVERYTHING,
    Role.CHAIR: frozenset(),
    Role.SECRETARY: frozenset(),
    Role.AUDITOR: frozenset(),
}
"""Branches: their working area while they are posted there; committees: the province, or the nation."""


def candidate_area(user: User, permission: CandidatePermission) -> RegionQuerySet:
    """The regions whose candidates this person may do this with; for a branch also those of its province."""
    if is_nationwide(user, permission):
        return Region.objects.all()
    provinces = {one.province_id for one in _appointments_for(user, permission) if one.province_id}
    found = Q(pk__in=provinces) | Q(parent__in=provinces)
    if permission in CANDIDATE_TABLE[Capacity.BRANCH]:
        own = list(branch_area(user).values_list("pk", "parent"))
        found |= Q(pk__in={pk for pk, _parent in own} | {parent for _pk, parent in own})
    return Region.objects.filter(found)


def mergeable_by(user: User) -> CandidateQuerySet | None:
    """The candidates of a committee's provinces, or of the nation; None for everybody else."""
    if CandidatePermission.MERGE not in held_somewhere(user):
        return None
    area = candidate_area(user, CandidatePermission.MERGE)
    return Candidate.objects.visible_to(user).current().filter(region__in=area)


def held_somewhere(user: User) -> frozenset[CandidatePermission]:
    """The permissions this person has in any region, i.e. with a ``candidate_area`` that is not empty."""
    appointed = appointments_of(user)
    capacities = {one.role for one in appointed if one.selection_id is None or one.province_id}
    is_of_a_branch = any(one.place == Posting.Place.BRANCH for one in postings_of(user))
    if is_of_a_branch and branch_area(user).exists():
        capacities.add(Capacity.BRANCH)
    return frozenset().union(*(CANDIDATE_TABLE.get(capacity, frozenset()) for capacity in capacities))


def is_nationwide(user: User, permission: CandidatePermission) -> bool:
    """Whether an appointment to an edition grants this for every province and for candidates without one."""
    return any(one.selection_id is None for one in _appointments_for(user, permission))


def _appointments_for(user: User, permission: CandidatePermission) -> list[Appointed]:
    return [one for one in appointments_of(user) if permission in CANDIDATE_TABLE.get(one.role, ())]


def may_with(user: User, permission: CandidatePermission, candidate: Candidate) -> bool:
    return candidate_area(user, permission).filter(pk=candidate.region_id).exists()


def require_with(user: User, permission: CandidatePermission, candidate: Candidate) -> None:
    """Raise PermissionDenied (403): the person may see the candidate but not do this."""
    if not may_with(user, permission, candidate):
        raise PermissionDenied(_("This is done by those who look after the candidate's region."))


def awards_to_settle(user: User) -> PastAwardQuerySet:
    """Past awards of a committee's provinces; for the national committee also those without a province."""
    if is_nationwide(user, CandidatePermission.SETTLE):
        return PastAward.objects.all()
    return PastAward.objects.filter(province__in=candidate_area(user, CandidatePermission.SETTLE))
