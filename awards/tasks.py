"""What waits for a person here, and their menu."""

from typing import Any

from paritrana.accounts.models import User


def menu_for(user: User) -> list[dict[str, Any]]:
    return []


def tasks_for(user: User) -> list[dict[str, Any]]:
    return []
