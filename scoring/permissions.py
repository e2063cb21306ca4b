"""A permission that stays true until the end of a transaction."""

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts.models import User


def hold(selection: Selection, permission: Permission, by: User) -> Selection:
    """The selection as it is now, its row locked so that its stage cannot move before this transaction ends.

    Raises PermissionDenied when the permission is not (or no longer) open. SQLite has no row locks, but there
    every writing transaction of this house starts by locking the whole database.
    """
    rows = Selection.objects.select_for_update(no_key=True, of=("self",)).select_related("edition", "province")
    held = rows.get(pk=selection.pk)
    permissions.require(by, permission, held)
    return held
