"""Permissions that hold until the end of a transaction, and the effect of closing the panel."""

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from scoring.models import Seat


def hold(selection: Selection, permission: Permission, by: User) -> Selection:
    """Lock the selection's row, so that its stage cannot change before this transaction ends; returns it.

    PermissionDenied when the permission is not (or no longer) open. SQLite has no row locks, but there every writing
    transaction of this portal locks the whole database first.
    """
    held = Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    return _required(held, selection, permission, by)


def share(selection: Selection, permission: Permission, by: User) -> Selection:
    """The same for many at once: they do not wait for each other, whoever wants to ``hold`` the row waits for all."""
    table = Selection._meta.db_table
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    held = Selection.objects.raw(f"SELECT * FROM {table} WHERE id = %s{lock}", [selection.pk])[0]  # nosec B608
    return _required(held, selection, permission, by)


def _required(held: Selection, selection: Selection, permission: Permission, by: User) -> Selection:
    held.edition, held.province = selection.edition, selection.province  # never changes
    permissions.require(by, permission, held)
    return held


def may_score(seat: Seat) -> bool:
    """Whether the seat's juror may score now: by stage, and until the chair closes the panel."""
    return seat.panel.closed_at is None and permissions.may(seat.user, Permission.SCORE, seat.panel.selection)


def require_scoring(seat: Seat) -> None:
    """Raise PermissionDenied (403) unless the seat's juror may score now; also for an assistant."""
    permissions.require(seat.user, Permission.SCORE, seat.panel.selection)
    if seat.panel.closed_at is not None:
        raise PermissionDenied(panel_closed_message())


def panel_closed_message() -> str:
    return _("The chair has closed the panel: marks are no longer changed.")
