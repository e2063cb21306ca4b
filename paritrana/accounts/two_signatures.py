"""What one person asks for and another confirms: how such a row ends, and what the database demands of its end.

The row has ``outcome`` (empty while it is open), ``ended_at`` and ``ended_by``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from paritrana.accounts.models import User


def ends_signed() -> Q:
    """Open and without an end, or ended at a moment by somebody."""
    return Q(outcome="", ended_at=None, ended_by=None) | ~Q(outcome="") & Q(
        ended_at__isnull=False, ended_by__isnull=False
    )


def end(asked: Any, outcome: str, by: User) -> None:
    """End the row with this outcome. ValidationError ``moved-on`` when somebody ended it first."""
    still_open = type(asked).objects.filter(pk=asked.pk, outcome="")
    if not still_open.update(outcome=outcome, ended_at=timezone.now(), ended_by=by):
        raise ValidationError(_("Somebody has already done this."), code="moved-on")
