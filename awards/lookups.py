"""The selection an address names, for those who may see it; 404 for missing and invisible ones alike."""

from django.shortcuts import get_object_or_404

from awards.models import Selection
from awards.permissions import require
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest


def selection_seen(request: UserRequest, slug: str, permission: Permission | None = None) -> Selection:
    """With ``permission`` for those alone who have it now; PermissionDenied (403) for others who see the selection."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    if permission:
        require(request.user, permission, selection)
    return selection
