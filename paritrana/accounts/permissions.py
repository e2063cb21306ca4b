"""Who may manage user accounts."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest


def may_manage_people(user: User) -> bool:
    return user.is_active and user.is_superuser


def require_people(user: User) -> None:
    """Raise Http404 unless this person may manage accounts."""
    if not may_manage_people(user):
        raise Http404


def managed_person(request: UserRequest, pk: int) -> User:
    """The account, for people who may manage accounts; Http404 for all others."""
    require_people(request.user)
    return get_object_or_404(User, pk=pk)
