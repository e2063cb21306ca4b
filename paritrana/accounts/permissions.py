"""Who may manage user accounts."""

from django.http import Http404

from paritrana.accounts.models import User


def may_manage_people(user: User) -> bool:
    return user.is_active and user.is_superuser


def require_people(user: User) -> None:
    """Raise Http404 unless this person may manage accounts."""
    if not may_manage_people(user):
        raise Http404
