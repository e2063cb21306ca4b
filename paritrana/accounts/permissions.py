"""Who may look after people: asked here and nowhere else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest


def may_manage_people(user: User) -> bool:
    return user.is_active and user.is_superuser


def require_people(user: User) -> None:
    """Raise Http404: for everybody else there is no such page."""
    if not may_manage_people(user):
        raise Http404


def managed_person(request: UserRequest, pk: int) -> User:
    """The account, for whoever may look after people; Http404 for everybody else."""
    require_people(request.user)
    return get_object_or_404(User, pk=pk)
