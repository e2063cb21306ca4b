"""Who may do what in a selection: one table. Code asks for a permission, never for a role.

When a permission is open is the stage's business: ``stages.OPEN_IN``.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Selection
from awards.models.appointments import Role
from awards.models.selections import Level
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User
from regions.models import Posting, Region

P = Permission

RUNS_IT = frozenset(
    {
        P.SEE,
        P.VERIFY,
        P.SHORTLIST,
        P.MANAGE_PANEL,
        P.SCHEDULE,
        P.RECORD_ATTENDANCE,
        P.SEE_PROGRESS,
        P.MOVE_STAGE,
        P.SEE_RANKING,
        P.SEAL,
        P.SEE_RESULT,
        P.EXPORT,
        P.ANNOUNCE,
    }
)
LEADS_THE_PANEL = frozenset({P.SEE, P.SCORE, P.RECUSE, P.SEE_PROGRESS, P.SEE_RANKING, P.SEE_RESULT})
READS = frozenset({P.SEE, P.SEE_PROGRESS, P.SEE_RANKING, P.SEE_RESULT, P.EXPORT})


class Capacity(models.TextChoices):
    """In what capacity a person meets a selection: by appointment, by posting, or as administrator."""

    ADMINISTRATOR = "administrator", _("administrator")
    BRANCH = "branch", _("branch staff")
    OFFICE = "office", _("regional or head office")


ROLE_TABLE: dict[tuple[str, str], frozenset[Permission]] = {
    (Capacity.BRANCH, Level.PROVINCIAL): frozenset({P.SEE, P.NOMINATE, P.REPAIR}),
    (Capacity.OFFICE, Level.PROVINCIAL): frozenset({P.SEE}),
    (Role.PROVINCIAL_COMMITTEE, Level.PROVINCIAL): RUNS_IT,
    (Role.NATIONAL_COMMITTEE, Level.PROVINCIAL): frozenset({P.SEE, P.SEE_RESULT, P.EXPORT}),
    (Role.NATIONAL_COMMITTEE, Level.NATIONAL): RUNS_IT | {P.NOMINATE, P.REPAIR},
    (Role.JUROR, Level.PROVINCIAL): frozenset({P.SEE, P.SCORE, P.SEE_RESULT}),
    (Role.JUROR, Level.NATIONAL): frozenset({P.SEE, P.SCORE, P.SEE_RESULT}),
    (Role.CHAIR, Level.PROVINCIAL): LEADS_THE_PANEL,
    (Role.CHAIR, Level.NATIONAL): LEADS_THE_PANEL,
    (Role.SECRETARY, Level.PROVINCIAL): LEADS_THE_PANEL | {P.RECORD_ATTENDANCE},
    (Role.SECRETARY, Level.NATIONAL): LEADS_THE_PANEL | {P.RECORD_ATTENDANCE},
    (Role.AUDITOR, Level.PROVINCIAL): READS,
    (Role.AUDITOR, Level.NATIONAL): READS,
    (Capacity.ADMINISTRATOR, Level.PROVINCIAL): frozenset({P.SEE}),
    (Capacity.ADMINISTRATOR, Level.NATIONAL): frozenset({P.SEE}),
}


def capacities(user: User, selection: Selection) -> set[str]:
    """Every capacity in which this person meets this selection."""
    appointed = Appointment.objects.current().filter(user_id=user.pk, edition_id=selection.edition_id)
    found: set[str] = {a.role for a in appointed if a.selection_id in (None, selection.pk)}
    if user.is_superuser:
        found.add(Capacity.ADMINISTRATOR)
    if selection.province_id is not None:
        worked = Region.objects.worked_by(user).filter(code__startswith=selection.province.code)
        if worked.exists():
            at_branch = Posting.objects.current().filter(user_id=user.pk, place=Posting.Place.BRANCH).exists()
            found.add(Capacity.BRANCH if at_branch else Capacity.OFFICE)
    return found


def granted(user: User, selection: Selection) -> frozenset[Permission]:
    """What this person may do in this selection at its present stage."""
    held: frozenset[Permission] = frozenset()
    for capacity in capacities(user, selection):
        held |= ROLE_TABLE.get((capacity, selection.level), frozenset())
    return held & OPEN_IN[Stage(selection.stage)]


def may(user: User, permission: Permission, selection: Selection) -> bool:
    return permission in granted(user, selection)


def require(user: User, permission: Permission, selection: Selection) -> None:
    """Raise PermissionDenied (403): the selection is yours to see, but this is not yours to do, or not now."""
    if not may(user, permission, selection):
        raise PermissionDenied(_("This is not open to you at the present stage of the selection."))
