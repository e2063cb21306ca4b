"""Who may create and design editions, independent of the stage of any selection."""

from collections.abc import Iterable
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Category, Edition, Role
from awards.permissions import Capacity, may
from awards.stages import Permission
from paritrana.accounts.models import User


class EditionPermission(StrEnum):
    """What a role may do with an edition, at any time."""

    FOUND = "found"
    DESIGN = "design"
    EXPORT_RESULTS = "export-results"
    REPRINT = "reprint"


EDITION_TABLE: dict[str, frozenset[EditionPermission]] = {
    Capacity.ADMINISTRATOR: frozenset({EditionPermission.FOUND, EditionPermission.DESIGN}),
    Role.NATIONAL_COMMITTEE: frozenset(EditionPermission),
    Role.AUDITOR: frozenset({EditionPermission.EXPORT_RESULTS}),
}
"""Creating an edition needs the role in any edition; designing one needs the role in that edition."""


def may_found(user: User) -> bool:
    """Whether this person may create, copy and import editions."""
    return _holds(user, Appointment.objects.current().filter(user_id=user.pk), EditionPermission.FOUND)


def may_design(user: User, edition: Edition) -> bool:
    """Whether this person may change the edition: its head, zones, categories, rubrics and titles."""
    appointed = Appointment.objects.current().filter(user_id=user.pk, edition=edition, selection=None)
    return _holds(user, appointed, EditionPermission.DESIGN)


def may_export_results(user: User, edition: Edition) -> bool:
    """Whether this person may export the sealed results of all selections of the edition."""
    appointed = Appointment.objects.current().filter(user_id=user.pk, edition=edition, selection=None)
    return _holds(user, appointed, EditionPermission.EXPORT_RESULTS)


def may_reprint(user: User) -> bool:
    """Whether this person may reprint certificates of past winners; the role in any edition is enough."""
    return _holds(user, Appointment.objects.current().filter(user_id=user.pk), EditionPermission.REPRINT)


def may_design_category(user: User, category: Category) -> bool:
    """Like ``may_design``; a selection's own category is designed by those who choose its categories."""
    if category.selection is None:
        return may_design(user, category.edition)
    return may(user, Permission.CHOOSE_CATEGORIES, category.selection)


def require(is_allowed: bool) -> None:
    """Raise PermissionDenied (403): the person may see the edition but not change it."""
    if not is_allowed:
        raise PermissionDenied(_("Only the national committee of the edition changes it."))


def _holds(user: User, appointed: Iterable[Appointment], permission: EditionPermission) -> bool:
    capacities = {appointment.role for appointment in appointed}
    capacities |= {Capacity.ADMINISTRATOR} if user.is_superuser else set()
    return any(permission in EDITION_TABLE.get(capacity, frozenset()) for capacity in capacities)
