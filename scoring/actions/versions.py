"""Somebody else saved first: what a form needs to show both values."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from paritrana.accounts.models import AuditEvent, User


@dataclass
class Overtaken(Exception):
    """Nothing was written, because ``current`` moved on since the form was made.

    ``clashes`` says what differs, key -> (mine, theirs), where the verb knows; else the form compares.
    """

    current: models.Model
    clashes: dict[Any, tuple[Any, Any]] = field(default_factory=dict)

    def last_writer(self) -> tuple[User | None, Any]:
        """Who wrote the version now in force, and when."""
        event = AuditEvent.objects.of(self.current).select_related("actor").last()
        return (event.actor, event.at) if event else (None, None)
