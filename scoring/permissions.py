"""A permission that stays true until the end of a transaction, and what the close of the panel takes away."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User
from scoring.models import Seat


def hold(selection: Selection, permission: Permission, by: User) -> Selection:
    """The selection as it is now, its row locked so that its stage cannot move before this transaction ends.

    Raises PermissionDenied when the permission is not (or no longer) open. SQLite has no row locks, but there
    every writing transaction of this house starts by locking the whole database.
    """
    held = Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    held.edition, held.province = selection.edition, selection.province  # which these are is never changed
    permissions.require(by, permission, held)
    return held


def may_score(seat: Seat) -> bool:
    """Whether the juror of the seat may score now: at this stage, and until the chair closes the panel."""
    return seat.panel.closed_at is None and permissions.may(seat.user, Permission.SCORE, seat.panel.selection)


def require_scoring(seat: Seat) -> None:
    """Raise PermissionDenied (403) unless the juror of the seat may score now; an assistant types for the juror."""
    permissions.require(seat.user, Permission.SCORE, seat.panel.selection)
    if seat.panel.closed_at is not None:
        raise PermissionDenied(closed_words())


def closed_words() -> str:
    return _("The chair has closed the panel: marks are no longer changed.")
