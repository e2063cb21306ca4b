"""The selections a person may see: all of them, or the one an address names."""

from django.shortcuts import get_object_or_404

from awards.models import Selection
from awards.permissions import require
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import known, remembered
from paritrana.accounts.requests import UserRequest


def selections_of(user: User) -> list[Selection]:
    """Every selection this person may see, with its edition, province and calendar; read once a page."""
    seen = Selection.objects.visible_to(user).with_context().prefetch_related("dates")
    return remembered(user, "selections", lambda: list(seen))


def names_of_selections(user: User) -> list[Selection]:
    """The same in any order, for a page that shows names and addresses alone: nothing else is loaded."""
    shown = ("slug", "edition__label", "edition__period_end", "province__name")
    rows = known(user, "selections")
    return list(Selection.objects.visible_to(user).with_context().only(*shown).order_by()) if rows is None else rows


def selection_seen(request: UserRequest, slug: str, permission: Permission | None = None) -> Selection:
    """404 for missing and invisible ones alike.

    With ``permission`` for those alone who have it now; PermissionDenied (403) for others who see the selection.
    """
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    if permission:
        require(request.user, permission, selection)
    return selection
