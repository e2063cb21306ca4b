"""Who may found and design editions: one table, apart from what is open in a selection and when."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Category, Edition, Role
from awards.permissions import Capacity, may
from awards.stages import Permission
from paritrana.accounts.models import User


class EditionPermission(StrEnum):
    """What a role may do with an edition itself, at any time."""

    FOUND = "found"
    DESIGN = "design"
    EXPORT_RESULTS = "export-results"
    REPRINT = "reprint"


EDITION_TABLE: dict[str, frozenset[EditionPermission]] = {
    Capacity.ADMINISTRATOR: frozenset({EditionPermission.FOUND, EditionPermission.DESIGN}),
    Role.NATIONAL_COMMITTEE: frozenset(EditionPermission),
    Role.AUDITOR: frozenset({EditionPermission.EXPORT_RESULTS}),
}
"""Founding a new edition needs the role in any edition, designing one the role in that edition."""


def may_found(user: User) -> bool:
    """Whether this person may found, copy and import editions."""
    return _holds(user, Appointment.objects.current().filter(user_id=user.pk), EditionPermission.FOUND)


def may_design(user: User, edition: Edition) -> bool:
    """Whether this person may change the edition: its head, zones, categories, rubrics and titles."""
    appointed = Appointment.objects.current().filter(user_id=user.pk, edition=edition, selection=None)
    return _holds(user, appointed, EditionPermission.DESIGN)


def may_export_results(user: User, edition: Edition) -> bool:
    """Whether this person may take the sealed results of all selections of the edition away."""
    appointed = Appointment.objects.current().filter(user_id=user.pk, edition=edition, selection=None)
    return _holds(user, appointed, EditionPermission.EXPORT_RESULTS)


def may_reprint(user: User) -> bool:
    """Whether this person may make certificates of published winners anew; the role in any edition."""
    return _holds(user, Appointment.objects.current().filter(user_id=user.pk), EditionPermission.REPRINT)


def may_design_category(user: User, category: Category) -> bool:
    """Like ``may_design``; a category of one selection's own is designed by whoever chooses its categories."""
    if category.selection is None:
        return may_design(user, category.edition)
    return may(user, Permission.CHOOSE_CATEGORIES, category.selection)


def require(is_allowed: bool) -> None:
    """Raise PermissionDenied (403): the edition is yours to see, but not to change."""
    if not is_allowed:
        raise PermissionDenied(_("Only the national committee of the edition changes it."))


def _holds(user: User, appointed: Iterable[Appointment], permission: EditionPermission) -> bool:
    capacities = {appointment.role for appointment in appointed}
    capacities |= {Capacity.ADMINISTRATOR} if user.is_superuser else set()
    return any(permission in EDITION_TABLE.get(capacity, frozenset()) for capacity in capacities)
